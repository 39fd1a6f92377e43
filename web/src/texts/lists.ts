/** Lists and days as people read them. */

import type { Side } from '../api/schema';

const and = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const or = new Intl.ListFormat('en-GB', { type: 'disjunction' });

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

// A day of the calendar is the same day for everybody: it must not slip by one where the reader is.
const long = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });
const short = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const ranges = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A day of the calendar, `2026-11-25`, as `November 25, 2026`. */
export function longDay(day: string): string {
  return long.format(new Date(day));
}

/** The same as `Nov 25`. */
export function shortDay(day: string): string {
  return short.format(new Date(day));
}

/** Two days as `Nov 25 to Dec 8, 2026`. */
export function fromTo(from: string, to: string): string {
  return `${shortDay(from)} to ${ranges.format(new Date(to))}`;
}
