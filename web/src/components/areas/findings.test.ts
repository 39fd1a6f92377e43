import { expect, test } from 'vitest';
import type { Finding } from '../../api/schema';
import { worthSaying } from './findings';

function finding(text: string, side: Finding['side'], value: number | null): Finding {
  return {
    code: 'a',
    confidence: 0.8,
    side,
    test: 'ankle-mobility',
    text,
    value: value === null ? null : { value, unit: 'deg' },
  };
}

const outcome = finding('Below the typical range.', 'left', null);
const sameOnTheRight = finding('Below the typical range.', 'right', null);
const ofTheTest = finding('Below the typical range.', null, null);
const measured = finding('The knee goes less far over the toes.', 'left', 27);
const measuredOnTheRight = finding('The knee goes less far over the toes.', 'right', 29);
const elsewhere: Finding = { ...outcome, test: 'clamshell' };

test.each([
  ['a value hides the outcome of its side', [outcome, measured], [measured]],
  ['a value of one side hides the outcome of the whole test', [ofTheTest, measured], [measured]],
  [
    'a value does not hide the outcome of the other side',
    [measured, sameOnTheRight],
    [measured, sameOnTheRight],
  ],
  ['an outcome of both sides is said once', [outcome, sameOnTheRight], [outcome]],
  ['values of both sides are both said', [measured, measuredOnTheRight], [measured, measuredOnTheRight]],
  ['the same words about another test are said', [outcome, elsewhere], [outcome, elsewhere]],
])('%s', (_name, findings, expected) => {
  expect(worthSaying(findings)).toEqual(expected);
});
