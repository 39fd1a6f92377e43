/** The guide to test 8, lateral lunge. */

import { guideTo } from './guide';

export const LATERAL_LUNGE = guideTo({
  slug: 'lateral-lunge',
  name: 'Lateral lunge',
  about: 'How well each leg carries you to the side.',
  time: 'about 35 seconds',
  preparation: {
    position: 'standing',
    phone: 'upright',
    height: 'hip',
    metres: 3,
    views: ['front'],
    picture: {
      from: 'head',
      to: 'feet',
      check: 'Leave a wide step of room on both sides: both feet must stay in the picture.',
    },
  },
  steps: [
    'Stand facing the camera, feet together.',
    'Take a wide step to the right and bend the right knee as far as is comfortable. The left leg stays straight, both heels down.',
    'Push back to the middle. Do three lunges to the right.',
    'Then do three to the left.',
  ],
  figure: {
    head: [40, 46],
    limbs: [
      [
        [30, 60],
        [38, 78],
        [50, 72],
      ],
      [
        [56, 60],
        [62, 78],
        [50, 72],
      ],
      [
        [30, 60],
        [56, 60],
        [54, 98],
        [36, 98],
        [30, 60],
      ],
      [
        [36, 98],
        [16, 108],
        [22, 138],
        [12, 141],
      ],
      [
        [54, 98],
        [82, 118],
        [106, 138],
        [114, 141],
      ],
    ],
    angles: [
      [
        [36, 98],
        [16, 108],
        [22, 138],
      ],
    ],
    guides: [
      [
        [22, 100],
        [22, 144],
      ],
    ],
  },
});
