import { expect, test } from 'vitest';
import { FEWEST_PICTURES, HEIGHT, LEAST_MOTION, motionMeter, WIDTH } from './motion';
import { momentsOf } from './motionOf';

type Light = (x: number, y: number, picture: number) => number;

/** The score of so many pictures. */
function scoreOf(light: Light, pictures = 20): number | undefined {
  const meter = motionMeter();
  for (let picture = 0; picture < pictures; picture += 1)
    meter.add(
      Array.from({ length: WIDTH * HEIGHT }, (_, at) => light(at % WIDTH, Math.floor(at / WIDTH), picture)),
    );
  return meter.score();
}

const room: Light = (x, y) => 60 + 2 * x + (y > 25 ? 60 : 0);
/** The same sequence every time, from -1 to 1. */
const noise = (seed: number) => ((Math.sin(seed * 12.9898) * 43758.5453) % 1) * 2 - 1;
/** A dark figure of so many points across that goes to and fro by `reach` points. */
const figure =
  (reach: number): Light =>
  (x, y, picture) => {
    const middle = 24 + reach * Math.sin(picture);
    const covered = Math.min(1, Math.max(0, 3 - Math.abs(x - middle)));
    return room(x, y, picture) * (1 - 0.7 * covered * (y > 8 && y < 28 ? 1 : 0));
  };

test.each<[string, Light]>([
  ['a photo', room],
  ['a photo with the noise that coding leaves', (x, y, t) => room(x, y, t) + noise(x + 48 * y + 1728 * t)],
  ['a photo under a lamp that flickers', (x, y, t) => room(x, y, t) + 15 * Math.sin(t)],
])('nothing moves in %s', (_name, light) => {
  expect(scoreOf(light)).toBeLessThan(LEAST_MOTION / 2);
});

test.each([0.5, 2, 10])('a figure that goes %d points to and fro moves', (reach) => {
  expect(scoreOf(figure(reach))).toBeGreaterThan(1.5 * LEAST_MOTION);
});

test('the light does not matter', () => {
  const bright = scoreOf(figure(1)) ?? 0;
  expect(scoreOf((x, y, t) => 0.3 * figure(1)(x, y, t))).toBeCloseTo(bright, 5);
  expect(scoreOf((x, y, t) => 20 + figure(1)(x, y, t))).toBeCloseTo(bright, 5);
});

test('more motion than there is contrast is 1', () => {
  expect(scoreOf((x, _y, picture) => ((x + picture) % 2 === 0 ? 200 : 2 * x))).toBe(1);
});

test('too few pictures, and pictures of nothing, are not judged', () => {
  expect(scoreOf(figure(5), FEWEST_PICTURES - 1)).toBeUndefined();
  expect(scoreOf(() => 0)).toBeUndefined();
});

test.each([0.5, 5, 45, 600])(
  'the moments of %d s lie in the video, all over it from the first few on',
  (seconds) => {
    const moments = momentsOf(seconds);
    expect(moments.length).toBeGreaterThanOrEqual(6);
    expect(moments.length).toBeLessThanOrEqual(90);
    expect(Math.max(...moments)).toBeLessThan(seconds);
    const first = moments.slice(0, 6).toSorted((a, b) => a - b);
    expect(first[0]).toBeLessThan(seconds / 3);
    expect(first[5]).toBeGreaterThan((seconds * 2) / 3);
  },
);
