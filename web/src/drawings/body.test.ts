import { describe, expect, test } from 'vitest';
import { TESTS } from '../texts/tests';
import { ballsOf, bodyOf, type Part } from './body';
import { mirrored, POSES, STANDING } from './poses';
import { hullOf, lookFrom, spotOf } from './projection';
import { bothSides, extentOf, frameOf, posed, stagedBody, wronglyTurned } from './staging';

function part(parts: readonly Part[], name: Part['name']) {
  return parts.filter((each) => each.name === name);
}

function middleOf(parts: readonly Part[]) {
  const { left, right } = extentOf(parts);
  return (left + right) / 2;
}

test('someone who stands is 1.70 m tall, and the head a seventh to an eighth of it', () => {
  const body = bodyOf(STANDING);
  const { top, bottom } = extentOf(body);
  expect(bottom).toBeCloseTo(0);
  expect(top).toBeGreaterThan(1.67);
  expect(top).toBeLessThan(1.73);
  const hair = part(body, 'head')[0]?.pieces.filter(({ attached }) => !attached) ?? [];
  const head = extentOf([{ name: 'head', pieces: hair }]);
  expect(top / (head.top - head.bottom)).toBeGreaterThan(7);
  expect(top / (head.top - head.bottom)).toBeLessThan(8);
});

const TWO_FEET = [
  'overhead-squat',
  'lateral-lunge',
  'ankle-mobility',
  'hip-shoulder-90-90',
  'wall-slide',
] as const;

test.each(TWO_FEET)('both feet are on the floor in %s', (slug) => {
  const body = bodyOf(POSES[slug]);
  for (const leg of ['left-leg', 'right-leg'] as const)
    expect(extentOf(part(body, leg)).bottom, leg).toBeLessThan(0.025);
});

test.each([
  ['plank', ['left-arm', 'right-arm', 'left-leg', 'right-leg']],
  ['bird-dog', ['right-arm', 'left-leg']],
  ['glute-bridge', ['left-leg', 'head', 'trunk']],
  ['dead-bug', ['trunk', 'head']],
  ['clamshell', ['left-leg', 'left-arm', 'trunk']],
  ['single-leg-balance', ['left-leg']],
  ['y-balance', ['left-leg', 'right-leg']],
] as const)('%s rests on %j', (slug, resting) => {
  const body = bodyOf(POSES[slug]);
  for (const name of resting) expect(extentOf(part(body, name)).bottom, name).toBeLessThan(0.06);
});

test('the lifted foot is off the floor', () => {
  expect(extentOf(part(bodyOf(POSES['single-leg-balance']), 'right-leg')).bottom).toBeGreaterThan(0.15);
});

test('a mirrored body has the arm of the other side up', () => {
  const highest = (name: Part['name'], parts: readonly Part[]) => extentOf(part(parts, name)).top;
  const right = bodyOf(POSES['shoulder-flexion']);
  const left = bodyOf(mirrored(POSES['shoulder-flexion']));
  expect(highest('right-arm', right)).toBeCloseTo(highest('left-arm', left));
  expect(highest('left-arm', right)).toBeCloseTo(highest('right-arm', left));
});

test('who faces the camera has the left hand at the right of the picture, and looks to the right with the right side to it', () => {
  expect(middleOf(part(posed(STANDING, 0), 'left-arm'))).toBeGreaterThan(0.1);
  const sideOn = posed(STANDING, 90);
  const foot = extentOf(part(sideOn, 'right-leg'));
  expect(foot.right).toBeGreaterThan(-foot.left);
  const [near, far] = (['right-arm', 'left-arm'] as const).map(
    (name) => ballsOf(part(sideOn, name))[0]?.at[2] ?? 0,
  );
  expect(near).toBeGreaterThan(far ?? 0);
});

describe.each(TESTS)('the drawing of $slug', ({ slug, preparation }) => {
  test('has all of what is needed in the frame, on both sides', () => {
    for (const index of preparation.views.keys()) {
      const body = stagedBody(slug, preparation, index);
      const frame = bothSides(frameOf(body, preparation));
      const needed =
        preparation.picture.to === 'hips' ? body.filter(({ name }) => !name.endsWith('leg')) : body;
      const { left, right, top, bottom } = extentOf(needed);
      expect(frame.left).toBeLessThan(left);
      expect(frame.right).toBeGreaterThan(right);
      expect(frame.top).toBeGreaterThan(top);
      expect(frame.bottom).toBeLessThan(bottom);
      expect(frame.left).toBe(-frame.right);
    }
  });

  test('shows the tested side: a second view of one kind is the mirror image', () => {
    if (preparation.views.length < 2 || preparation.viewsAreChoice || preparation.views.includes('side'))
      return;
    const [first, second] = [0, 1].map((index) => frameOf(stagedBody(slug, preparation, index), preparation));
    expect(second?.left).toBeCloseTo(-(first?.right ?? 0));
  });

  test('the wrong view is another one', () => {
    const [right, wrong] = [stagedBody(slug, preparation, 0), wronglyTurned(slug, preparation)].map(extentOf);
    const width = (frame: typeof right) => (frame?.right ?? 0) - (frame?.left ?? 0);
    expect(Math.abs(width(right) - width(wrong))).toBeGreaterThan(0.1);
  });
});

test('from the side of the camera, x is to the right and y is up', () => {
  const look = lookFrom(0, 0, 100);
  expect(spotOf([1, 0, 5], look).map(Math.round)).toEqual([100, -0]);
  expect(spotOf([0, 1, 5], look).map(Math.round)).toEqual([0, -100]);
});

test('from the front right, the camera is at the left and below', () => {
  const [x, y] = spotOf([0, 0, 3], lookFrom(45, 20, 100));
  expect(x).toBeLessThan(-200);
  expect(y).toBeGreaterThan(60);
});

test('a hull leaves out what is inside, in whatever order points come', () => {
  const corners = [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
  ] as const;
  const hull = hullOf([[1, 1], corners[2], corners[0], [1, 0.5], corners[3], corners[1]]);
  expect(hull).toHaveLength(4);
  for (const corner of corners) expect(hull).toContainEqual(corner);
});
