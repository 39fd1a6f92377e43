/** What measures and repetitions are called, in plain words. */

import type { Measure, Side } from '../api/types';

/** A measure's name; where less than nothing means the other direction, the name of that one too. */
type Name = string | readonly [ahead: string, behind: string];

/** Measures of a part of the body: the side is that part's. */
const OF_A_PART: Readonly<Record<string, Name>> = {
  squatsFront: 'Squats seen from the front',
  squatsSide: 'Squats seen from the side',
  kneeInsideFoot: ['Knee inside the foot', 'Knee outside the foot'],
  frontalPlaneProjection: ['Leg bent inward at the knee', 'Leg bent outward at the knee'],
  kneeFlexion: 'Knee bend',
  hipFlexion: 'Hip bend',
  hipExtension: 'Hip angle at the top',
  hipDrop: 'Hips drop while held',
  shoulderFlexion: 'Arm raised from the trunk',
  armRaise: 'Arm raised from hanging',
  upperArmLow: 'Upper arm at the bottom, from hanging',
  upperArmHigh: 'Upper arm at the top, from hanging',
  forearmIn: ['Hand inside the elbow', 'Hand outside the elbow'],
  forearmAhead: 'Forearm away from the wall',
  shrug: ['Shoulders nearer to the ears', 'Shoulders further from the ears'],
  sideLean: 'Trunk tips to a side',
  hipInternal: 'Hip turned in, foot out',
  hipExternal: 'Hip turned out, foot in',
  shoulderInternal: 'Forearm turned down',
  shoulderExternal: 'Forearm turned up',
  thighDrift: ['Thigh moved along with the foot', 'Thigh moved against the foot'],
  upperArm: 'Upper arm while the forearm turns, from hanging',
  shinLean: 'Shin lean',
  trunkLean: ['Trunk lean forward', 'Trunk lean backward'],
  trunkOverShin: ['Trunk leans more than the shin', 'Trunk more upright than the shin'],
  heelRise: 'Heel off the floor',
  leanBack: ['Trunk leans back', 'Trunk leans forward'],
  hipOffset: ['Hips above the line', 'Hips below the line'],
  hipOffsetRatio: ['Hips above the line, share of the body', 'Hips below the line, share of the body'],
  handsAheadOfToes: ['Hands ahead of the toes', 'Hands behind the toes'],
  thighBelowHorizontal: ['Thigh below level', 'Thigh above level'],
  anteriorGap: 'Difference reaching forward',
  posteromedialGap: 'Difference reaching back and out',
  posterolateralGap: 'Difference reaching back and across',
  neckFlexion: 'Chin to chest',
  neckExtension: 'Looking up',
  neckRange: 'Neck down and up together',
  headDown: 'Chin to chest, from the front',
  headUp: 'Looking up, from the front',
  trunkAlong: 'Trunk moves along',
  shoulderDrop: ['Shoulders sink', 'Shoulders rise'],
  faceRise: 'Mouth rises over the ears',
  tuckChange: 'Head drawn back',
  headTilt: ['Chin drops along', 'Chin lifts along'],
  earLine: 'Line from shoulder to ear at rest',
  trunkTurn: ['Hips come up against the shoulders', 'Shoulders come up against the hips'],
  legOverFloor: 'Leg over the floor',
  legAway: 'Time for which the leg is away',
  kneeOpening: 'Upper knee open',
  legLine: ['Leg below the line of the back', 'Leg above the line of the back'],
  armLine: ['Other arm below the line of the back', 'Other arm above the line of the back'],
  armShort: ['Arm short of overhead with the leg', 'Arm past overhead with the leg'],
  legHold: 'Held stretched out',
  hipShift: 'Hips moved',
  drift: 'Drift during the hold',
  sideGap: 'Difference between the sides',
  angleGap: 'Difference between the sides in angle',
};

/** Measures of standing on one leg: the side is the leg stood on. */
const ON_ONE_LEG: Readonly<Record<string, string>> = {
  anterior: 'Reach forward',
  posteromedial: 'Reach back and out',
  posterolateral: 'Reach back and across',
  composite: 'All three reaches together',
  hold: 'Longest hold',
  sway: 'Sway from side to side',
  quality: 'Quality score',
};

interface MeasureInWords {
  readonly name: string;
  readonly value: number;
  readonly repetitions: readonly number[];
  /** Which of its two directions it went, where it has two. */
  readonly way?: 'ahead' | 'behind';
}

/** A measure as people read it: "9° outside the foot", never "-9° inside". */
export function inWords({ name, side, value, repetitions }: Measure): MeasureInWords {
  const known = OF_A_PART[name];
  if (known === undefined) return { name: called(name, known, side), value, repetitions };
  // Less than nothing is what a camera errs by: a heel is not below the floor.
  if (typeof known === 'string')
    return {
      name: called(name, known, side),
      value: atLeastNone(value),
      repetitions: repetitions.map(atLeastNone),
    };
  const [ahead, behind] = known;
  if (value >= 0) return { name: called(name, ahead, side), value, repetitions, way: 'ahead' };
  return {
    name: called(name, behind, side),
    value: -value,
    repetitions: repetitions.map((each) => -each),
    way: 'behind',
  };
}

function atLeastNone(value: number): number {
  return Math.max(0, value);
}

/** A kind of repetition, such as a direction of reach, with its side. */
export function repetitionName(kind: string | null, side: Side | null): string | undefined {
  if (kind === 'hold') return side === null ? 'Hold' : `Hold on the ${side} leg`;
  if (kind !== null) return called(kind, undefined, side);
  return side === null ? undefined : sideName(side);
}

export function sideName(side: Side): string {
  return side === 'left' ? 'Left' : 'Right';
}

/** A name with its side. One from the future is taken apart: `toeSpread` is "Toe spread". */
function called(name: string, words: string | undefined, side: Side | null): string {
  const standing = ON_ONE_LEG[name];
  if (standing !== undefined) return side === null ? standing : `${standing}, on the ${side} leg`;
  return `${words ?? apart(name)}${side === null ? '' : `, ${side}`}`;
}

function apart(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
