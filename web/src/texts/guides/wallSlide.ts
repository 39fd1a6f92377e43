/** The guide to test 10, wall slide. */

import { guideTo } from './guide';

export const WALL_SLIDE = guideTo({
  slug: 'wall-slide',
  name: 'Wall slide',
  about: 'How well shoulder blades and upper back let the arms go overhead.',
  time: 'about 25 seconds',
  preparation: {
    position: 'standing',
    phone: 'upright',
    height: 'chest',
    metres: 2.5,
    views: ['front'],
    beside: 'wall',
    picture: {
      from: 'hands',
      to: 'hips',
      check: 'Check that your raised hands and your hips are both in the picture.',
    },
  },
  steps: [
    'Stand with your back against the wall, facing the camera, your feet a little ahead of it.',
    'Raise your elbows to shoulder height, bend them and point your hands up, like a W. Elbows and hands touch the wall.',
    'Slide both arms up the wall as far as they stay on it, then back into the W. Keep ribs and lower back flat.',
    'Do five slow slides without dropping the arms in between.',
  ],
  figure: {
    head: [60, 34],
    limbs: [
      [
        [47, 52],
        [27, 52],
        [27, 30],
      ],
      [
        [73, 52],
        [93, 52],
        [93, 30],
      ],
      [
        [47, 52],
        [73, 52],
        [69, 94],
        [51, 94],
        [47, 52],
      ],
      [
        [53, 94],
        [52, 118],
        [51, 142],
      ],
      [
        [67, 94],
        [68, 118],
        [69, 142],
      ],
    ],
    angles: [
      [
        [47, 70],
        [47, 52],
        [27, 52],
      ],
      [
        [73, 70],
        [73, 52],
        [93, 52],
      ],
    ],
    guides: [
      [
        [10, 144],
        [110, 144],
      ],
    ],
  },
});
