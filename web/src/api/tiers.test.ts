import { expect, test } from 'vitest';
import { OFFERS } from '../../mock/tiers.ts';
import { lackedUntil } from './tiers';

test.each([
  ['free', 'report', 'pro'],
  ['pro', 'report', undefined],
  ['pro', 'pose-accuracy', 'pro-plus'],
  ['pro-plus', 'pose-accuracy', undefined],
] as const)('%s lacks %s until %s', (tier, feature, until) => {
  expect(lackedUntil(OFFERS, tier, feature)).toBe(until);
});

test('a tier that is not offered lacks nothing that is known', () => {
  expect(lackedUntil([], 'free', 'report')).toBeUndefined();
});
