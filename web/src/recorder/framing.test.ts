import { expect, test } from 'vitest';
import type { LiveLandmark } from '../live/livePose';
import { CHIN_TUCK } from '../texts/guides/chinTuck';
import { LATERAL_LUNGE } from '../texts/guides/lateralLunge';
import { OVERHEAD_SQUAT } from '../texts/guides/overheadSquat';
import { PLANK as PLANK_GUIDE } from '../texts/guides/plank';
import { type Cue, cueFor, type Framing, nextFraming } from './framing';
import { viewOf } from './views';

/** Somebody who stands and faces the camera, as the scoring sees the overhead squat of a rendered person. */
const STANDING: Readonly<Record<number, readonly [number, number]>> = {
  0: [0.5, 0.32],
  7: [0.52, 0.32],
  8: [0.48, 0.32],
  11: [0.55, 0.38],
  12: [0.45, 0.38],
  15: [0.58, 0.55],
  16: [0.42, 0.55],
  23: [0.53, 0.54],
  24: [0.47, 0.54],
  25: [0.53, 0.67],
  26: [0.47, 0.67],
  27: [0.53, 0.79],
  28: [0.47, 0.79],
  31: [0.54, 0.82],
  32: [0.46, 0.82],
};

/** The body moved and made larger around the middle of its feet; turned to lie along the picture when `lying`. */
function body({ scale = 1, dx = 0, dy = 0, lying = false, visibility = 0.98 } = {}): LiveLandmark[] {
  return Array.from({ length: 33 }, (_, number) => {
    const [x, y] = STANDING[number] ?? [0.5, 0.5];
    const [across, along] = [(x - 0.5) * scale, (y - 0.57) * scale];
    return lying
      ? { x: 0.5 - along + dx, y: 0.6 + across / 3 + dy, visibility }
      : { x: 0.5 + across + dx, y: 0.57 + along + dy, visibility };
  });
}

const LUNGE = viewOf(LATERAL_LUNGE.preparation);
const SQUAT = viewOf(OVERHEAD_SQUAT.preparation);
const PLANK = viewOf(PLANK_GUIDE.preparation);
const CHIN = viewOf(CHIN_TUCK.preparation);

test.each<[string, Cue, LiveLandmark[] | undefined, typeof SQUAT]>([
  ['nobody', 'nobody', undefined, LUNGE],
  ['something that hardly looks like somebody', 'nobody', body({ visibility: 0.2 }), LUNGE],
  ['somebody in the middle', 'good', body(), LUNGE],
  ['somebody with room for raised arms', 'good', body(), SQUAT],
  ['somebody without that room', 'hands-out', body({ scale: 1.3, dy: -0.05 }), SQUAT],
  ['somebody without that room who needs none', 'good', body({ scale: 1.3, dy: -0.05 }), LUNGE],
  ['somebody whose feet are cut off', 'feet-out', body({ dy: 0.2 }), LUNGE],
  ['somebody whose head is cut off', 'head-out', body({ dy: -0.32 }), LUNGE],
  ['somebody cut off at both ends', 'step-back', body({ scale: 2.2 }), LUNGE],
  ['somebody far away', 'come-closer', body({ scale: 0.5 }), LUNGE],
  ['somebody at the side', 'move-right', body({ dx: 0.3 }), LUNGE],
  ['somebody at the other side', 'move-left', body({ dx: -0.3 }), LUNGE],
  ['somebody on the floor', 'good', body({ lying: true }), PLANK],
  ['somebody on the floor at the side', 'good', body({ lying: true, dx: 0.17 }), PLANK],
  ['somebody on the floor whose feet are cut off', 'feet-out', body({ lying: true, dx: -0.27 }), PLANK],
  ['somebody standing where lying is asked for', 'come-closer', body(), PLANK],
  ['somebody far away from a test of the head', 'good', body(), CHIN],
  ['head to hips, larger', 'good', body({ scale: 1.6, dy: 0.2 }), CHIN],
])('%s: %s', (_name, cue, landmarks, view) => {
  expect(cueFor(landmarks, view, true)).toBe(cue);
});

test('left and right are those of the picture that the person sees', () => {
  expect(cueFor(body({ dx: 0.3 }), LUNGE, true)).toBe('move-right');
  expect(cueFor(body({ dx: 0.3 }), LUNGE, false)).toBe('move-left');
});

/** What is shown after each [time, cue]. */
function shown(pictures: readonly (readonly [number, Cue])[]): Cue[] {
  let framing: Framing | undefined;
  return pictures.map(([now, cue]) => {
    framing = nextFraming(framing, cue, now);
    return framing.shown;
  });
}

test('good means good for a second and a half', () => {
  expect(
    shown([
      [0, 'good'],
      [1000, 'good'],
      [1499, 'good'],
      [1500, 'good'],
    ]),
  ).toEqual(['nobody', 'nobody', 'nobody', 'good']);
});

test('a single picture that misses the body does not start it over', () => {
  expect(
    shown([
      [0, 'good'],
      [700, 'good'],
      [800, 'nobody'],
      [900, 'good'],
      [1500, 'good'],
      [1600, 'nobody'],
      [1700, 'good'],
    ]).slice(-3),
  ).toEqual(['good', 'good', 'good']);
});

test('a cue that comes and goes is not said', () => {
  const flicker = Array.from(
    { length: 30 },
    (_, index) => [index * 100, index % 2 ? 'feet-out' : 'good'] as const,
  );
  expect(new Set(shown(flicker))).toEqual(new Set(['nobody', 'good']));
});

test('a cue that stays is said soon', () => {
  const pictures = Array.from(
    { length: 20 },
    (_, index) => [index * 100, index < 3 ? 'nobody' : 'feet-out'] as const,
  );
  expect(shown(pictures).at(-1)).toBe('feet-out');
});
