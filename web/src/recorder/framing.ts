/** Whether somebody is in frame, and what to do if not: one cue at a time, and none of them for a moment only. */

import type { LiveLandmark } from '../live/livePose';
import {
  ANKLES,
  among,
  type Body,
  EARS,
  HIPS,
  IN_SIGHT,
  middleOf,
  NOSE,
  SHOULDERS,
  TOES,
  WRISTS,
} from './body';
import { type BodyPart, isWide, type TestView } from './views';

export type Cue =
  | 'nobody'
  | 'step-back'
  | 'come-closer'
  | 'move-left'
  | 'move-right'
  | 'head-out'
  | 'hands-out'
  | 'feet-out'
  | 'hips-out'
  | 'good';

/**
 * Shares of the picture's height (of its width for people on the floor) that a body may take. The recordings that the scoring is
 * tested with take 0.45 to 0.58 standing or sitting, 0.37 to 0.66 on the floor, from head to hips 0.2 to 0.25 in tests that move the
 * arms and 0.36 to 0.5 in tests of the head.
 */
const SPANS = {
  standing: { least: 0.33, most: 0.92 },
  sitting: { least: 0.3, most: 0.9 },
  floor: { least: 0.28, most: 0.95 },
  trunk: { least: 0.15, most: 0.85 },
  head: { least: 0.22, most: 0.85 },
} as const;

/** Middles of bodies further from the picture's middle are cut off sooner or later; recordings of lying people are good up to 0.17. */
const OFF_CENTRE = 0.22;

/** The head above the nose, in lengths from nose to shoulders; hands over the head, above the shoulders in torso lengths (Winter 1990). */
const HEAD_OVER_NOSE = 0.8;
const ARMS_OVER_SHOULDERS = 1.5;

const LANDMARKS: Readonly<Record<BodyPart, readonly number[]>> = {
  head: [NOSE, ...EARS],
  hands: WRISTS,
  hips: HIPS,
  feet: [...ANKLES, ...TOES],
};

const OUT: Readonly<Record<BodyPart, Cue>> = {
  head: 'head-out',
  hands: 'hands-out',
  hips: 'hips-out',
  feet: 'feet-out',
};

/** The most important thing that keeps this body from being in frame. `mirrored` is how the person sees the picture. */
export function cueFor(body: Body | undefined, test: TestView, mirrored: boolean): Cue {
  if (body === undefined || !isSomebody(body)) return 'nobody';
  const out = test.parts.filter((part) => isOut(body, part, test));
  const first = out[0];
  // Whoever is cut off at both ends is too close; whoever at one end may as well move the camera.
  if (out.length > 1) return 'step-back';
  if (first !== undefined) return OUT[first];
  if (test.armsUp && !hasRoomForArms(body)) return 'hands-out';
  const span = spanOf(body, test);
  const { least, most } = limitsFor(test);
  if (span > most) return 'step-back';
  if (span < least) return 'come-closer';
  const middle = middleOf(partsOf(body, test))?.x ?? 0.5;
  const offCentre = (mirrored ? 1 - middle : middle) - 0.5;
  if (offCentre > OFF_CENTRE) return 'move-left';
  return offCentre < -OFF_CENTRE ? 'move-right' : 'good';
}

/** A chair with a coat over it has no shoulders and hips in sight. */
function isSomebody(body: Body): boolean {
  const trunk = among(body, [...SHOULDERS, ...HIPS]);
  return trunk.filter(({ visibility }) => visibility >= IN_SIGHT).length >= 2;
}

function isOut(body: Body, part: BodyPart, test: TestView): boolean {
  const landmarks = among(body, LANDMARKS[part]);
  if (landmarks.length === 0) return true;
  if (part === 'head' && !isWide(test) && topOf(body) < 0) return true;
  return landmarks.some(({ x, y }) => x < 0 || x > 1 || y < 0 || y > 1);
}

/** How far up the head of an upright body goes. */
function topOf(body: Body): number {
  const nose = body[NOSE]?.y ?? 0;
  const shoulders = middleOf(among(body, SHOULDERS))?.y ?? nose;
  return nose - HEAD_OVER_NOSE * Math.max(0, shoulders - nose);
}

function hasRoomForArms(body: Body): boolean {
  const nose = body[NOSE]?.y ?? 0;
  // Arms that are up already are seen to be in the picture, or not.
  if (among(body, WRISTS).every(({ y }) => y < nose)) return true;
  const shoulders = middleOf(among(body, SHOULDERS))?.y ?? 0;
  const hips = middleOf(among(body, HIPS))?.y ?? 1;
  return shoulders - ARMS_OVER_SHOULDERS * (hips - shoulders) >= 0;
}

function partsOf(body: Body, { parts }: TestView): LiveLandmark[] {
  return [...parts.flatMap((part) => among(body, LANDMARKS[part])), ...among(body, [...SHOULDERS, ...HIPS])];
}

function spanOf(body: Body, test: TestView): number {
  const along = partsOf(body, test).map(({ x, y }) => (isWide(test) ? x : y));
  return Math.max(...along) - Math.min(...along);
}

function limitsFor({ view, parts }: TestView) {
  if (view === 'floor-side') return SPANS.floor;
  if (view === 'upper-body') return SPANS.head;
  if (!parts.includes('feet')) return SPANS.trunk;
  return view === 'sitting' ? SPANS.sitting : SPANS.standing;
}

/** What is said to the person, who is not told every passing thing. */
export interface Framing {
  /** What to show. 'good' means: good for `STEADY_MILLISECONDS`. */
  readonly shown: Cue;
  readonly candidate: Cue;
  readonly since: number;
  /** Since when pictures say something else than the candidate. */
  readonly otherwiseSince: number | undefined;
}

const STEADY_MILLISECONDS = 1500;
const SETTLED_MILLISECONDS = 700;
const PASSING_MILLISECONDS = 300;

export function nextFraming(before: Framing | undefined, cue: Cue, now: number): Framing {
  if (before === undefined) return { shown: 'nobody', candidate: cue, since: now, otherwiseSince: undefined };
  if (cue !== before.candidate) {
    const otherwiseSince = before.otherwiseSince ?? now;
    // A single picture in which the body was missed changes nothing.
    if (now - otherwiseSince < PASSING_MILLISECONDS) return { ...before, otherwiseSince };
    return { ...before, candidate: cue, since: otherwiseSince, otherwiseSince: undefined };
  }
  const needed = cue === 'good' ? STEADY_MILLISECONDS : SETTLED_MILLISECONDS;
  const shown = now - before.since >= needed ? cue : before.shown;
  return { ...before, shown, otherwiseSince: undefined };
}
