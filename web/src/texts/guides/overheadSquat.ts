/** The guide to test 4, overhead squat. */

import { guideTo } from './guide';

export const OVERHEAD_SQUAT = guideTo({
  slug: 'overhead-squat',
  name: 'Overhead squat',
  about: 'How ankles, knees, hips and shoulders work together.',
  time: 'about 30 seconds',
  preparation: {
    position: 'standing',
    phone: 'upright',
    height: 'hip',
    metres: 3,
    views: ['front', 'side'],
    picture: {
      from: 'hands',
      to: 'feet',
      check: 'Check that your raised hands and your feet are both in the picture.',
    },
  },
  steps: [
    'Stand facing the camera, feet shoulder-width apart, arms straight overhead.',
    'Squat as low as is comfortable, keep your heels down and your arms up. Do three slow squats.',
    'Make a quarter turn, so that the camera sees you from the side.',
    'Do three more squats the same way, then stand still for a moment.',
  ],
  figure: {
    head: [60, 42],
    limbs: [
      [
        [45, 58],
        [38, 36],
        [36, 12],
      ],
      [
        [75, 58],
        [82, 36],
        [84, 12],
      ],
      [
        [45, 58],
        [75, 58],
        [69, 98],
        [51, 98],
        [45, 58],
      ],
      [
        [51, 98],
        [34, 110],
        [40, 138],
        [31, 141],
      ],
      [
        [69, 98],
        [86, 110],
        [80, 138],
        [89, 141],
      ],
    ],
    angles: [
      [
        [51, 98],
        [34, 110],
        [40, 138],
      ],
      [
        [69, 98],
        [86, 110],
        [80, 138],
      ],
    ],
    guides: [
      [
        [60, 4],
        [60, 144],
      ],
    ],
  },
});
