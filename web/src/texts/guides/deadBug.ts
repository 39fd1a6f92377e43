/** The guide to test 11, dead bug. */

import { guideTo } from './guide';

export const DEAD_BUG = guideTo({
  slug: 'dead-bug',
  name: 'Dead bug',
  about: 'How still your trunk stays while arms and legs move.',
  time: 'about 40 seconds',
  preparation: {
    position: 'on-back',
    phone: 'on-its-side',
    height: 'floor',
    metres: 3,
    views: ['side'],
    picture: {
      from: 'hands',
      to: 'feet',
      check: 'Check that you fit in with an arm stretched over your head and a leg stretched out.',
    },
  },
  steps: [
    'Lie on your back with your side to the camera; either side will do. Arms straight up, hips and knees bent to right angles.',
    'Stretch one leg away low over the floor and the opposite arm over your head. Your back stays on the floor.',
    'Take 4 seconds out and back, then change to the other leg and arm.',
    'Do five with each leg: the whole recording may last 45 seconds.',
  ],
  figure: {
    head: [34, 133],
    limbs: [
      [
        [46, 135],
        [76, 138],
      ],
      [
        [46, 135],
        [47, 116],
        [48, 96],
      ],
      [
        [46, 135],
        [26, 122],
        [8, 114],
      ],
      [
        [76, 138],
        [78, 112],
        [102, 112],
      ],
      [
        [76, 138],
        [96, 132],
        [116, 128],
      ],
    ],
    angles: [
      [
        [46, 135],
        [76, 138],
        [96, 132],
      ],
    ],
    guides: [],
  },
});
