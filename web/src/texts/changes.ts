/** Values, typical ranges and changes in short: for tables, where a column says once what a percentage is of. */

import type { BetterDirection, ExtendedMeasure, MeasureProgress } from '../api/schema';
import type { Unit } from '../api/types';
import { quantity } from './format';
import { inWords } from './measures';
import type { Tone } from './results';

/** A value without what its percentage is of: `63%`. */
export function brief(value: number, unit: Unit): string {
  return quantity(value, unit).split(' of ')[0] ?? '';
}

/** A typical range in words: `from 38°`. */
export function typicalInWords(limit: number, unit: Unit, better: BetterDirection): string {
  const shown = brief(limit, unit);
  switch (better) {
    case 'higher':
      return `from ${shown}`;
    case 'lower':
      return `up to ${shown}`;
    case 'near-zero':
      return `within ${shown} either way`;
  }
}

/** The typical range of a measure that went the other way, which has the name of that way: `Thigh above level`, `up to 0°`. */
export function typicalOfOther(
  { words, unit }: Pick<ExtendedMeasure, 'words' | 'unit'>,
  limit: number,
  better: BetterDirection,
) {
  if (better === 'near-zero') return typicalInWords(limit, unit, better);
  if (limit === 0) return typicalInWords(limit, unit, better === 'higher' ? 'lower' : 'higher');
  return `${words}: ${typicalInWords(limit, unit, better)}`;
}

/** A value of a row whose name stands elsewhere, with the direction that it went, where the row's name does not say it. */
export function readingInWords(value: number, { measure, words, unit }: MeasureProgress) {
  const known = inWords({ name: measure, side: null, value, unit, repetitions: [] });
  const isSaid = known.way === undefined || words.startsWith(known.name);
  return { shown: brief(known.value, unit), direction: isSaid ? undefined : known.name };
}

/** How much better or worse a measure has become; undefined while it is compared with nothing. */
export function changeInWords({ verdict, change, percent, before, unit }: MeasureProgress) {
  if (change === null || before === null) return undefined;
  const size = brief(Math.abs(change), unit);
  if (verdict === 'no-clear-change') return `about the same (${size} apart)`;
  if (change === 0) return 'the same';
  const share = percent === null ? '' : ` (${Math.round(Math.abs(percent))}%)`;
  return `${size} ${change > 0 ? 'better' : 'worse'}${share}`;
}

/** How a change is coloured; its words say the same. */
export function toneOf({ verdict, action }: MeasureProgress): Tone | undefined {
  if (verdict === 'worse') return 'low';
  if (action === 'adjust') return 'fair';
  return verdict === 'good' || verdict === 'reached' || verdict === 'some' ? 'well' : undefined;
}
