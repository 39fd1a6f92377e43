import { expect, test } from 'vitest';
import { fitted } from './pixels';

test.each([
  ['a camera held upright', [480, 640], [288, 384]],
  ['a camera on its side', [1280, 720], [384, 216]],
  ['a small picture, which is not enlarged', [320, 240], [320, 240]],
  ['a picture without height to speak of', [4000, 1], [384, 1]],
] as const)('%s', (_name, [width, height], [smallWidth, smallHeight]) => {
  expect(fitted(width, height)).toEqual({ width: smallWidth, height: smallHeight });
});
