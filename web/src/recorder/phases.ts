/** What the recorder is doing, and what follows on what. Pure: the clock comes with each event, in milliseconds that only go up. */

import type { CameraProblem } from './camera';
import type { Recorded } from './recording';

export type RecorderPhase =
  | { readonly name: 'asking' }
  | { readonly name: 'blocked'; readonly problem: CameraProblem }
  | { readonly name: 'framing' }
  /** Starts by itself once the person is in frame. */
  | { readonly name: 'waiting' }
  | { readonly name: 'countdown'; readonly endsAt: number }
  | { readonly name: 'recording'; readonly startedAt: number }
  /** The recorder has been told to stop, and has not handed over the file yet. */
  | { readonly name: 'finishing'; readonly milliseconds: number }
  | { readonly name: 'review'; readonly recorded: Recorded };

export type RecorderEvent =
  | { readonly type: 'camera-opened' }
  | { readonly type: 'camera-refused'; readonly problem: CameraProblem }
  | { readonly type: 'ask-again' }
  | { readonly type: 'start'; readonly delaySeconds: number }
  | { readonly type: 'start-in-frame' }
  | { readonly type: 'in-frame' }
  | { readonly type: 'tick' }
  | { readonly type: 'stop' }
  | { readonly type: 'recorded'; readonly recorded: Recorded }
  /** Nothing could be recorded at all. */
  | { readonly type: 'not-started' }
  | { readonly type: 'record-again' };

/** What hands-free recordings count down from: the person stands in place already. */
const HANDS_FREE_SECONDS = 3;

export const FIRST_PHASE: RecorderPhase = { name: 'asking' };

/** The phase after an event; the same one when the event means nothing now, because it came late. */
export function nextPhase(phase: RecorderPhase, event: RecorderEvent, now: number): RecorderPhase {
  switch (event.type) {
    case 'camera-opened':
      return phase.name === 'asking' ? { name: 'framing' } : phase;
    case 'camera-refused':
      return isLive(phase) || phase.name === 'asking' ? { name: 'blocked', problem: event.problem } : phase;
    case 'ask-again':
      return phase.name === 'blocked' || phase.name === 'framing' ? { name: 'asking' } : phase;
    case 'start':
      return phase.name === 'framing' || phase.name === 'waiting'
        ? { name: 'countdown', endsAt: now + event.delaySeconds * 1000 }
        : phase;
    case 'start-in-frame':
      return phase.name === 'framing' ? { name: 'waiting' } : phase;
    case 'in-frame':
      return phase.name === 'waiting'
        ? { name: 'countdown', endsAt: now + HANDS_FREE_SECONDS * 1000 }
        : phase;
    case 'tick':
      return phase.name === 'countdown' && now >= phase.endsAt
        ? { name: 'recording', startedAt: now }
        : phase;
    case 'stop':
      if (phase.name === 'waiting' || phase.name === 'countdown') return { name: 'framing' };
      return phase.name === 'recording' ? { name: 'finishing', milliseconds: now - phase.startedAt } : phase;
    case 'recorded':
      return phase.name === 'recording' || phase.name === 'finishing'
        ? { name: 'review', recorded: event.recorded }
        : phase;
    case 'not-started':
      return phase.name === 'recording' ? { name: 'blocked', problem: 'unknown' } : phase;
    case 'record-again':
      // The camera may have been taken away meanwhile, so it is opened anew.
      return phase.name === 'review' ? { name: 'asking' } : phase;
  }
}

/** The camera's picture is shown, and nothing is recorded yet. */
function isLive({ name }: RecorderPhase): boolean {
  return name === 'framing' || name === 'waiting' || name === 'countdown';
}

/** The number to show: 3, 2, 1; undefined outside of a countdown. */
export function countOf(phase: RecorderPhase, now: number): number | undefined {
  return phase.name === 'countdown' ? Math.max(1, Math.ceil((phase.endsAt - now) / 1000)) : undefined;
}

/** How long the recording runs already, in seconds. */
export function elapsedOf(phase: RecorderPhase, now: number): number | undefined {
  if (phase.name === 'recording') return Math.max(0, now - phase.startedAt) / 1000;
  return phase.name === 'finishing' ? phase.milliseconds / 1000 : undefined;
}
