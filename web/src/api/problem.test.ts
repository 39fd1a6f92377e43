import { expect, test } from 'vitest';
import { lockedUntil, problemFrom } from './problem';

test.each([
  ['a feature of a dearer tier', '/problems/tier-lacks-feature', 'pro', 'pro'],
  ['a test of a dearer tier', '/problems/tier-lacks-test', 'pro-plus', 'pro-plus'],
  ['a limit that a dearer tier has more of', '/problems/daily-limit', 'pro', undefined],
  ['a tier that is not named', '/problems/tier-lacks-feature', undefined, undefined],
])('%s', (_name, type, availableIn, expected) => {
  const document = JSON.stringify({ type, title: 'Not part of your tier', availableIn });
  const { problem } = problemFrom(403, document, () => null);
  expect(lockedUntil(problem)).toBe(expected);
});
