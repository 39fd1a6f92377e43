/** Numbers, units and days as people read them. */

import type { Repetition, Unit } from '../api/types';

/** The form of English of lists, numbers and days: that of the report which the server writes. */
export const LANGUAGE = 'en-GB';

const whole = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0, signDisplay: 'negative' });
const tenths = new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A value as precise as one camera can be, with its unit. */
export function quantity(value: number, unit: Unit): string {
  return `${amount(value, unit)}${SUFFIXES[unit] ?? ` ${unit}`}`;
}

/** The same without the unit, for rows of values. */
export function amount(value: number, unit: Unit): string {
  switch (unit) {
    case 's':
      return tenths.format(value);
    case 'legLengths':
    case 'torsoLengths':
    case 'score':
      return whole.format(value * 100);
    default:
      return whole.format(value);
  }
}

const SUFFIXES: Readonly<Record<Unit, string>> = {
  deg: '°',
  s: ' s',
  legLengths: '% of leg',
  '%legLength': '% of leg',
  '%bodyLine': '% of body',
  torsoLengths: '% of trunk',
  score: ' of 100',
  count: '',
};

export function percent(share: number): string {
  return `${whole.format(Math.min(1, Math.max(0, share)) * 100)}%`;
}

/** Of a file; less than a megabyte in whole kilobytes, of which what is not empty has one. */
export function fileSize(bytes: number): string {
  const kilobytes = Math.ceil(bytes / 1000);
  return kilobytes < 1000 ? `${kilobytes} kB` : `${tenths.format(bytes / 1_000_000)} MB`;
}

export function seconds(value: number): string {
  return `${tenths.format(value)} s`;
}

export function period(from: number, to: number): string {
  return `${tenths.format(from)} to ${tenths.format(to)} s`;
}

const SEEN_FROM: Readonly<Record<Repetition['view'], string>> = {
  front: 'front view',
  side: 'side view',
  back: 'back view',
};

export function seenFrom(view: Repetition['view']): string {
  return SEEN_FROM[view] ?? view;
}

/** How sure a result is, in words. */
export function confidenceInWords(confidence: number): string {
  if (confidence >= 0.8) return 'We are quite sure of this.';
  if (confidence >= 0.6) return 'We are fairly sure of this.';
  return 'Take this with caution: you are close to a limit, or the picture left room for doubt. Recording again may settle it.';
}

const days = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium' });
const moments = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeStyle: 'short' });

/** The day of a moment in ISO 8601, where the reader is. */
export function day(moment: string): string {
  return days.format(new Date(moment));
}

/** Day and time of a moment in ISO 8601, where the reader is. */
export function dayAndTime(moment: string): string {
  return moments.format(new Date(moment));
}

// A day of the calendar is the same day for everybody: it must not slip by one where the reader is.
const long = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'long', timeZone: 'UTC' });
const short = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const medium = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeZone: 'UTC' });

/** A day of the calendar, `2026-11-25`, as `25 November 2026`. */
export function longDay(day: string): string {
  return long.format(new Date(day));
}

/** The same as `25 Nov`. */
export function shortDay(day: string): string {
  return short.format(new Date(day));
}

/** Two days as `25 Nov to 8 Dec 2026`. */
export function fromTo(from: string, to: string): string {
  return `${shortDay(from)} to ${medium.format(new Date(to))}`;
}
