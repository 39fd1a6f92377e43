/** The values of flags in words: what was measured, and never less than nothing. */

import type { Flag, Unit } from '../api/types';
import { quantity } from './format';
import { inWords } from './measures';

type Measured = readonly [test: string, flag: string, unit: Unit, measure: string];

/** The measures of flags whose sentence does not say what the number is. */
export const MEASURED: readonly Measured[] = [
  ['overhead-squat', 'shallow-depth', 'deg', 'thighBelowHorizontal'],
  ['overhead-squat', 'arms-fall-forward', 'deg', 'armRaise'],
  ['overhead-squat', 'arms-fall-forward', 'legLengths', 'handsAheadOfToes'],
  ['y-balance', 'low-reach', '%legLength', 'composite'],
  ['hip-shoulder-90-90', 'low-elbows', 'deg', 'upperArm'],
  ['ankle-mobility', 'limited-range', 'deg', 'shinLean'],
  ['lateral-lunge', 'shallow-depth', 'deg', 'kneeFlexion'],
  ['shoulder-flexion', 'limited-range', 'deg', 'shoulderFlexion'],
  ['wall-slide', 'limited-range', 'deg', 'upperArmHigh'],
  ['wall-slide', 'low-elbows', 'deg', 'upperArmLow'],
  ['dead-bug', 'hip-shift', 'deg', 'trunkTurn'],
  ['dead-bug', 'too-fast', 's', 'legAway'],
  ['dead-bug', 'limited-range', 'deg', 'armShort'],
  ['glute-bridge', 'limited-range', 'deg', 'hipExtension'],
  ['clamshell', 'limited-range', 'deg', 'kneeOpening'],
  ['neck-flexion-extension', 'limited-extension', 'torsoLengths', 'faceRise'],
  ['chin-tuck', 'head-tilt', 'deg', 'headTilt'],
  ['chin-tuck', 'forward-head', 'deg', 'earLine'],
];

/** Flags that are about how far two sides are apart. */
const DIFFERENCES: ReadonlySet<string> = new Set(['side-gap', 'reach-gap']);

/** The value of a flag of a test, to stand beside its sentence. */
export function flagValue(test: string, code: string, { value, unit }: Pick<Flag, 'value' | 'unit'>): string {
  const [, , , name] = MEASURED.find((row) => row[0] === test && row[1] === code && row[2] === unit) ?? [];
  if (name !== undefined) {
    const measure = inWords({ name, side: null, value, unit, repetitions: [] });
    return `${measure.name}: ${quantity(measure.value, unit)}`;
  }
  // The sentence says in which direction.
  const size = Math.abs(value);
  if (unit === 'count') return size === 1 ? 'once' : `${size} times`;
  return DIFFERENCES.has(code) ? `${quantity(size, unit)} apart` : quantity(size, unit);
}
