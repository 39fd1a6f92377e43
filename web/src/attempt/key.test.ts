import { expect, test } from 'vitest';
import { keyOf, newIdempotencyKey } from './key';

test('a key is a random UUID of version 4', () => {
  expect(newIdempotencyKey((bytes) => bytes.fill(0xff))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  expect(newIdempotencyKey((bytes) => bytes.fill(0))).toBe('00000000-0000-4000-8000-000000000000');
  expect(newIdempotencyKey()).not.toBe(newIdempotencyKey());
});

test('a file has the same key whenever it is sent for the same test', () => {
  const chosen = (parts: string, lastModified: number) => new File([parts], 'a.mp4', { lastModified });
  const key = keyOf(chosen('squat', 1), 'overhead-squat');
  expect(keyOf(chosen('squat', 1), 'overhead-squat')).toBe(key);
  const others = [
    keyOf(chosen('squat', 1), 'plank'),
    keyOf(chosen('squats', 1), 'overhead-squat'),
    keyOf(chosen('squat', 2), 'overhead-squat'),
  ];
  expect(new Set([key, ...others]).size).toBe(4);
});
