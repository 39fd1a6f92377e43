import { describe, expect, test } from 'vitest';
import { REPORT } from '../../../mock/insight.ts';
import type { Retests } from '../../api/schema';
import { measuredBetween, nextRetest } from './summary';

function recheck(on: string): Retests['quick'][number] {
  return {
    areas: ['Ankle mobility'],
    measuredOn: '2026-11-02',
    on,
    status: 'upcoming',
    test: 'ankle-mobility',
  };
}

const full: Retests['full'] = {
  by: '2026-12-14',
  from: '2026-11-30',
  since: '2026-11-02',
  status: 'upcoming',
  tests: ['ankle-mobility'],
};

describe('the next re-test', () => {
  test.each<[string, Retests, string | undefined]>([
    ['is the earliest', { quick: [recheck('2026-11-20'), recheck('2026-11-18')], full }, '2026-11-18'],
    ['is the full one where there is no other', { quick: [], full }, '2026-11-30'],
    ['is now on its day', { quick: [recheck('2026-11-16')], full }, 'now'],
    ['is now after its day', { quick: [recheck('2026-11-10')], full }, 'now'],
    ['is none without results', { quick: [], full: null }, undefined],
  ])('%s', (_name, retests, expected) => {
    expect(nextRetest(retests, '2026-11-16')).toBe(expected);
  });
});

test('a report tells between which days it was measured', () => {
  expect(measuredBetween(REPORT)).toEqual(['2026-11-02', '2026-11-16']);
  expect(measuredBetween({ ...REPORT, tests: [] })).toBeUndefined();
});
