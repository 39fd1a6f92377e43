/** What is said after a result: what it means, what to do next, and its details. */

import { longDay, shortDay } from './format';
import { allOf } from './lists';
import { MEANINGS } from './meanings';

export const FOLLOW_UP = {
  meaning: 'What this means',
  newer: 'You have a newer result of this test. What follows is told from your newest results.',
  noArea: 'This test points to no problem area.',
  otherAreas: (count: number) =>
    count === 1 ? 'Your other tests point to one area.' : `Your other tests point to ${count} areas.`,
  report: 'See the whole report',

  next: 'What to do next',
  take: (test: string) => `Take the test ${quoted(test)}`,
  tells: (cause: string, pattern: string) =>
    `It tells whether ${quoted(cause)} may be behind ${quoted(pattern)}.`,
  notYet: 'It has no result yet. The more tests have one, the better we can tell what is behind what.',
  recheckNow: (test: string) => `Record ${quoted(test)} again`,
  recheckDue: (areas: readonly string[]) => `Its quick re-check for ${allOf(areas)} is due.`,
  recheck: (test: string, on: string) => `Record ${quoted(test)} again on ${shortDay(on)}`,
  recheckLater: (areas: readonly string[]) =>
    `Two weeks after the last time, to see what has changed in ${allOf(areas)}.`,
  reassess: (from: string) => `Take all your tests again from ${longDay(from)}`,
  reassessNow: 'Take all your tests again',
  reassessBy: (by: string) => `A full reassessment shows what has changed; best by ${longDay(by)}.`,
  later: 'Go on with your other tests another day',
  laterLead: 'Their videos are used up for now. Among the tests you see when there are more.',
  complete: 'All tests of your plan have a result',
  completeLead: 'Record one of them again whenever you want to see what has changed.',
  toTests: 'To the tests',

  detailsLead: `The band given with ± around a limit is what a single camera cannot tell: within it you could be on either side. ${MEANINGS.shares}`,
  you: 'You',
  eachTime: 'Each repetition',
  within: 'in the typical range',
  near: 'near the limit',
  outside: 'outside the typical range',
  noTypical: 'not judged',
  confidenceTitle: 'What the confidence is made of',
  confidenceParts: (tracking: string, rest: string, whole: string) =>
    `${tracking} for how well you were seen, times ${rest} for everything else, makes ${whole}.`,
  confidenceRest:
    'Everything else is how near to a limit you are, the view, the number of repetitions, and sides that were not shown.',
  sources: 'Where the typical ranges come from',
  basis: { published: 'Published', textbook: 'Textbook', proposed: 'Proposed by us' },

  lockedTitle: 'This result in detail',
  lockedHolds: [
    'What is typical for each measure, and how near to it you are',
    'Each repetition by itself',
    'What the confidence is made of',
  ],
} as const;

function quoted(name: string): string {
  return `“${name}”`;
}
