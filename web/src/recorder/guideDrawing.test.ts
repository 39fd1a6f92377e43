import { expect, test } from 'vitest';
import { TESTS } from '../texts/tests';
import { areaOf, fitted, roomOf, shapeOf } from './guideDrawing';
import { viewOf } from './views';

const PICTURES = [
  { width: 640, height: 480 },
  { width: 480, height: 640 },
];

test('the outline of every test stays in its area, and the area in the picture', () => {
  for (const { slug, preparation, figure } of TESTS)
    for (const picture of PICTURES) {
      const view = viewOf(preparation);
      const area = areaOf(view, picture);
      expect(area.x, slug).toBeGreaterThanOrEqual(0);
      expect(area.x + area.width, slug).toBeLessThanOrEqual(picture.width);
      expect(area.y + area.height, slug).toBeLessThanOrEqual(picture.height);
      const shape = shapeOf(view, figure);
      const { x, y, scale } = fitted(shape, area, roomOf(view));
      for (const [px, py] of [...shape.limbs.flat(), shape.head]) {
        expect(x + scale * px, slug).toBeGreaterThanOrEqual(area.x - 0.01);
        expect(x + scale * px, slug).toBeLessThanOrEqual(area.x + area.width + 0.01);
        expect(y + scale * py, slug).toBeGreaterThanOrEqual(area.y - 0.01);
        expect(y + scale * py, slug).toBeLessThanOrEqual(area.y + area.height + 0.01);
      }
    }
});
