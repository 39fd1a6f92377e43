/** The guide to test 12, glute bridge. */

import { guideTo } from './guide';

export const GLUTE_BRIDGE = guideTo({
  slug: 'glute-bridge',
  name: 'Glute bridge',
  about: 'How well each side of your hips carries you.',
  time: 'about 45 seconds',
  preparation: {
    position: 'on-back',
    phone: 'on-its-side',
    height: 'knee',
    metres: 3,
    views: ['side', 'other-side'],
    picture: {
      from: 'head',
      to: 'feet',
      check:
        'Check that you fit in from head to feet with one leg stretched out, and with your head at either end.',
    },
  },
  steps: [
    'Lie on your back with your side to the camera, knees bent, feet flat on the floor.',
    'Push your hips up, then stretch out the leg nearer to the camera in line with your body.',
    'Hold it for 15 seconds with your hips high, then come down.',
    'Turn round at once, your head where your feet were, and do the same with the other leg: again the nearer one.',
    'The whole recording may last 45 seconds. A side that does not fit in can be recorded again.',
  ],
  figure: {
    head: [12, 128],
    limbs: [
      [
        [26, 126],
        [58, 110],
        [84, 97],
        [114, 82],
      ],
      [
        [58, 110],
        [84, 97],
        [84, 136],
        [94, 136],
      ],
      [
        [26, 126],
        [44, 134],
        [60, 136],
      ],
    ],
    angles: [
      [
        [26, 126],
        [58, 110],
        [84, 97],
      ],
    ],
    guides: [
      [
        [26, 126],
        [84, 97],
      ],
    ],
  },
});
