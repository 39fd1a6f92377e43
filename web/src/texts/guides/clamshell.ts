/** The guide to test 15, clamshell. */

import { guideTo } from './guide';

export const CLAMSHELL = guideTo({
  slug: 'clamshell',
  name: 'Clamshell',
  about: 'How far the muscles at the side of the hip open the knee.',
  time: 'about 40 seconds',
  preparation: {
    position: 'on-side',
    phone: 'on-its-side',
    height: 'knee',
    metres: 3,
    views: ['front', 'front'],
    picture: { from: 'head', to: 'feet', check: 'Check that you fit in from head to feet.' },
  },
  steps: [
    'Lie on your left side, your front to the camera, hips half bent, knees at a right angle, feet together.',
    'Open the right knee as far as your pelvis stays still. Keep your feet together.',
    'Close it slowly. Do this five times.',
    'Turn over, front to the camera again, and do five with the left knee.',
  ],
  figure: {
    head: [102, 114],
    limbs: [
      [
        [88, 118],
        [98, 130],
        [114, 134],
      ],
      [
        [88, 112],
        [88, 132],
        [54, 134],
        [54, 118],
        [88, 112],
      ],
      [
        [54, 118],
        [32, 98],
        [10, 122],
      ],
      [
        [54, 134],
        [32, 138],
        [10, 134],
      ],
    ],
    angles: [
      [
        [32, 98],
        [54, 122],
        [32, 136],
      ],
    ],
    guides: [],
  },
});
