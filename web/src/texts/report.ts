/** What the report says around what was measured. */

import { longDay } from './format';
import { MEANINGS } from './meanings';

export const REPORT = {
  title: 'Your movement report',
  lead: (on: string, oldest: string, newest: string) =>
    oldest === newest
      ? `${longDay(on)}, from tests of ${longDay(newest)}.`
      : `${longDay(on)}, from tests between ${longDay(oldest)} and ${longDay(newest)}.`,
  print: 'Print',
  download: 'Download',
  downloadName: (on: string) => `flow-logic-report-${on}.html`,
  downloadFailed: 'The report could not be downloaded.',

  glance: 'At a glance',
  withResult: 'tests with a result',
  firstPriority: 'first priority',
  secondPriority: 'second priority',
  nextRetest: 'next re-test',
  now: 'now',
  none: 'none',

  nothing: 'Nothing stood out in your tests.',
  p1: 'First priority: what may be behind the rest',
  p1Lead: 'P1, root-cause candidates. They are worked on first.',
  p2: 'Second priority: what may follow from it',
  p2Lead: 'P2, consequence patterns. They are expected to change along with what is behind them.',
  noArea: 'None found in the tests you took.',

  program: 'Your program in two phases',
  programLead: 'Counted from the day of your tests.',
  foundIn: (tests: string, alone: boolean, sure: boolean) =>
    [
      `Found in ${tests}.`,
      ...(alone ? ['Nothing was found so far that may be behind it.'] : []),
      ...(sure ? [] : ['Unsure: record again first.']),
    ].join(' '),
  phaseStatus: { upcoming: 'upcoming', current: 'now', done: 'over' },

  progress: 'Progress of your key measures',
  progressLead: `Each test by its key measure, compared with the result nearest to two weeks earlier. A change smaller than the error is one that a single camera cannot tell. ${MEANINGS.shares}`,
  measure: 'Key measure',
  before: 'Before',
  latest: 'Now',
  error: 'Error',
  change: 'Change',
  notCompared: 'not compared yet',
  first: (value: string, day: string) => `First ${value} on ${day}.`,
  againFrom: (day: string) => `Again from ${day}.`,
  againNow: 'You can record it again now.',

  retests: 'When to test again',
  retestsLead: 'Key limitations every two weeks, everything every four to six.',
  what: 'What',
  tests: 'Tests',
  when: 'When',
  status: 'Status',
  quick: 'Quick re-check',
  full: 'Full reassessment',
  forAreas: (areas: string) => `for ${areas}`,
  due: { upcoming: 'upcoming', due: 'due now', overdue: 'overdue' },

  results: 'Your newest results',
  notMeasured: 'What was not measured',
  notMeasuredLead: 'Nothing can be said about this, neither good nor bad.',
  notTaken: 'Tests without a result',
  about: 'About this report',
  aboutConfidence:
    'Confidence says how sure an outcome is. It falls near limits, with fewer repetitions, from an unfavourable view, with a side that was not shown, and where you were hard to see.',

  empty: 'Nothing is measured yet',
  emptyLead:
    'Your report begins with your first result. Filming one test takes about a minute, and you see the result at once.',
  emptySteps: [
    ['Film a test', 'Choose one and follow the steps. The first result is enough for a first report.'],
    ['Add the others', 'The more tests have a result, the better we can tell what is behind what.'],
    ['Come back in two weeks', 'With a second result of the same test, the report shows what has changed.'],
  ],
  begin: 'Choose your first test',

  locked: 'Your movement report',
  lockedHolds: [
    'What stood out, sorted by what may be behind it and what may follow from it, and what each point rests on',
    'A program in two phases: two weeks of local work, then two weeks of integration',
    'Progress of the key measure of each test, and when to test again',
    'All of it to print and to download',
  ],
} as const;
