import { expect, test } from 'vitest';
import { newIdempotencyKey } from './key';

test('a key is a random UUID of version 4', () => {
  expect(newIdempotencyKey((bytes) => bytes.fill(0xff))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  expect(newIdempotencyKey((bytes) => bytes.fill(0))).toBe('00000000-0000-4000-8000-000000000000');
  expect(newIdempotencyKey()).not.toBe(newIdempotencyKey());
});
