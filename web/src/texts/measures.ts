/** What measures and repetitions are called, in plain words. */

import type { Side } from '../api/types';

/** Measures of a part of the body: the side is that part's. */
const OF_A_PART: Readonly<Record<string, string>> = {
  kneeInsideFoot: 'Knee inside the foot',
  frontalPlaneProjection: 'Knee bend seen from the front',
  thighBelowHorizontal: 'Thigh below level',
  trunkLean: 'Trunk lean',
  trunkOverShin: 'Trunk lean beyond the shin',
  heelRise: 'Heel off the floor',
  handsAheadOfToes: 'Hands ahead of the toes',
  armRaise: 'Arms raised',
  squatsFront: 'Squats seen from the front',
  squatsSide: 'Squats seen from the side',
  anteriorGap: 'Difference reaching forward',
  posteromedialGap: 'Difference reaching back and out',
  posterolateralGap: 'Difference reaching back and across',
  sideGap: 'Difference between the legs',
};

/** Measures of standing on one leg: the side is the leg stood on. */
const ON_ONE_LEG: Readonly<Record<string, string>> = {
  anterior: 'Reach forward',
  posteromedial: 'Reach back and out',
  posterolateral: 'Reach back and across',
  composite: 'All three reaches together',
  hold: 'Longest hold',
  sway: 'Sway from side to side',
  quality: 'Steadiness',
};

/** A measure's name with its side. A name from the future is taken apart: `hipDrop` is "Hip drop". */
export function measureName(name: string, side: Side | null): string {
  const standing = ON_ONE_LEG[name];
  if (standing !== undefined) return side === null ? standing : `${standing}, standing on the ${side}`;
  const label = OF_A_PART[name] ?? apart(name);
  return side === null ? label : `${label}, ${side}`;
}

/** A kind of repetition, such as a direction of reach, with its side. */
export function repetitionName(kind: string | null, side: Side | null): string | undefined {
  if (kind !== null) return measureName(kind, side);
  return side === null ? undefined : sideName(side);
}

export function sideName(side: Side): string {
  return side === 'left' ? 'Left' : 'Right';
}

function apart(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
