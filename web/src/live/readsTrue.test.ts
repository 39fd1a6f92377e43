import { expect, test } from 'vitest';
import { readsTrue } from './readsTrue';

/** A canvas on which every pixel read is `red`, 120, 200. */
const reading = (red: number) => ({
  fillStyle: '',
  fillRect: () => undefined,
  getImageData: (_x: number, _y: number, width: number, height: number) => {
    const data = Uint8ClampedArray.from(
      { length: 4 * width * height },
      (_, at) => [red, 120, 200, 255][at % 4] ?? 0,
    );
    return { data } as ImageData;
  },
});

test.each([
  [40, true],
  [42, true],
  [0, false],
  [208, false],
])('what was drawn with 40 and is read as %i is true: %s', (red, expected) => {
  expect(readsTrue(reading(red))).toBe(expected);
});
