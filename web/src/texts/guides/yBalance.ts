/** The guide to test 3, y-balance. */

import { guideTo } from './guide';

export const Y_BALANCE = guideTo({
  slug: 'y-balance',
  name: 'Y-balance',
  about: 'How far each leg reaches while the other one holds you.',
  time: 'about 40 seconds',
  preparation: {
    position: 'standing',
    phone: 'upright',
    height: 'hip',
    metres: 3,
    views: ['front'],
    picture: {
      from: 'head',
      to: 'feet',
      check: 'Leave a step of room on every side: your reaching foot must stay in the picture.',
    },
  },
  steps: [
    'Stand on your left leg facing the camera, hands on your hips.',
    'Reach the right foot forward, touch the floor lightly and come back.',
    'Reach it back and out to the side, then back and across behind you. Come back to the middle each time.',
    'Change legs and do the same three reaches standing on the right.',
  ],
  figure: {
    head: [52, 20],
    limbs: [
      [
        [39, 36],
        [27, 52],
        [42, 68],
      ],
      [
        [67, 36],
        [78, 52],
        [62, 68],
      ],
      [
        [39, 36],
        [67, 36],
        [60, 70],
        [44, 70],
        [39, 36],
      ],
      [
        [44, 70],
        [37, 101],
        [44, 134],
        [35, 138],
      ],
      [
        [60, 70],
        [84, 94],
        [106, 122],
        [114, 120],
      ],
    ],
    angles: [
      [
        [44, 70],
        [60, 70],
        [84, 94],
      ],
    ],
    guides: [
      [
        [44, 138],
        [28, 148],
      ],
      [
        [44, 138],
        [112, 132],
      ],
      [
        [44, 138],
        [12, 122],
      ],
    ],
  },
});
