/** The tests a person can choose: how to set up, what to do, how the figure is drawn. Data only. */

import type { TestSlug } from '../api/types';

/** A point of a drawing, in units of a 120 x 150 box: x to the right, y down. */
export type Point = readonly [x: number, y: number];

/** A line figure doing the test. */
export interface Figure {
  readonly head: Point;
  /** Limbs and trunk, each drawn as one bent line. */
  readonly limbs: readonly (readonly Point[])[];
  /** What the test looks at: angles as [from, corner, to], reaches and plumb lines as plain lines. */
  readonly angles: readonly (readonly [Point, Point, Point])[];
  readonly guides: readonly (readonly Point[])[];
}

export interface TestGuide {
  readonly slug: TestSlug;
  readonly name: string;
  /** What it tells, in one line. */
  readonly about: string;
  readonly view: string;
  /** How long the recording gets, in words. */
  readonly time: string;
  readonly setUp: readonly string[];
  readonly steps: readonly string[];
  readonly figure: Figure;
}

const CLOTHES = 'Wear close-fitting clothes that stand out from the background. Bare feet are best.';
const ALONE = 'Even light from the front, nobody else in the picture.';

export const TESTS: readonly TestGuide[] = [
  {
    slug: 'overhead-squat',
    name: 'Overhead squat',
    about: 'How ankles, knees, hips and shoulders work together.',
    view: 'Facing the camera, then side-on',
    time: 'about 30 seconds',
    setUp: [
      'Put the camera upright at hip height, about 3 metres away, and level.',
      'Check that your raised hands and your feet are both in the picture.',
      CLOTHES,
      ALONE,
    ],
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
  },
  {
    slug: 'y-balance',
    name: 'Y-balance',
    about: 'How far each leg reaches while the other one holds you.',
    view: 'Facing the camera',
    time: 'about 40 seconds',
    setUp: [
      'Put the camera upright at hip height, about 3 metres away, and level.',
      'Leave a step of room on every side: your reaching foot must stay in the picture.',
      CLOTHES,
      ALONE,
    ],
    steps: [
      'Stand on your left leg facing the camera, hands on your hips.',
      'Reach the right foot forward, touch the floor lightly and come back.',
      'Reach it back and out to the side, then back and across behind you. Come back to the middle each time.',
      'Change legs and do the same three reaches standing on the right.',
    ],
    figure: {
      head: [52, 20],
      limbs: [
        [
          [39, 36],
          [27, 52],
          [42, 68],
        ],
        [
          [67, 36],
          [78, 52],
          [62, 68],
        ],
        [
          [39, 36],
          [67, 36],
          [60, 70],
          [44, 70],
          [39, 36],
        ],
        [
          [44, 70],
          [37, 101],
          [44, 134],
          [35, 138],
        ],
        [
          [60, 70],
          [84, 94],
          [106, 122],
          [114, 120],
        ],
      ],
      angles: [
        [
          [44, 70],
          [60, 70],
          [84, 94],
        ],
      ],
      guides: [
        [
          [44, 138],
          [28, 148],
        ],
        [
          [44, 138],
          [112, 132],
        ],
        [
          [44, 138],
          [12, 122],
        ],
      ],
    },
  },
  {
    slug: 'single-leg-balance',
    name: 'Single-leg balance',
    about: 'How long and how quietly you stand on each leg.',
    view: 'Facing the camera',
    time: 'about 45 seconds',
    setUp: [
      'Put the camera upright at hip height, about 3 metres away, and level.',
      'Stand near a wall or a chair that you can hold if you need to.',
      CLOTHES,
      ALONE,
    ],
    steps: [
      'Face the camera with your eyes open and your arms relaxed.',
      'Lift your right foot clearly off the floor and stand on the left leg for 20 seconds.',
      'If the foot comes down, that is fine: that leg is done.',
      'Change legs at once: the whole recording may last 45 seconds.',
    ],
    figure: {
      head: [58, 20],
      limbs: [
        [
          [45, 36],
          [36, 56],
          [34, 78],
        ],
        [
          [71, 36],
          [80, 56],
          [82, 78],
        ],
        [
          [45, 36],
          [71, 36],
          [66, 74],
          [50, 74],
          [45, 36],
        ],
        [
          [50, 74],
          [52, 106],
          [54, 138],
          [45, 141],
        ],
        [
          [66, 74],
          [76, 104],
          [66, 128],
          [61, 133],
        ],
      ],
      angles: [
        [
          [66, 74],
          [76, 104],
          [66, 128],
        ],
      ],
      guides: [
        [
          [54, 4],
          [54, 144],
        ],
      ],
    },
  },
  {
    slug: 'hip-shoulder-90-90',
    name: '90-90 hip and shoulder',
    about: 'How far your hips and shoulders turn in and out.',
    view: 'Sitting, facing the camera',
    time: 'about 35 seconds',
    setUp: [
      'Put a box, bench or chair without arms about 3 metres from the camera; the camera stands upright at chest height of someone who sits, and level.',
      'Sit on its front edge, facing the camera. Hips and knees are bent at right angles.',
      'Check that your feet swung out to the sides and your raised hands are all in the picture.',
      CLOTHES,
      ALONE,
    ],
    steps: [
      'Sit tall, knees a fist apart, both feet tucked a little back, hands in your lap.',
      'Let the left lower leg hang, swing its foot out as far as it goes, then in past the other foot. The thigh stays where it is. Twice, slowly.',
      'Do the same with the right leg.',
      'Raise both upper arms to the sides at shoulder height, elbows bent at right angles, forearms pointing ahead.',
      'Turn both forearms up as far as they go, then down as far as they go. Elbows stay up. Twice, slowly.',
    ],
    figure: {
      head: [60, 22],
      limbs: [
        [
          [47, 40],
          [42, 58],
          [46, 76],
        ],
        [
          [73, 40],
          [78, 58],
          [74, 76],
        ],
        [
          [47, 40],
          [73, 40],
          [69, 84],
          [51, 84],
          [47, 40],
        ],
        [
          [53, 84],
          [49, 94],
          [49, 138],
        ],
        [
          [67, 84],
          [71, 94],
          [98, 128],
        ],
      ],
      angles: [
        [
          [71, 118],
          [71, 94],
          [98, 128],
        ],
      ],
      guides: [
        [
          [71, 94],
          [71, 140],
        ],
        [
          [10, 144],
          [110, 144],
        ],
      ],
    },
  },
  {
    slug: 'wall-slide',
    name: 'Wall slide',
    about: 'How well shoulder blades and upper back let the arms go overhead.',
    view: 'Facing the camera, your back to a wall',
    time: 'about 25 seconds',
    setUp: [
      'Put the camera upright at chest height, about 2.5 metres from the wall, and level.',
      'Check that your raised hands and your hips are both in the picture.',
      CLOTHES,
      ALONE,
    ],
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
  },
  {
    slug: 'bird-dog',
    name: 'Bird dog',
    about: 'How steadily your back holds arm and leg stretched out.',
    view: 'Side-on, on hands and knees',
    time: 'about 40 seconds',
    setUp: [
      'Lay the phone on its side at knee height, about 3 metres away, and level.',
      'Check that you fit in with one arm and one leg stretched out.',
      CLOTHES,
      ALONE,
    ],
    steps: [
      'Kneel on hands and knees with your side to the camera; either side will do.',
      'Stretch one leg back and the opposite arm forward, in line with your back and not higher.',
      'Hold still for 5 seconds, then set both down.',
      'Change to the other leg and arm. Do each leg twice.',
    ],
    figure: {
      head: [92, 66],
      limbs: [
        [
          [80, 74],
          [98, 70],
          [116, 66],
        ],
        [
          [80, 74],
          [79, 94],
          [80, 114],
        ],
        [
          [80, 74],
          [44, 84],
        ],
        [
          [44, 84],
          [45, 112],
          [18, 112],
        ],
        [
          [44, 84],
          [23, 89],
          [3, 92],
        ],
      ],
      angles: [
        [
          [80, 74],
          [44, 84],
          [23, 89],
        ],
      ],
      guides: [
        [
          [2, 118],
          [118, 118],
        ],
      ],
    },
  },
  {
    slug: 'clamshell',
    name: 'Clamshell',
    about: 'How far the muscles at the side of the hip open the knee.',
    view: 'Lying on one side, facing the camera',
    time: 'about 40 seconds',
    setUp: [
      'Lay the phone on its side at knee height, about 3 metres away, and level.',
      'Check that you fit in from head to feet.',
      CLOTHES,
      ALONE,
    ],
    steps: [
      'Lie on your left side, your front to the camera, hips half bent, knees at a right angle, feet together.',
      'Open the right knee as far as your pelvis stays still. Keep your feet together.',
      'Close it slowly. Do this five times.',
      'Turn over, front to the camera again, and do five with the left knee.',
    ],
    figure: {
      head: [102, 78],
      limbs: [
        [
          [88, 82],
          [98, 94],
          [114, 98],
        ],
        [
          [88, 76],
          [88, 96],
          [54, 98],
          [54, 82],
          [88, 76],
        ],
        [
          [54, 82],
          [32, 62],
          [10, 86],
        ],
        [
          [54, 98],
          [32, 102],
          [10, 98],
        ],
      ],
      angles: [
        [
          [32, 62],
          [54, 86],
          [32, 100],
        ],
      ],
      guides: [
        [
          [2, 108],
          [118, 108],
        ],
      ],
    },
  },
];

export function guideOf(slug: string): TestGuide | undefined {
  return TESTS.find((test) => test.slug === slug);
}
