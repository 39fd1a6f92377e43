/** Where in the picture the person should be, and the outline that is drawn there. */

import type { Figure, Point } from '../texts/guides/guide';
import { isWide, type TestView, type ViewName } from './views';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

type Shape = Pick<Figure, 'head' | 'limbs'>;

/** Standing people are outlined as they stand before the movement; the others in the position of their guide's drawing. */
const STANDING: Readonly<Partial<Record<ViewName, Shape>>> = {
  'standing-front': {
    head: [40, 12],
    limbs: [
      [
        [14, 84],
        [18, 60],
        [26, 36],
        [54, 36],
        [62, 60],
        [66, 84],
      ],
      [
        [28, 36],
        [32, 82],
        [48, 82],
        [52, 36],
      ],
      [
        [37, 40],
        [37, 78],
      ],
      [
        [43, 40],
        [43, 78],
      ],
      [
        [33, 82],
        [31, 120],
        [30, 152],
        [24, 156],
      ],
      [
        [47, 82],
        [49, 120],
        [50, 152],
        [56, 156],
      ],
    ],
  },
  'standing-side': {
    head: [40, 12],
    limbs: [
      [
        [38, 34],
        [37, 84],
      ],
      [
        [38, 36],
        [36, 62],
        [40, 86],
      ],
      [
        [37, 84],
        [40, 120],
        [36, 152],
        [50, 155],
      ],
    ],
  },
};

/** Shares of the picture: left, top, width, height. */
const AREAS: Readonly<Record<ViewName, readonly [number, number, number, number]>> = {
  'standing-front': [0.2, 0.16, 0.6, 0.74],
  'standing-side': [0.2, 0.16, 0.6, 0.74],
  'floor-side': [0.08, 0.3, 0.84, 0.56],
  sitting: [0.14, 0.2, 0.72, 0.68],
  'upper-body': [0.2, 0.14, 0.6, 0.8],
};

/** Arms that go up need the picture from its top to the feet; the outline stands at the bottom of it. */
const ARMS_UP_TOP = 0.04;

const HEAD_RADIUS = 10;

/** The area that the person should fill, in the picture's own units. */
export function areaOf({ view, armsUp }: TestView, picture: Size): Area {
  const [left, top, width, height] = AREAS[view];
  const from = armsUp ? ARMS_UP_TOP : top;
  return {
    x: left * picture.width,
    y: from * picture.height,
    width: width * picture.width,
    height: (top + height - from) * picture.height,
  };
}

export function shapeOf({ view }: TestView, figure: Figure): Shape {
  return STANDING[view] ?? figure;
}

/** How a shape is moved and scaled to stand at the bottom of an area, as large as it may be; `room` is what stays free above it. */
export function fitted(shape: Shape, area: Area, room: number): { x: number; y: number; scale: number } {
  const [x, y] = shape.head;
  const points: Point[] = [
    ...shape.limbs.flat(),
    [x - HEAD_RADIUS, y - HEAD_RADIUS],
    [x + HEAD_RADIUS, y + HEAD_RADIUS],
  ];
  const across = points.map(([at]) => at);
  const down = points.map(([, at]) => at);
  const [left, right, top, bottom] = [
    Math.min(...across),
    Math.max(...across),
    Math.min(...down),
    Math.max(...down),
  ];
  const scale = Math.min(area.width / (right - left), (area.height * (1 - room)) / (bottom - top));
  return {
    x: area.x + area.width / 2 - (scale * (left + right)) / 2,
    y: area.y + area.height - scale * bottom,
    scale,
  };
}

/** The share of the area that stays free for raised arms. */
export function roomOf(test: TestView): number {
  return test.armsUp && !isWide(test) ? 0.24 : 0;
}
