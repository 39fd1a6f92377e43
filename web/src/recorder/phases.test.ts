import { expect, test } from 'vitest';
import { countOf, elapsedOf, FIRST_PHASE, nextPhase, type RecorderEvent, type RecorderPhase } from './phases';
import type { Recorded } from './recording';

const RECORDED: Recorded = { file: new File(['x'], 'a.mp4'), seconds: 20, end: 'stopped' };

/** The names of the phases that a series of [time, event] leads through. */
function through(
  events: readonly (readonly [number, RecorderEvent])[],
  from: RecorderPhase = FIRST_PHASE,
): string[] {
  let phase = from;
  return events.map(([now, event]) => {
    phase = nextPhase(phase, event, now);
    return phase.name;
  });
}

test('a recording by hand goes from the camera to the review, and again', () => {
  expect(
    through([
      [0, { type: 'camera-opened' }],
      [10, { type: 'start', delaySeconds: 3 }],
      [2900, { type: 'tick' }],
      [3010, { type: 'tick' }],
      [9000, { type: 'stop' }],
      [9100, { type: 'recorded', recorded: RECORDED }],
      [9900, { type: 'record-again' }],
      [9950, { type: 'camera-opened' }],
    ]),
  ).toEqual(['framing', 'countdown', 'countdown', 'recording', 'finishing', 'review', 'asking', 'framing']);
});

test('a hands-free recording waits for the person, counts down and runs into its limit', () => {
  expect(
    through([
      [0, { type: 'camera-opened' }],
      [1, { type: 'start-in-frame' }],
      [2, { type: 'tick' }],
      [5000, { type: 'in-frame' }],
      [8000, { type: 'tick' }],
      [52_000, { type: 'recorded', recorded: RECORDED }],
    ]),
  ).toEqual(['framing', 'waiting', 'waiting', 'countdown', 'recording', 'review']);
});

test('a no of the camera can be turned into a yes', () => {
  expect(
    through([
      [0, { type: 'camera-refused', problem: 'denied' }],
      [1, { type: 'start', delaySeconds: 0 }],
      [2, { type: 'ask-again' }],
      [3, { type: 'camera-opened' }],
    ]),
  ).toEqual(['blocked', 'blocked', 'asking', 'framing']);
});

test.each<[string, RecorderPhase]>([
  ['waiting', { name: 'waiting' }],
  ['counting down', { name: 'countdown', endsAt: 9000 }],
])('stopping while %s leads back to the picture', (_name, phase) => {
  expect(nextPhase(phase, { type: 'stop' }, 1000)).toEqual({ name: 'framing' });
});

test.each<[string, RecorderEvent, RecorderPhase]>([
  [
    'a camera that opens after the recorder was blocked',
    { type: 'camera-opened' },
    { name: 'blocked', problem: 'busy' },
  ],
  ['somebody who is in frame without having asked for it', { type: 'in-frame' }, { name: 'framing' }],
  [
    'a recording that arrives twice',
    { type: 'recorded', recorded: { ...RECORDED, seconds: 1 } },
    { name: 'review', recorded: RECORDED },
  ],
  ['a second stop', { type: 'stop' }, { name: 'finishing', milliseconds: 5 }],
  [
    'a camera that is lost after the recording',
    { type: 'camera-refused', problem: 'busy' },
    { name: 'review', recorded: RECORDED },
  ],
])('%s changes nothing', (_name, event, phase) => {
  expect(nextPhase(phase, event, 100_000)).toBe(phase);
});

test.each([
  [0, 3],
  [1000, 2],
  [1001, 2],
  [2999, 1],
  [3500, 1],
])('at %i ms a countdown of 3 s shows %i', (now, count) => {
  expect(countOf({ name: 'countdown', endsAt: 3000 }, now)).toBe(count);
});

test('the clock runs while there is a recording and stands still when it is stopped', () => {
  const recording: RecorderPhase = { name: 'recording', startedAt: 1000 };
  expect(elapsedOf(recording, 3500)).toBe(2.5);
  const finishing = nextPhase(recording, { type: 'stop' }, 6000);
  expect(elapsedOf(finishing, 9000)).toBe(5);
  expect(elapsedOf({ name: 'framing' }, 9000)).toBeUndefined();
});
