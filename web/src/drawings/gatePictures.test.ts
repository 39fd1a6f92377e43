import { expect, test } from 'vitest';
import { GATES } from '../texts/gates';
import { guideOf } from '../texts/tests';
import { gatePictures, type Scene } from './gatePictures';
import { extentOf, frameOf, stagedBody, wronglyTurned } from './staging';

function sceneOf(slug: string): Scene {
  const guide = guideOf(slug);
  if (guide === undefined) throw new Error(`no guide for ${slug}`);
  const { preparation } = guide;
  const body = stagedBody(guide.slug, preparation, 0);
  return {
    body,
    askew: wronglyTurned(guide.slug, preparation),
    frame: frameOf(body, preparation),
    width: 72,
    height: 128,
    almostStill: preparation.position === 'upright',
  };
}

test.each(Object.keys(GATES))('%s is drawn, and what is wrong differs from what is right', (code) => {
  const pictures = gatePictures(code, sceneOf('overhead-squat'));
  expect(pictures).toBeDefined();
  expect(pictures?.[0]).not.toEqual(pictures?.[1]);
});

test('a gate that is not known is not drawn', () => {
  expect(gatePictures('TOO_WINDY', sceneOf('plank'))).toBeUndefined();
});

test.each(['overhead-squat', 'plank', 'bird-dog', 'glute-bridge', 'chin-tuck'])(
  'who left the picture in %s is seen with the head and without the other end',
  (slug) => {
    const scene = sceneOf(slug);
    const frame = gatePictures('OUT_OF_FRAME', scene)?.[0].frame;
    const head = extentOf(scene.body.filter(({ name }) => name === 'head'));
    const all = extentOf(scene.body);
    expect(frame?.left).toBeLessThan(head.left);
    expect(frame?.right).toBeGreaterThan(head.right);
    expect(frame && (frame.left > all.left || frame.right < all.right || frame.bottom > all.bottom)).toBe(
      true,
    );
  },
);
