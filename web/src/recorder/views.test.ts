import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TESTS } from '../texts/tests';
import { isWide, VIEWS } from './views';

test('every test has a view that agrees with its guide', () => {
  for (const { slug, setUp } of TESTS) {
    const onItsSide = setUp.some((line) => line.startsWith('Lay the phone on its side'));
    expect(isWide(VIEWS[slug]), slug).toBe(onItsSide);
  }
});

test('those that are held still are the holds of the specification', () => {
  const holds = Object.entries(VIEWS).filter(([, { hold }]) => hold !== undefined);
  expect(holds.map(([slug]) => slug).toSorted()).toEqual(['plank', 'single-leg-balance']);
  const thresholds = readFileSync(
    new URL('../../../crates/catalog/data/thresholds.toml', import.meta.url),
    'utf8',
  );
  for (const [slug] of holds)
    expect(thresholds.split(`[${slug}]`)[1]?.slice(0, 400), slug).toContain('dynamic = false');
});
