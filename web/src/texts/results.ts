/** What the outcome of a test is called, in plain words. */

/** How an outcome is coloured and marked: always together with its words. */
export type Tone = 'well' | 'fair' | 'low';

export interface Outcome {
  readonly headline: string;
  readonly tone: Tone;
}

const OUTCOMES: Readonly<Record<string, Readonly<Record<string, Outcome>>>> = {
  'overhead-squat': {
    good: { headline: 'You squat well', tone: 'well' },
    compensation: { headline: 'Your body works around something', tone: 'fair' },
    significant: { headline: 'Several things change as you squat', tone: 'low' },
  },
  'y-balance': {
    symmetric: { headline: 'Your legs match each other', tone: 'well' },
    asymmetric: { headline: 'Your reach differs from side to side', tone: 'fair' },
  },
  'single-leg-balance': {
    pass: { headline: 'You stand steadily on either leg', tone: 'well' },
    limited: { headline: 'There is balance to gain', tone: 'fair' },
    significant: { headline: 'Balance is worth working on', tone: 'low' },
  },
};

const ANY_TEST: Readonly<Record<string, Outcome>> = {
  good: { headline: 'That went well', tone: 'well' },
  pass: { headline: 'That went well', tone: 'well' },
  'within-range': { headline: 'Your hips and shoulders turn as they should', tone: 'well' },
  symmetric: { headline: 'Both sides are about equal', tone: 'well' },
  compensation: { headline: 'Your body works around something', tone: 'fair' },
  limited: { headline: 'Below the typical range', tone: 'fair' },
  asymmetric: { headline: 'Your sides differ', tone: 'fair' },
  'needs-work': { headline: 'There is something to work on', tone: 'fair' },
  significant: { headline: 'Well below the typical range', tone: 'low' },
};

export function outcomeOf(test: string, bucket: string, severity: string | null): Outcome {
  const outcome = OUTCOMES[test]?.[bucket] ?? ANY_TEST[bucket] ?? { headline: bucket, tone: 'fair' };
  return severity === 'marked' ? { ...outcome, tone: 'low' } : outcome;
}

/** The outcome in a sentence, which does not praise what the video did not show. */
export function outcomeSentence(tone: Tone, bucketText: string, notMeasured: readonly string[]): string {
  return tone === 'well' && notMeasured.length > 0
    ? 'Nothing stood out in what the video showed. It did not show everything.'
    : bucketText;
}

/** Tests whose severity is about the difference between the sides. */
const OF_SIDES: ReadonlySet<string> = new Set(['y-balance']);

const DIFFERENCES: Readonly<Record<string, string>> = {
  mild: 'The difference is small.',
  moderate: 'The difference is moderate.',
  marked: 'The difference is marked.',
};

const DISTANCES: Readonly<Record<string, string>> = {
  mild: 'It is a little away from what is usual.',
  moderate: 'It is some way from what is usual.',
  marked: 'It is far from what is usual.',
};

/** How marked an outcome is, where a test says so. */
export function severityOf(test: string, severity: string | null): string | undefined {
  if (severity === null) return undefined;
  return (OF_SIDES.has(test) ? DIFFERENCES : DISTANCES)[severity];
}

/** What a side's own outcome is called in the table of sides. */
export const SIDE_OUTCOMES: Readonly<Record<string, string>> = {
  good: 'good',
  pass: 'in the typical range',
  'within-range': 'in the typical range',
  limited: 'below the typical range',
  significant: 'well below the typical range',
  compensation: 'with a compensation',
  symmetric: 'equal',
  asymmetric: 'different',
  'needs-work': 'something to work on',
};
