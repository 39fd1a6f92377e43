import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Unit } from '../api/types';
import { flagValue, MEASURED } from './flags';

test.each<[string, string, number, Unit, string]>([
  ['overhead-squat', 'shallow-depth', -12.2, 'deg', 'Thigh above level: 12°'],
  ['overhead-squat', 'knee-valgus', 14, 'deg', '14°'],
  ['overhead-squat', 'arms-fall-forward', 0.3, 'legLengths', 'Hands ahead of the toes: 30% of leg'],
  ['plank', 'hip-sag', -16, 'deg', '16°'],
  ['bird-dog', 'leg-high', -21, 'deg', '21°'],
  ['dead-bug', 'hip-shift', -15, 'deg', 'Shoulders come up against the hips: 15°'],
  ['dead-bug', 'same-side', 2, 'count', '2 times'],
  ['single-leg-balance', 'side-gap', 7.5, 's', '7.5 s apart'],
])('%s, %s: %d %s reads as %s', (name, code, value, unit, words) => {
  expect(flagValue(name, code, { value, unit })).toBe(words);
});

const CRATES = new URL('../../../crates/', import.meta.url);
const MEASURES = readFileSync(new URL('interpretation/data/measures.toml', CRATES), 'utf8');
const FLAGS = readFileSync(new URL('catalog/data/thresholds.toml', CRATES), 'utf8');

test.each(MEASURED)('%s has %s, in %s, of %s', (name, code, unit, measure) => {
  expect(MEASURES).toContain(`test = "${name}", name = "${measure}", unit = "${unit}"`);
  expect(FLAGS.split(`[${name}.flags]`)[1]?.split('\n\n')[0]).toContain(`${code} = "`);
});
