import { expect, test } from 'vitest';
import type { LiveLandmark } from '../live/livePose';
import { type HeldPosition, HOLD_NOT_BEGUN, type HoldClock, heldSeconds, nextHold, positionOf } from './hold';

type Places = Readonly<Record<string, readonly [number, number]>>;

const NUMBERS: Readonly<Record<string, readonly [number, number]>> = {
  shoulder: [11, 12],
  elbow: [13, 14],
  wrist: [15, 16],
  hip: [23, 24],
  knee: [25, 26],
  ankle: [27, 28],
};

/** A body whose both sides are at the same places, in a wide picture. */
function body(places: Places): LiveLandmark[] {
  const landmarks = Array.from({ length: 33 }, () => ({ x: 0.5, y: 0.5, visibility: 0 }));
  for (const [name, [x, y]] of Object.entries(places))
    for (const number of NUMBERS[name] ?? []) landmarks[number] = { x, y, visibility: 0.95 };
  return landmarks;
}

const ASPECT = 640 / 480;
const PLANK: Places = {
  shoulder: [0.72, 0.55],
  elbow: [0.72, 0.67],
  wrist: [0.8, 0.68],
  hip: [0.54, 0.57],
  knee: [0.41, 0.6],
  ankle: [0.28, 0.63],
};

test.each<[string, HeldPosition | undefined, Places]>([
  ['on forearms', 'plank', PLANK],
  ['on straight arms', 'plank', { ...PLANK, shoulder: [0.72, 0.47], hip: [0.54, 0.52], knee: [0.41, 0.57] }],
  ['with sagging hips', undefined, { ...PLANK, hip: [0.54, 0.67] }],
  ['with hips far up', undefined, { ...PLANK, hip: [0.54, 0.4] }],
  ['on the knees', undefined, { ...PLANK, knee: [0.41, 0.66], ankle: [0.36, 0.55] }],
  [
    'lying flat',
    undefined,
    { ...PLANK, shoulder: [0.72, 0.63], elbow: [0.78, 0.65], wrist: [0.82, 0.65], hip: [0.54, 0.64] },
  ],
  [
    'standing',
    undefined,
    {
      shoulder: [0.5, 0.3],
      elbow: [0.5, 0.4],
      wrist: [0.5, 0.5],
      hip: [0.5, 0.5],
      knee: [0.5, 0.65],
      ankle: [0.5, 0.8],
    },
  ],
])('a plank %s: %s', (_name, position, places) => {
  expect(positionOf('plank', body(places), ASPECT)).toBe(position);
});

/** Somebody who stands, with each ankle at a height of its own. */
function standing(left: number, right: number): LiveLandmark[] {
  const landmarks = body({ hip: [0.5, 0.54], ankle: [0.5, 0.79] });
  landmarks[27] = { x: 0.53, y: left, visibility: 0.95 };
  landmarks[28] = { x: 0.47, y: right, visibility: 0.95 };
  return landmarks;
}

test.each<[string, HeldPosition | undefined, LiveLandmark[]]>([
  ['both feet on the floor', undefined, standing(0.79, 0.79)],
  ['a heel off the floor', undefined, standing(0.79, 0.78)],
  ['the right foot up', 'left', standing(0.79, 0.72)],
  ['the left foot up', 'right', standing(0.7, 0.79)],
])('%s: stands on %s', (_name, position, landmarks) => {
  expect(positionOf('single-leg', landmarks, ASPECT)).toBe(position);
});

test('what is out of sight is in no position', () => {
  const hidden = body(PLANK).map((landmark) => ({ ...landmark, visibility: 0.1 }));
  expect(positionOf('plank', hidden, ASPECT)).toBeUndefined();
});

/** The clock after pictures every 200 ms, each showing a position or none. */
function after(pictures: readonly (HeldPosition | undefined)[]): { clock: HoldClock; now: number } {
  const clock = pictures.reduce<HoldClock>(
    (before, seen, index) => nextHold(before, seen, index * 200),
    HOLD_NOT_BEGUN,
  );
  return { clock, now: (pictures.length - 1) * 200 };
}

test('the clock runs in position only', () => {
  const { clock, now } = after([undefined, undefined, 'plank', 'plank', 'plank', 'plank']);
  expect(heldSeconds(clock, now)).toBeCloseTo(0.6);
  const nobody = after([undefined, undefined]);
  expect(heldSeconds(nobody.clock, nobody.now)).toBeUndefined();
});

test('a picture or two without the body do not stop it', () => {
  const { clock, now } = after(['plank', 'plank', undefined, undefined, 'plank']);
  expect(heldSeconds(clock, now)).toBeCloseTo(0.8);
});

test('a hold that broke counts as the longest until a longer one', () => {
  const broken = [...Array<HeldPosition>(11).fill('plank'), ...Array<undefined>(5).fill(undefined)];
  const { clock, now } = after(broken);
  expect(heldSeconds(clock, now)).toBeUndefined();
  expect(clock.longest).toBe(2000);
  const again = after([...broken, 'plank', 'plank']);
  expect(again.clock.longest).toBe(2000);
  expect(heldSeconds(again.clock, again.now)).toBeCloseTo(0.2);
});

test('the other leg is another hold', () => {
  const { clock, now } = after([
    'left',
    'left',
    'left',
    'right',
    'right',
    'right',
    'right',
    'right',
    'right',
  ]);
  expect(clock.position).toBe('right');
  expect(heldSeconds(clock, now)).toBeLessThan(1);
});
