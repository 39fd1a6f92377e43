import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { TestSlug } from '../api/types';
import { guideOf, TESTS } from '../texts/tests';
import { isWide, type TestView, viewOf } from './views';

function viewOfTest(slug: TestSlug): TestView | undefined {
  const guide = guideOf(slug);
  return guide && viewOf(guide.preparation);
}

test.each<[TestSlug, Partial<TestView>]>([
  ['overhead-squat', { view: 'standing-front', parts: ['head', 'hands', 'feet'], armsUp: true }],
  ['lateral-lunge', { view: 'standing-front', parts: ['head', 'feet'], armsUp: false }],
  ['wall-slide', { view: 'standing-front', parts: ['head', 'hands', 'hips'], armsUp: true }],
  ['shoulder-flexion', { view: 'standing-side', parts: ['head', 'hands', 'hips'], armsUp: true }],
  ['ankle-mobility', { view: 'standing-side', parts: ['head', 'feet'], armsUp: false }],
  ['hip-shoulder-90-90', { view: 'sitting', parts: ['head', 'hands', 'feet'], armsUp: false }],
  ['neck-flexion-extension', { view: 'upper-body', parts: ['head', 'hips'], armsUp: false }],
  ['bird-dog', { view: 'floor-side', parts: ['head', 'hands', 'feet'], armsUp: false }],
  ['clamshell', { view: 'floor-side', parts: ['head', 'feet'], armsUp: false }],
])('the camera sees %s as its preparation says', (slug, expected) => {
  expect(viewOfTest(slug)).toMatchObject(expected);
});

test('whoever is told to lay the phone on its side is filmed wide, and nobody else', () => {
  for (const { slug, preparation, setUp } of TESTS) {
    const onItsSide = setUp.some((line) => line.startsWith('Lay the phone on its side'));
    expect(isWide(viewOf(preparation)), slug).toBe(onItsSide);
  }
});

test('those that are held still are the holds of the specification', () => {
  const holds = TESTS.flatMap(({ slug, preparation }) => (viewOf(preparation).hold ? [slug] : []));
  expect(holds.toSorted()).toEqual(['plank', 'single-leg-balance']);
  const thresholds = readFileSync(
    new URL('../../../crates/catalog/data/thresholds.toml', import.meta.url),
    'utf8',
  );
  for (const slug of holds)
    expect(thresholds.split(`[${slug}]`)[1]?.slice(0, 400), slug).toContain('dynamic = false');
});
