/** The guide to test 2, plank endurance. */

import { guideTo } from './guide';

export const PLANK = guideTo({
  slug: 'plank',
  name: 'Plank',
  about: 'How long your trunk stays straight and strong.',
  time: 'about 45 seconds',
  preparation: {
    position: 'face-down',
    phone: 'on-its-side',
    height: 'knee',
    metres: 3,
    views: ['side'],
    picture: { from: 'head', to: 'feet', check: 'Check that you fit in from head to feet.' },
    hold: 'plank',
  },
  steps: [
    'Lie face down with your side to the camera; either side will do.',
    'Rest on forearms and toes and lift hips and knees: one straight line from shoulders to ankles.',
    'Hold it for 40 seconds. Only the seconds in good form count.',
    'Come down when you cannot keep the line: the whole recording may last 45 seconds.',
  ],
  figure: {
    head: [106, 104],
    limbs: [
      [
        [92, 113],
        [54, 123],
        [32, 129],
        [10, 135],
      ],
      [
        [92, 113],
        [92, 140],
        [110, 140],
      ],
      [
        [10, 135],
        [14, 142],
      ],
    ],
    angles: [
      [
        [92, 113],
        [54, 123],
        [10, 135],
      ],
    ],
    guides: [
      [
        [92, 113],
        [10, 135],
      ],
    ],
  },
});
