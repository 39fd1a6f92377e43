/** The guide to test 9, shoulder flexion. */

import { guideTo } from './guide';

export const SHOULDER_FLEXION = guideTo({
  slug: 'shoulder-flexion',
  name: 'Shoulder flexion',
  about: 'How far each arm goes up without help from the back.',
  time: 'about 30 seconds',
  preparation: {
    position: 'standing',
    phone: 'upright',
    height: 'chest',
    metres: 3,
    views: ['right-side', 'left-side'],
    picture: {
      from: 'hands',
      to: 'hips',
      check: 'Check that your raised hand and your hips are both in the picture.',
    },
  },
  steps: [
    'Stand tall with your right side to the camera, arms hanging.',
    'Raise the straight right arm forward and up as far as it goes without leaning back, then lower it. Do it three times.',
    'Turn round, so that your left side is to the camera.',
    'Do the same three times with the left arm.',
  ],
  figure: {
    head: [64, 36],
    limbs: [
      [
        [60, 52],
        [66, 32],
        [70, 10],
      ],
      [
        [60, 52],
        [58, 92],
      ],
      [
        [58, 92],
        [58, 118],
        [56, 139],
        [68, 141],
      ],
    ],
    angles: [
      [
        [59, 72],
        [60, 52],
        [66, 32],
      ],
    ],
    guides: [
      [
        [60, 4],
        [60, 144],
      ],
      [
        [60, 52],
        [88, 36],
      ],
    ],
  },
});
