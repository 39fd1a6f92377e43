import { describe, expect, test } from 'vitest';
import type { MeasureProgress } from '../api/schema';
import { brief, changeInWords, readingInWords, toneOf, typicalInWords, typicalOfOther } from './changes';
import { fromTo, longDay } from './format';

const ROW: MeasureProgress = {
  test: 'ankle-mobility',
  measure: 'shinLean',
  words: 'Shin over the foot',
  side: 'left',
  unit: 'deg',
  better: 'higher',
  typical: 38,
  error: 5,
  first: { on: '2026-11-02', value: 27, sure: true },
  before: { on: '2026-11-02', value: 27, sure: true },
  now: { on: '2026-11-16', value: 33, sure: true },
  days: 14,
  change: 6,
  percent: 22.2,
  verdict: 'good',
  action: 'continue',
  text: 'Clear progress. Keep going.',
  nextComparison: '2026-11-26',
};

test.each<[string, Partial<MeasureProgress>, string | undefined]>([
  ['better with its share', {}, '6° better (22%)'],
  ['worse, whatever the sign', { change: -7, percent: -26, verdict: 'worse' }, '7° worse (26%)'],
  ['without a share of next to nothing', { percent: null }, '6° better'],
  [
    'about the same, by how much it is apart',
    { verdict: 'no-clear-change', change: -2, now: { ...ROW.now, value: 25 } },
    'about the same (2° apart)',
  ],
  ['nothing at all', { change: 0 }, 'the same'],
  ['nothing to compare with', { change: null, before: null, verdict: 'first' }, undefined],
])('a change reads as %s', (_name, part, words) => {
  expect(changeInWords({ ...ROW, ...part })).toBe(words);
});

test.each<[Partial<MeasureProgress>, string | undefined]>([
  [{ verdict: 'worse', action: 'stop' }, 'low'],
  [{ verdict: 'no-clear-change', action: 'adjust' }, 'fair'],
  [{ verdict: 'no-clear-change', action: 'continue' }, undefined],
  [{ verdict: 'reached', action: 'continue' }, 'well'],
  [{ verdict: 'first', action: 'measure' }, undefined],
])('%o is coloured %s', (part, tone) => {
  expect(toneOf({ ...ROW, ...part })).toBe(tone);
});

describe('typical ranges', () => {
  test.each([
    ['higher', 'from 38°'],
    ['lower', 'up to 38°'],
    ['near-zero', 'within 38° either way'],
  ] as const)('%s is better: %s', (better, words) => {
    expect(typicalInWords(38, 'deg', better)).toBe(words);
  });
});

describe('what went the other way', () => {
  const DEPTH = { measure: 'thighBelowHorizontal', words: 'Thigh below level', unit: 'deg' } as const;

  test.each([
    ['a limit at nothing is turned round', 0, 'higher', 'up to 0°'],
    ['so is one that was not to be passed', 0, 'lower', 'from 0°'],
    ['another limit is one of the other direction', 10, 'lower', 'Thigh below level: up to 10°'],
    ['either way is either way', 10, 'near-zero', 'within 10° either way'],
  ] as const)('%s', (_name, limit, better, words) => {
    expect(typicalOfOther(DEPTH, limit, better)).toBe(words);
  });

  test.each([
    [-12, '12°', 'Thigh above level'],
    [3, '3°', undefined],
  ])('%d reads as %s, %s', (value, shown, direction) => {
    expect(readingInWords(value, { ...ROW, ...DEPTH })).toEqual({ shown, direction });
  });

  test('a value without another direction is just shown', () => {
    expect(readingInWords(27, ROW)).toEqual({ shown: '27°', direction: undefined });
  });
});

test('in a table a percentage stands alone', () => {
  expect(brief(0.63, 'legLengths')).toBe('63%');
  expect(brief(12.34, 's')).toBe('12.3 s');
});

test('a day of the calendar is the same everywhere', () => {
  expect(longDay('2026-11-02')).toBe('2 November 2026');
  expect(fromTo('2026-11-25', '2026-12-08')).toBe('25 Nov to 8 Dec 2026');
});
