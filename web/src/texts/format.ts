/** Numbers and units as people read them. */

import type { Repetition, Unit } from '../api/types';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0, signDisplay: 'negative' });
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

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
  legLengths: ' % of leg',
  '%legLength': ' % of leg',
  '%bodyLine': ' % of body',
  torsoLengths: ' % of trunk',
  score: ' of 100',
  count: '',
};

export function percent(share: number): string {
  return `${whole.format(Math.min(1, Math.max(0, share)) * 100)} %`;
}

export function megabytes(bytes: number): string {
  return `${tenths.format(bytes / 1_000_000)} MB`;
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

const days = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const moments = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** The day of a moment in ISO 8601, where the reader is. */
export function day(moment: string): string {
  return days.format(new Date(moment));
}

/** Day and time of a moment in ISO 8601, where the reader is. */
export function dayAndTime(moment: string): string {
  return moments.format(new Date(moment));
}
