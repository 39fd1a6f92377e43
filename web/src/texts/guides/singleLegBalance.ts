/** The guide to test 7, single-leg balance. */

import { guideTo } from './guide';

export const SINGLE_LEG_BALANCE = guideTo({
  slug: 'single-leg-balance',
  name: 'Single-leg balance',
  about: 'How long and how quietly you stand on each leg.',
  time: 'about 45 seconds',
  preparation: {
    position: 'standing',
    phone: 'upright',
    height: 'hip',
    metres: 3,
    views: ['front'],
    beside: 'support',
    picture: {
      from: 'head',
      to: 'feet',
      check: 'Check that your whole body, both feet included, is in the picture.',
    },
    hold: 'single-leg',
  },
  steps: [
    'Face the camera with your eyes open and your arms relaxed.',
    'Lift your right foot clearly off the floor and stand on the left leg for 20 seconds.',
    'If the foot comes down, that is fine: that leg is done.',
    'Change legs at once: the whole recording may last 45 seconds.',
  ],
  figure: {
    head: [58, 20],
    limbs: [
      [
        [45, 36],
        [36, 56],
        [34, 78],
      ],
      [
        [71, 36],
        [80, 56],
        [82, 78],
      ],
      [
        [45, 36],
        [71, 36],
        [66, 74],
        [50, 74],
        [45, 36],
      ],
      [
        [50, 74],
        [52, 106],
        [54, 138],
        [45, 141],
      ],
      [
        [66, 74],
        [76, 104],
        [66, 128],
        [61, 133],
      ],
    ],
    angles: [
      [
        [66, 74],
        [76, 104],
        [66, 128],
      ],
    ],
    guides: [
      [
        [54, 4],
        [54, 144],
      ],
    ],
  },
});
