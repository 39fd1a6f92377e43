/** The guide to test 14, bird dog. */

import { guideTo } from './guide';

export const BIRD_DOG = guideTo({
  slug: 'bird-dog',
  name: 'Bird dog',
  about: 'How steadily your back holds arm and leg stretched out.',
  time: 'about 40 seconds',
  preparation: {
    position: 'hands-and-knees',
    phone: 'on-its-side',
    height: 'knee',
    metres: 3,
    views: ['side'],
    picture: {
      from: 'hands',
      to: 'feet',
      check: 'Check that you fit in with one arm and one leg stretched out.',
    },
  },
  steps: [
    'Kneel on hands and knees with your side to the camera; either side will do.',
    'Stretch one leg back and the opposite arm forward, in line with your back and not higher.',
    'Hold still for 5 seconds, then set both down.',
    'Change to the other leg and arm. Do each leg twice.',
  ],
  figure: {
    head: [92, 92],
    limbs: [
      [
        [80, 100],
        [98, 96],
        [116, 92],
      ],
      [
        [80, 100],
        [79, 120],
        [80, 140],
      ],
      [
        [80, 100],
        [44, 110],
      ],
      [
        [44, 110],
        [45, 138],
        [18, 138],
      ],
      [
        [44, 110],
        [23, 115],
        [3, 118],
      ],
    ],
    angles: [
      [
        [80, 100],
        [44, 110],
        [23, 115],
      ],
    ],
    guides: [],
  },
});
