import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Unit } from '../api/types';
import { amount, confidenceInWords, fileSize, quantity } from './format';
import { GATES, gateText } from './gates';
import { inWords, repetitionName } from './measures';
import { adviceFor, inWords as waitInWords } from './problems';
import { outcomeOf, outcomeSentence, SIDE_OUTCOMES, severityOf } from './results';
import { TESTS } from './tests';
import { objectionText } from './ui';

function problem(status: number, more: object = {}) {
  return { type: 'about:blank', title: 'x', status, ...more };
}

describe('problems', () => {
  const statuses = [
    0, 400, 401, 402, 403, 404, 405, 408, 409, 410, 411, 412, 413, 415, 422, 425, 428, 429, 431,
  ];
  test.each([...statuses, 418, 451, 500, 501, 502, 503, 504, 507, 511, 599, 302])(
    'status %i says what happened and what to do',
    (status) => {
      const { title, whatToDo } = adviceFor(problem(status));
      expect(title.length).toBeGreaterThan(8);
      expect(whatToDo).toMatch(/^[A-Z].{10,}[.!?]$/);
    },
  );

  test('the detail of the server comes before our general words', () => {
    expect(adviceFor(problem(403, { detail: 'Plank is part of Pro and above' })).whatToDo).toBe(
      'Plank is part of Pro and above.',
    );
  });

  test('a file that is refused says what it cost', () => {
    const { whatToDo } = adviceFor(problem(422, { type: '/problems/not-a-video', detail: 'an IVF file' }));
    expect(whatToDo).toMatch(/counts as one of today’s videos\.$/);
  });

  test('details for developers are kept from people', () => {
    const advice = adviceFor(
      problem(422, { type: '/problems/idempotency-key-reused', detail: 'Use a new key' }),
    );
    expect(advice.whatToDo).not.toContain('key');
  });

  test.each(['email', 'newEmail'])('a %s that is not accepted is told in plain words', (field) => {
    const detail = 'The value of email is not accepted: at most 254 bytes are expected.';
    expect(adviceFor(problem(400, { type: '/problems/invalid-value', field, detail }))).toEqual({
      title: 'Check the e-mail address',
      whatToDo: 'This e-mail address cannot be used. Check it for typing errors.',
    });
  });

  test('says when to come back', () => {
    expect(adviceFor(problem(429, { retryAfterSeconds: 1800 })).whatToDo).toContain('in 30 minutes.');
  });

  test.each([
    [0, '1 second'],
    [1, '1 second'],
    [59, '59 seconds'],
    [120, '2 minutes'],
    [3600, '60 minutes'],
    [86_400, '24 hours'],
  ])('%i seconds are %s', (seconds, words) => {
    expect(waitInWords(seconds)).toBe(words);
  });
});

