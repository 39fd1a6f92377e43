/** Made-up answers about what results mean together: somebody who has tested twice, two weeks apart. Never part of a build. */

import type {
  AttemptDetails,
  ExtendedMeasure,
  Finding,
  MeasureProgress,
  ProblemArea,
  ProblemAreas,
  Report,
  TestId,
  TestSummary,
  Tier,
} from '../src/api/schema.ts';

/** The attempt that the mock answers with under every address. */
export const ATTEMPT = '0193e7b0-1c5a-7000-8000-0123456789ab';

function finding(
  test: TestId,
  text: string,
  degrees: number | null,
  side: Finding['side'] = null,
  confidence = 0.72,
): Finding {
  const value = degrees === null ? null : ({ value: degrees, unit: 'deg' } as const);
  return { code: 'made-up', test, text, side, confidence, value };
}

const ANKLE: ProblemArea = {
  id: 'ankle-mobility',
  name: 'Ankle mobility',
  priority: 'P1',
  text: 'The ankle bends less than is typical when the knee goes over the toes.',
  severe: true,
  sure: true,
  confidence: 0.86,
  sides: ['left', 'right'],
  findings: [
    finding('ankle-mobility', 'Below the typical range.', null, 'left', 0.86),
    finding('ankle-mobility', 'The left shin goes less far over the foot than is typical.', 27, 'left', 0.86),
    finding(
      'ankle-mobility',
      'The right shin goes less far over the foot than is typical.',
      33,
      'right',
      0.86,
    ),
  ],
  causes: [],
};

const CORE: ProblemArea = {
  id: 'core-control',
  name: 'Core control',
  priority: 'P1',
  text: 'The trunk does not yet stay in line while you hold or move.',
  severe: false,
  sure: false,
  confidence: 0.44,
  sides: [],
  findings: [finding('plank', 'The hips sink while you hold.', 14, null, 0.44)],
  causes: [],
};

const VALGUS: ProblemArea = {
  id: 'knee-valgus',
  name: 'Knees move inward',
  priority: 'P2',
  text: 'The knee moves inside the foot under load.',
  severe: false,
  sure: true,
  confidence: 0.72,
  sides: ['left'],
  findings: [finding('overhead-squat', 'The left knee moves inside the foot on the way down.', 14.3, 'left')],
  causes: [
    { id: 'ankle-mobility', name: 'Ankle mobility', status: 'found', tests: ['ankle-mobility'] },
    {
      id: 'hip-control',
      name: 'Hip abduction control',
      status: 'not-tested',
      tests: ['glute-bridge', 'clamshell'],
    },
  ],
};

const BALANCE: ProblemArea = {
  id: 'balance-asymmetry',
  name: 'Balance differs between the sides',
  priority: 'P2',
  text: 'One leg reaches or stands less well than the other.',
  severe: false,
  sure: true,
  confidence: 0.68,
  sides: [],
  findings: [finding('y-balance', 'Reaching forward differs from side to side.', null, null, 0.68)],
  causes: [{ id: 'core-control', name: 'Core control', status: 'found', tests: ['plank'] }],
};

export const AREAS: ProblemAreas = {
  areas: [ANKLE, CORE, VALGUS, BALANCE],
  tests: ['plank', 'y-balance', 'overhead-squat', 'ankle-mobility'],
  results: [{ attempt: ATTEMPT, finishedAt: '2026-11-16T17:06:00.000Z' }],
  explanation: 'Problem areas, from four tests.\n',
};

export const NO_AREAS: ProblemAreas = {
  areas: [],
  tests: [],
  results: [],
  explanation: 'No problem areas.\n',
};

const PROGRESS: readonly MeasureProgress[] = [
  progress('ankle-mobility', 'Shin over the foot', 'left', [22, 27, 33], {
    percent: 22.2,
    verdict: 'good',
    text: 'Clear progress. Keep going.',
  }),
  progress('ankle-mobility', 'Shin over the foot', 'right', [36, 37, 39], {
    percent: 5.4,
    verdict: 'reached',
    text: 'In the typical range. Keep it up.',
  }),
  progress('overhead-squat', 'Knee inside the foot', 'left', [15, 15, 14], {
    better: 'lower',
    typical: 10,
    percent: 6.7,
    verdict: 'no-clear-change',
    action: 'adjust',
    text: 'No clear change: it lies within what one camera can tell apart. Adjust the program.',
  }),
  {
    ...progress('plank', 'Time in line', null, [28, 28, 28], { unit: 's', typical: 60, verdict: 'first' }),
    before: null,
    change: null,
    days: null,
    action: 'measure',
    text: 'First measurement: there is nothing to compare it with yet.',
    nextComparison: '2026-11-26',
  },
];

function progress(
  test: TestId,
  words: string,
  side: Finding['side'],
  [first, before, now]: readonly [number, number, number],
  more: Partial<MeasureProgress>,
): MeasureProgress {
  const better = more.better ?? 'higher';
  return {
    test,
    words,
    side,
    measure: 'madeUp',
    unit: 'deg',
    better,
    typical: 38,
    error: 4,
    first: { on: '2026-10-19', value: first, sure: true },
    before: { on: '2026-11-02', value: before, sure: true },
    now: { on: '2026-11-16', value: now, sure: true },
    days: 14,
    change: better === 'lower' ? before - now : now - before,
    percent: null,
    verdict: 'some',
    action: 'continue',
    text: '',
    nextComparison: '2026-11-26',
    ...more,
  };
}

