/** The guide to test 1, neck flexion and extension. */

import { guideTo } from './guide';

export const NECK_FLEXION_EXTENSION = guideTo({
  slug: 'neck-flexion-extension',
  name: 'Neck flexion and extension',
  about: 'How far your head goes down and back.',
  time: 'about 20 seconds',
  preparation: {
    position: 'upright',
    phone: 'upright',
    height: 'shoulder',
    metres: 2,
    views: ['side', 'front'],
    viewsAreChoice: true,
    picture: {
      from: 'head',
      to: 'hips',
      check: 'Check that it sees you from the top of your head to your hips, with your ear free of hair.',
    },
  },
  steps: [
    'Stand or sit tall with your side to the camera; either side will do. You may also face it: then it sees best how far your chin comes down, but hardly how far you look up. Look straight ahead for a second.',
    'Bring your chin slowly to your chest, as far as is comfortable.',
    'Look slowly up to the ceiling, as far as is comfortable. Keep your upper body still.',
    'Do three slow nods like this, then look ahead again.',
  ],
  figure: {
    head: [76, 42],
    limbs: [
      [
        [58, 62],
        [52, 112],
      ],
      [
        [58, 62],
        [62, 86],
        [66, 110],
      ],
      [
        [52, 112],
        [54, 143],
      ],
      [
        [58, 62],
        [68, 50],
      ],
    ],
    angles: [
      [
        [60, 34],
        [58, 62],
        [76, 42],
      ],
    ],
    guides: [
      [
        [58, 62],
        [60, 30],
      ],
      [
        [58, 62],
        [36, 42],
      ],
    ],
  },
});
