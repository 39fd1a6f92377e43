/** The guide to test 13, chin tuck. */

import { guideTo } from './guide';

export const CHIN_TUCK = guideTo({
  slug: 'chin-tuck',
  name: 'Chin tuck',
  about: 'How well the muscles at the front of the neck draw the head back.',
  time: 'about 30 seconds',
  preparation: {
    position: 'upright',
    phone: 'upright',
    height: 'shoulder',
    metres: 2,
    views: ['side'],
    picture: {
      from: 'head',
      to: 'hips',
      check: 'Check that it sees you from the top of your head to your hips, with your ear free of hair.',
    },
  },
  steps: [
    'Stand or sit tall with your side to the camera; either side will do. Look straight ahead for a second.',
    'Draw your chin straight back, as if making a double chin. Do not nod and do not lean back.',
    'Hold it for 3 seconds, then let go.',
    'Do five tucks, with a short rest between them.',
  ],
  figure: {
    head: [62, 40],
    limbs: [
      [
        [56, 62],
        [54, 112],
      ],
      [
        [56, 62],
        [60, 86],
        [66, 110],
      ],
      [
        [54, 112],
        [55, 143],
      ],
      [
        [56, 62],
        [60, 50],
      ],
    ],
    angles: [
      [
        [86, 62],
        [56, 62],
        [62, 40],
      ],
    ],
    guides: [
      [
        [92, 40],
        [74, 40],
      ],
      [
        [56, 62],
        [92, 62],
      ],
    ],
  },
});
