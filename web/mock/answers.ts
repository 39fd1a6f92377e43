/** Made-up answers in the API's shapes, for the development server and for tests. Never part of a build. */

import type { AccountDetails, Session, SignedIn } from '../src/api/schema.ts';
import type {
  Assessment,
  Attempt,
  Check,
  KeyFrame,
  Repetition,
  Side,
  TestResult,
  TestSlug,
} from '../src/api/types.ts';
import { ATTEMPT as ID } from './insight.ts';

export const SQUAT: TestResult = {
  bucket: 'compensation',
  bucketText: 'You squat with a compensation: see what we noticed.',
  confidence: 0.72,
  severity: null,
  sides: [],
  measures: [
    { name: 'thighBelowHorizontal', value: 4.2, unit: 'deg', side: null, repetitions: [3.1, 4.6, 4.9] },
    { name: 'kneeInsideFoot', value: 14.3, unit: 'deg', side: 'left', repetitions: [12.8, 14.1, 16] },
    { name: 'kneeInsideFoot', value: 3.4, unit: 'deg', side: 'right', repetitions: [2.2, 3.9, 4.1] },
    { name: 'heelRise', value: 0.012, unit: 'legLengths', side: 'left', repetitions: [0.01, 0.012, 0.014] },
    { name: 'trunkOverShin', value: 6.1, unit: 'deg', side: null, repetitions: [] },
    { name: 'squatsFront', value: 6, unit: 'count', side: null, repetitions: [] },
  ],
  flags: [
    {
      code: 'knee-valgus',
      side: 'left',
      text: 'The left knee moves inside the foot on the way down.',
      value: 14.3,
      unit: 'deg',
      severe: false,
    },
    {
      code: 'trunk-lean',
      side: null,
      text: 'The upper body leans further forward than the shins.',
      value: 24,
      unit: 'deg',
      severe: true,
    },
  ],
  evidence: [],
  keyFrames: [],
  notMeasured: ['Heel lift of the right foot: it was hidden in the side view.'],
  repetitions: [
    repetition(1.2, 2.6, 4.1, null, 'front'),
    repetition(4.4, 5.9, 7.3, null, 'front'),
    repetition(12.0, 13.2, 14.8, 'left', 'side'),
  ],
};

const KEY_FRAMES: readonly KeyFrame[] = [
  keyFrame(1, 'Deepest squat from the front, left knee inside the foot', 5.9),
  keyFrame(2, 'Deepest squat from the side', 13.2),
];

export const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 640"><g fill="none" stroke="#0d5563"
  stroke-width="10" stroke-linecap="round"><path d="M190 210H290L275 380H205Z"/><path d="M205 380 140 430 165 560"/>
  <path d="M275 380 340 430 315 560"/><path d="M190 210 160 120 150 40"/><path d="M290 210 320 120 330 40"/></g>
  <circle cx="240" cy="150" r="34" fill="#0d5563"/><text x="120" y="470" font-size="22" fill="#b5420c">98°</text></svg>`;

function repetition(
  startT: number,
  keyT: number,
  endT: number,
  side: Side | null,
  view: Repetition['view'],
): Repetition {
  const frame = (seconds: number) => Math.round(seconds * 10);
  const frames = { startFrame: frame(startT), keyFrame: frame(keyT), endFrame: frame(endT) };
  return { ...frames, startT, keyT, endT, side, view, kind: null };
}

export const SIGNED_IN: SignedIn = {
  accessToken: 'made-up',
  tokenType: 'Bearer',
  expiresIn: 900,
  account: { id: ID, email: 'ann@example.org', emailVerified: true, tier: 'free', timeZone: 'Europe/Berlin' },
};

export const DETAILS: AccountDetails = {
  ...SIGNED_IN.account,
  consentVersion: '2026-11',
  createdAt: '2026-09-14T08:20:00.000Z',
  subscription: { tier: 'free' },
};

export const SESSIONS: readonly Session[] = [
  session('this', 'Firefox on Linux', true),
  session('other', 'Safari on iOS', false),
];

function session(id: string, client: string, current: boolean): Session {
  const [createdAt, lastUsedAt, expiresAt] = [
    '2026-11-01T09:00:00.000Z',
    '2026-11-02T17:05:00.000Z',
    '2026-12-02T17:05:00.000Z',
  ];
  return { id, client, current, createdAt, lastUsedAt, expiresAt };
}

export function created(test: TestSlug, contentType = 'video/mp4'): Attempt {
  return {
    id: ID,
    test,
    tier: 'pro',
    state: 'created',
    runs: 0,
    createdAt: '2026-11-02T17:05:00.000Z',
    contentType,
    sizeBytes: 1_200_000,
    uploadUrl: `/api/attempts/${ID}/video`,
  };
}

export function scored(test: TestSlug): Attempt {
  return { ...created(test), state: 'valid', assessment: assessment(test, SQUAT), keyFrames: KEY_FRAMES };
}

export function refused(test: TestSlug): Attempt {
  return { ...created(test), state: 'invalid', assessment: assessment(test, null) };
}

function keyFrame(number: number, caption: string, atSeconds: number): KeyFrame {
  return { number, caption, atSeconds, url: `/api/attempts/${ID}/key-frames/${number}.svg` };
}

function assessment(test: TestSlug, result: TestResult | null): Assessment {
  const check = (code: Check['code'], passed: boolean, instruction: string | null): Check => ({
    code,
    passed,
    instruction,
    value: null,
    limit: null,
  });
  return {
    test,
    status: result === null ? 'INVALID' : 'VALID',
    quality: {
      qualityScore: result === null ? 0.2 : 0.9,
      brightness: 120,
      confidenceAvg: 0.9,
      motionVariance: 0.2,
      trackedShare: 1,
      checks: [
        check('BAD_LIGHTING', result !== null, result && 'Use even light from the front and record again.'),
        check(
          'OUT_OF_FRAME',
          result !== null,
          'Step back until your whole body stays in view, and record again.',
        ),
        check('MULTIPLE_PEOPLE', true, null),
      ],
    },
    feedback: result === null ? 'Use even light from the front and record again.' : result.bucketText,
    result,
  };
}
