import { expect, test } from 'vitest';
import { lockedUntil, problemFrom, refusesVideo } from './problem';

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

test.each([
  ['bytes that are no video', '/problems/not-a-video', 422, true],
  ['a media type that is not taken', '/problems/media-type', 415, true],
  ['too many bytes', '/problems/too-large', 413, true],
  ['bytes that were damaged on their way', '/problems/hash-mismatch', 422, false],
  ['a key that stands for another video', '/problems/idempotency-key-reused', 422, false],
])('whether %s can be sent again', (_name, type, status, expected) => {
  expect(refusesVideo({ type, title: 'x', status })).toBe(expected);
});
