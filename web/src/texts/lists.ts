/** Lists as people read them. */

import type { Side } from '../api/schema';
import { LANGUAGE } from './format';

const and = new Intl.ListFormat(LANGUAGE, { type: 'conjunction' });
const or = new Intl.ListFormat(LANGUAGE, { type: 'disjunction' });

/** `A, B and C`. */
export function allOf(names: readonly string[]): string {
  return and.format(names);
}

/** `A, B or C`. */
export function oneOf(names: readonly string[]): string {
  return or.format(names);
}

/** `left and right`. */
export function sidesInWords(sides: readonly Side[]): string {
  return allOf(sides);
}