describe('quality gates', () => {
  // The codes of product requirement G2, those that the assessment adds, and what the client tells apart.
  const codes = [
    'INVALID_NO_PERSON',
    'LOW_CONFIDENCE',
    'NO_MOTION',
    'BAD_LIGHTING',
    'TOO_DARK',
    'TOO_BRIGHT',
    'WRONG_ANGLE',
    'OCCLUSION',
    'OUT_OF_FRAME',
    'WRONG_MOVEMENT',
    'MULTIPLE_PEOPLE',
    'TOO_LONG',
    'TOO_SHORT',
    'INCOMPLETE',
    'UNREADABLE_VIDEO',
    'OVER_TIME',
  ];
  test.each(codes)('%s has a heading and an instruction of its own', (code) => {
    expect(GATES[code]?.title).toBeTruthy();
    expect(GATES[code]?.instruction).toMatch(/\.$/);
  });

  test('no two gates share a heading', () => {
    const titles = Object.values(GATES).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('an unknown gate keeps the words of the server', () => {
    expect(gateText('TOO_WINDY', 'Close the window.')).toEqual({
      title: 'There is a problem with the video',
      instruction: 'Close the window.',
    });
  });
});

test.each<[number, Unit, string, string]>([
  [14.34, 'deg', '14°', '14'],
  [-0.4, 'deg', '0°', '0'],
  [19.96, 's', '20.0 s', '20.0'],
  [0.048, 'legLengths', '5% of leg', '5'],
  [93.6, '%legLength', '94% of leg', '94'],
  [0.72, 'score', '72 of 100', '72'],
  [6, 'count', '6', '6'],
])('%d %s reads as %s', (value, unit, whole, bare) => {
  expect(quantity(value, unit)).toBe(whole);
  expect(amount(value, unit)).toBe(bare);
});

test.each([
  ['kneeInsideFoot', 'left', 'Knee inside the foot, left'],
  ['trunkLean', null, 'Trunk lean forward'],
  ['hold', 'right', 'Longest hold, on the right leg'],
  ['quality', null, 'Quality score'],
  ['toeSpread', 'left', 'Toe spread, left'],
] as const)('the measure %s (%s) is called %s', (name, side, words) => {
  expect(inWords({ name, side, value: 1, unit: 'deg', repetitions: [] }).name).toBe(words);
});

test('a direction is named instead of a minus sign', () => {
  const measure = { name: 'kneeInsideFoot', side: 'left', unit: 'deg' } as const;
  expect(inWords({ ...measure, value: -9.2, repetitions: [-12, -9.2, 0.5] })).toEqual({
    name: 'Knee outside the foot, left',
    value: 9.2,
    repetitions: [12, 9.2, -0.5],
    way: 'behind',
  });
  expect(inWords({ ...measure, value: 9.2, repetitions: [9.2] })).toEqual({
    name: 'Knee inside the foot, left',
    value: 9.2,
    repetitions: [9.2],
    way: 'ahead',
  });
});

test('less than nothing of what has no other direction is nothing', () => {
  const measure = { name: 'heelRise', side: 'left', unit: 'legLengths' } as const;
  expect(inWords({ ...measure, value: -0.01, repetitions: [-0.02, 0.01] })).toEqual({
    name: 'Heel off the floor, left',
    value: 0,
    repetitions: [0, 0.01],
  });
});

test('a repetition is called by its kind and side, where it has them', () => {
  expect(repetitionName('posteromedial', 'left')).toBe('Reach back and out, on the left leg');
  expect(repetitionName('hold', 'right')).toBe('Hold on the right leg');
  expect(repetitionName(null, 'left')).toBe('Left');
  expect(repetitionName(null, null)).toBeUndefined();
});

test('less confidence is said in other words', () => {
  expect(new Set([0.95, 0.7, 0.3].map(confidenceInWords)).size).toBe(3);
});

test.each([
  ['overhead-squat', ['good', 'compensation', 'significant']],
  ['y-balance', ['symmetric', 'asymmetric']],
  ['single-leg-balance', ['pass', 'limited', 'significant']],
])('every outcome of %s has a headline of its own', (name, buckets) => {
  const headlines = buckets.map((bucket) => outcomeOf(name, bucket, null).headline);
  expect(new Set(headlines).size).toBe(buckets.length);
  for (const headline of headlines) expect(buckets).not.toContain(headline);
});

test('how marked an outcome is speaks of sides only where sides are compared', () => {
  for (const severity of ['mild', 'moderate', 'marked']) {
    expect(severityOf('y-balance', severity)).toContain('difference');
    expect(severityOf('dead-bug', severity)).toBeTruthy();
    expect(severityOf('dead-bug', severity)).not.toContain('difference');
  }
  expect(severityOf('y-balance', 'none')).toBeUndefined();
  expect(severityOf('dead-bug', null)).toBeUndefined();
});

const THRESHOLDS = readFileSync(
  new URL('../../../crates/catalog/data/thresholds.toml', import.meta.url),
  'utf8',
);

test('every test with cut-offs has a guide, and no other', () => {
  const scored = Array.from(THRESHOLDS.matchAll(/^\[([a-z0-9-]+)\.cutoffs\]$/gm), ([, slug]) => slug);
  expect(scored.length).toBeGreaterThan(0);
  expect(TESTS.map(({ slug }) => slug).toSorted()).toEqual(scored.toSorted());
});

test('every bucket has a headline and a name for a side', () => {
  const tables = THRESHOLDS.split(/^\[[a-z0-9-]+\.buckets\]$/m).slice(1);
  const buckets = tables.flatMap((table) =>
    Array.from(table.split(/^#/m)[0]?.matchAll(/^([a-z-]+) = "/gm) ?? [], ([, bucket = '']) => bucket),
  );
  expect(buckets.length).toBeGreaterThan(30);
  for (const bucket of buckets) {
    expect(outcomeOf('any', bucket, null).headline).not.toBe(bucket);
    expect(SIDE_OUTCOMES[bucket], bucket).toBeTruthy();
  }
});

test('every test is explained', () => {
  for (const guide of TESTS) {
    expect(guide.setUp.length, guide.slug).toBeGreaterThanOrEqual(3);
    expect(guide.steps.length, guide.slug).toBeGreaterThanOrEqual(3);
  }
});

test.each([
  [0, '0 kB'],
  [11, '1 kB'],
  [551_990, '552 kB'],
  [998_100, '999 kB'],
  [999_999, '1.0 MB'],
  [3_539_303, '3.5 MB'],
])('a file of %i bytes has %s', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words);
});

test('an objection names what was found and what is allowed', () => {
  expect(objectionText({ reason: 'too-large', bytes: 63_400_000 })).toMatch(/63\.4 MB.*50 MB/);
  expect(objectionText({ reason: 'too-long', seconds: 61.3 })).toMatch(/61\.3 s.*45 seconds/);
});

test('what the video did not show is not praised', () => {
  const praise = 'Deep, upright squat with knees over the feet and heels down.';
  expect(outcomeSentence('well', praise, [])).toBe(praise);
  expect(outcomeSentence('well', praise, ['Heels: turn side-on.'])).not.toContain('heels');
  expect(outcomeSentence('low', 'The left heel lifts.', ['Right heel.'])).toBe('The left heel lifts.');
});
