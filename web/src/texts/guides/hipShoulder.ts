/** The guide to test 5, 90-90 hip and shoulder. */

import { guideTo } from './guide';

export const HIP_SHOULDER = guideTo({
  slug: 'hip-shoulder-90-90',
  name: '90-90 hip and shoulder',
  about: 'How far your hips and shoulders turn in and out.',
  time: 'about 35 seconds',
  preparation: {
    position: 'sitting',
    phone: 'upright',
    height: 'chest',
    metres: 3,
    views: ['front'],
    beside: 'seat',
    picture: {
      from: 'hands',
      to: 'feet',
      check: 'Check that your feet swung out to the sides and your raised hands are all in the picture.',
    },
  },
  steps: [
    'Sit tall, knees a fist apart, both feet tucked a little back, hands in your lap.',
    'Let the left lower leg hang, swing its foot out as far as it goes, then in past the other foot. The thigh stays where it is. Twice, slowly.',
    'Do the same with the right leg.',
    'Raise both upper arms to the sides at shoulder height, elbows bent at right angles, forearms pointing ahead.',
    'Turn both forearms up as far as they go, then down as far as they go. Elbows stay up. Twice, slowly.',
  ],
  figure: {
    head: [60, 22],
    limbs: [
      [
        [47, 40],
        [42, 58],
        [46, 76],
      ],
      [
        [73, 40],
        [78, 58],
        [74, 76],
      ],
      [
        [47, 40],
        [73, 40],
        [69, 84],
        [51, 84],
        [47, 40],
      ],
      [
        [53, 84],
        [49, 94],
        [49, 138],
      ],
      [
        [67, 84],
        [71, 94],
        [98, 128],
      ],
    ],
    angles: [
      [
        [71, 118],
        [71, 94],
        [98, 128],
      ],
    ],
    guides: [
      [
        [71, 94],
        [71, 140],
      ],
      [
        [10, 144],
        [110, 144],
      ],
    ],
  },
});
