/** The guide to test 6, ankle mobility. */

import { guideTo } from './guide';

export const ANKLE_MOBILITY = guideTo({
  slug: 'ankle-mobility',
  name: 'Ankle mobility',
  about: 'How far each ankle lets the knee go forward.',
  time: 'about 35 seconds',
  preparation: {
    position: 'standing',
    phone: 'upright',
    height: 'knee',
    metres: 3,
    views: ['right-side', 'left-side'],
    picture: {
      from: 'head',
      to: 'feet',
      check: 'Check that your whole body, both feet included, is in the picture.',
    },
  },
  steps: [
    'Stand with your right side to the camera, the right foot one step in front. You may hold on to a wall.',
    'Push the right knee forward over the toes as far as the heel stays down, then back. Do it three times, slowly.',
    'Turn round, so that your left side is to the camera, with the left foot in front.',
    'Do the same three times with the left knee.',
  ],
  figure: {
    head: [62, 24],
    limbs: [
      [
        [56, 40],
        [66, 58],
        [84, 66],
      ],
      [
        [56, 40],
        [54, 78],
      ],
      [
        [54, 78],
        [84, 102],
        [66, 138],
        [82, 141],
      ],
      [
        [54, 78],
        [44, 108],
        [22, 134],
        [34, 141],
      ],
    ],
    angles: [
      [
        [66, 104],
        [66, 138],
        [84, 102],
      ],
    ],
    guides: [
      [
        [66, 100],
        [66, 141],
      ],
    ],
  },
});
