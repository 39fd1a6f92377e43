/** Who stands behind a typical range, for those who want to know. */

import type { TypicalRange } from '../api/schema';
import { FOLLOW_UP } from './followUp';

/** What is cited without a year, and its name in full. */
const NAMES: readonly (readonly [cited: string, name: string])[] = [
  ['FMS', 'Functional Movement Screen'],
  ['KinesteX', 'KinesteX'],
  ['Uplift', 'Uplift'],
  ['Georgia Southern', 'Georgia Southern'],
  ['podiatryfaq', 'Podiatry FAQ'],
];

/** `Smith 2015`, `Herrington & Munro 2010`, `Physical Therapy 1990`. */
const WHO_AND_WHEN = /\p{Lu}\p{Ll}+(?: (?:& )?\p{Lu}\p{Ll}+)? (?:19|20)\d\d\b/gu;

/**
 * What a limit rests on, and who published it. The note that comes with it is for those who set limits: what it adds is about how a
 * camera errs, and of others than the person.
 */
export function originOf({ basis, source }: Pick<TypicalRange, 'basis' | 'source'>): string {
  const words = FOLLOW_UP.basis[basis];
  const who = basis === 'published' ? citedIn(source) : [];
  return who.length === 0 ? `${words}.` : `${words}: ${who.join(', ')}.`;
}

function citedIn(source: string): readonly string[] {
  // What follows says why the limit is judged as it is.
  const [limit = ''] = source.split(';');
  const named = NAMES.filter(([cited]) => limit.includes(cited)).map(([, name]) => name);
  return [...named, ...(limit.split('dead band')[0]?.match(WHO_AND_WHEN) ?? [])];
}