const MEASURES: readonly ExtendedMeasure[] = [
  measure('kneeInsideFoot', 'Knee inside the foot', 'left', 14.3, [12.8, 14.1, 16], 10, 1),
  measure('kneeInsideFoot', 'Knee inside the foot', 'right', -3.4, [-2.2, -3.9, -4.1], 10, 1),
  measure('trunkOverShin', 'Trunk leans more than the shin', null, 9, [8, 9, 11], 10, 0.6),
  {
    ...measure('squatsFront', 'Squats seen from the front', null, 6, [], 0, 1),
    unit: 'count',
    typical: null,
  },
];

function measure(
  name: string,
  words: string,
  side: Finding['side'],
  value: number,
  repetitions: readonly number[],
  limit: number,
  certainty: number,
): ExtendedMeasure {
  const source = 'A made-up study of 120 adults.';
  const typical = { limit, better: 'lower', deadBand: 3, basis: 'published', source } as const;
  return {
    name,
    words,
    side,
    value,
    repetitions,
    unit: 'deg',
    key: side === 'left',
    spread: null,
    typical: { ...typical, certainty, within: value < limit },
  };
}

export function details(tier: Tier): AttemptDetails {
  return {
    attempt: ATTEMPT,
    test: 'overhead-squat',
    measures: MEASURES,
    confidence: { confidence: 0.72, tracking: 0.95, rest: 0.76 },
    ...(tier === 'pro-plus' && { poseAccuracy: 0.97 }),
  };
}

function summary(test: TestId, on: string, more: Partial<TestSummary>): TestSummary {
  return {
    test,
    on,
    attempt: ATTEMPT,
    bucket: 'limited',
    bucketText: 'You stay below the typical range.',
    severity: null,
    confidence: { confidence: 0.86, tracking: 0.96, rest: 0.9 },
    measures: [],
    figures: [],
    ...more,
  };
}

export const REPORT: Report = {
  on: '2026-11-16',
  tier: 'pro',
  limitations: { p1: [ANKLE, CORE], p2: [VALGUS, BALANCE] },
  phases: [
    {
      number: 1,
      title: 'Local work',
      from: '2026-11-02',
      to: '2026-11-15',
      status: 'done',
      text: 'Work on the areas that may be behind the others, each for itself.',
      areas: [
        { ...ANKLE, why: 'It may be behind “Knees move inward”.' },
        { ...CORE, why: 'It may be behind “Balance differs between the sides”.' },
      ],
    },
    {
      number: 2,
      title: 'Integration',
      from: '2026-11-16',
      to: '2026-11-29',
      status: 'current',
      text: 'Bring what changed into whole movements.',
      areas: [
        { ...VALGUS, why: 'It may follow from ankle mobility.' },
        { ...BALANCE, why: 'It may follow from core control.' },
      ],
    },
  ],
  progress: PROGRESS,
  retests: {
    quick: [
      {
        test: 'plank',
        areas: ['Core control'],
        measuredOn: '2026-11-02',
        on: '2026-11-16',
        status: 'due',
      },
      {
        test: 'ankle-mobility',
        areas: ['Ankle mobility'],
        measuredOn: '2026-11-16',
        on: '2026-11-30',
        status: 'upcoming',
      },
    ],
    full: {
      since: '2026-11-02',
      from: '2026-11-30',
      by: '2026-12-14',
      status: 'upcoming',
      tests: ['plank', 'y-balance', 'overhead-squat', 'ankle-mobility'],
    },
  },
  tests: [
    summary('plank', '2026-11-02', { confidence: { confidence: 0.44, tracking: 0.6, rest: 0.73 } }),
    summary('y-balance', '2026-11-16', {
      bucket: 'asymmetric',
      severity: 'moderate',
      bucketText: 'Your legs reach differently far.',
    }),
    summary('overhead-squat', '2026-11-16', {
      bucket: 'compensation',
      bucketText: 'You squat with a compensation: see what we noticed.',
      confidence: { confidence: 0.72, tracking: 0.95, rest: 0.76 },
    }),
    summary('ankle-mobility', '2026-11-16', { bucket: 'significant' }),
  ],
  notMeasured: [
    { test: 'overhead-squat', what: ['Heel lift of the right foot: it was hidden in the side view.'] },
  ],
  notTaken: ['single-leg-balance', 'shoulder-flexion', 'dead-bug'],
  disclaimer:
    'Flow Logic is a wellness product, not a medical one. This report describes how you moved in front of one camera. It is no diagnosis and no medical advice.',
};

export const NO_REPORT: Report = {
  ...REPORT,
  limitations: { p1: [], p2: [] },
  phases: [],
  progress: [],
  retests: { quick: [], full: null },
  tests: [],
  notMeasured: [],
};
