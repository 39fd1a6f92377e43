/**
 * How long somebody has been in position, live: for their eyes only, the result comes from the server. Limits are those of the
 * scoring (`thresholds.toml`), a little wider, for a clock that stops is worse company than one that is kind.
 */

import type { HoldKind } from '../texts/guides/preparation';
import {
  ANKLES,
  type Body,
  ELBOWS,
  HIPS,
  IN_SIGHT,
  KNEES,
  middleOf,
  type Place,
  SHOULDERS,
  WRISTS,
} from './body';

/** What is held: the plank, or the leg that is stood on. */
export type HeldPosition = 'plank' | 'left' | 'right';

const LEVEL_DEGREES = 30;
/** Single cameras see hips a little high: sag 14 and pike 26 degrees either side of what is seen as straight. */
const STRAIGHT_DEGREES = 160;
const KNEE_DEGREES = 145;
const SHOULDERS_OVER_SUPPORT = 0.2;
/** Ankle over ankle, in leg lengths: the free foot is clearly off the floor. */
const ANKLE_LIFTED = 0.08;

/** The position that this body is in; `aspect` is the picture's width over its height. */
export function positionOf(kind: HoldKind, body: Body, aspect: number): HeldPosition | undefined {
  return kind === 'plank' ? plankOf(body, aspect) : stanceOf(body, aspect);
}

function plankOf(body: Body, aspect: number): HeldPosition | undefined {
  const side = nearerSide(body);
  const at = (pair: readonly [number, number]) => placeAt(body, pair[side], aspect);
  const [shoulder, hip, knee, ankle] = [at(SHOULDERS), at(HIPS), at(KNEES), at(ANKLES)];
  if (shoulder === undefined || hip === undefined || knee === undefined || ankle === undefined)
    return undefined;
  const slope = Math.atan2(Math.abs(ankle.y - shoulder.y), Math.abs(ankle.x - shoulder.x));
  if (slope > radians(LEVEL_DEGREES)) return undefined;
  if (angleAt(shoulder, hip, ankle) < radians(STRAIGHT_DEGREES)) return undefined;
  if (angleAt(hip, knee, ankle) < radians(KNEE_DEGREES)) return undefined;
  const support = [at(ELBOWS), at(WRISTS)].flatMap((place) => place ?? []);
  const lowest = Math.max(...support.map(({ y }) => y));
  const torso = distance(shoulder, hip);
  return support.length > 0 && lowest - shoulder.y >= SHOULDERS_OVER_SUPPORT * torso ? 'plank' : undefined;
}

function stanceOf(body: Body, aspect: number): HeldPosition | undefined {
  const [left, right] = ANKLES.map((ankle) => placeAt(body, ankle, aspect));
  const hips = middleOf(HIPS.flatMap((hip) => placeAt(body, hip, aspect) ?? []));
  if (left === undefined || right === undefined || hips === undefined) return undefined;
  const leg = Math.max(left.y, right.y) - hips.y;
  // Whoever sits or lies down stands on nothing.
  if (leg <= 0 || Math.abs(left.x - right.x) > leg) return undefined;
  const lifted = (left.y - right.y) / leg;
  if (Math.abs(lifted) < ANKLE_LIFTED) return undefined;
  return lifted > 0 ? 'left' : 'right';
}

/** 0 for the left side of the body, 1 for the right: the one that hides the other. */
function nearerSide(body: Body): 0 | 1 {
  const seen = ([0, 1] as const).map((side) =>
    [SHOULDERS, HIPS, KNEES, ANKLES].reduce((sum, pair) => sum + (body[pair[side]]?.visibility ?? 0), 0),
  );
  return (seen[0] ?? 0) >= (seen[1] ?? 0) ? 0 : 1;
}

/** In heights of the picture, so that angles are true; undefined when it is out of sight. */
function placeAt(body: Body, number: number, aspect: number): Place | undefined {
  const landmark = body[number];
  if (landmark === undefined || landmark.visibility < IN_SIGHT) return undefined;
  return { x: landmark.x * aspect, y: landmark.y };
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function angleAt(from: Place, corner: Place, to: Place): number {
  const a = Math.atan2(from.y - corner.y, from.x - corner.x);
  const b = Math.atan2(to.y - corner.y, to.x - corner.x);
  const turn = Math.abs(a - b);
  return Math.min(turn, 2 * Math.PI - turn);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** The clock of one recording. */
export interface HoldClock {
  readonly position: HeldPosition | undefined;
  /** Begin of the hold that goes on. */
  readonly since: number;
  /** The last picture that showed it. */
  readonly seenAt: number;
  /** The longest hold so far, in milliseconds. */
  readonly longest: number;
}

export const HOLD_NOT_BEGUN: HoldClock = { position: undefined, since: 0, seenAt: 0, longest: 0 };

/** Pictures may miss the body for so long before the hold is over. */
const FORGIVEN_MILLISECONDS = 700;

/** The clock after one more picture. */
export function nextHold(clock: HoldClock, seen: HeldPosition | undefined, now: number): HoldClock {
  if (seen !== undefined && seen === clock.position) {
    return { ...clock, seenAt: now, longest: Math.max(clock.longest, now - clock.since) };
  }
  const goesOn = clock.position !== undefined && now - clock.seenAt <= FORGIVEN_MILLISECONDS;
  if (goesOn) return clock;
  return { ...clock, position: seen, since: now, seenAt: now };
}

/** Seconds of the hold that goes on; undefined out of position. */
export function heldSeconds(clock: HoldClock, now: number): number | undefined {
  return clock.position === undefined ? undefined : Math.max(0, now - clock.since) / 1000;
}
