import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { originOf } from './sources';

test.each([
  [
    'published',
    'KinesteX: low risk if at least 20 s; age norms (Springer 2007) do not fit',
    'Published: KinesteX.',
  ],
  ['published', 'reach difference over 4 cm (Smith 2015, sensitivity 59)', 'Published: Smith 2015.'],
  [
    'published',
    'FMS deep squat: femur below horizontal (MSSE 53(8S):54)',
    'Published: Functional Movement Screen.',
  ],
  ['published', 'the same from the front', 'Published.'],
  ['textbook', 'below 10 s in any adult is short', 'Textbook.'],
  ['proposed', '50 and more is typical (Lau 2009, with neck pain)', 'Proposed by us.'],
] as const)('%s, "%s" reads as %s', (basis, source, words) => {
  expect(originOf({ basis, source })).toBe(words);
});

test('no note of a limit is shown as it is', () => {
  const file = readFileSync(new URL('../../../crates/catalog/data/thresholds.toml', import.meta.url), 'utf8');
  const notes = Array.from(
    file.matchAll(/basis = "(published|textbook|proposed)", source = "([^"]+)"/g),
    ([, basis, source]) => originOf({ basis: basis as 'published', source: source ?? '' }),
  );
  expect(notes.length).toBeGreaterThan(50);
  for (const note of notes) expect(note).not.toMatch(/pain|risk|clinic|patient|injur|deg\b/i);
});
