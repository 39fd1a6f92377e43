import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { created, refused } from '../../mock/answers.ts';
import type { Attempt } from '../api/types';
import { GATES, gateText } from '../texts/gates';
import { reasonsOf } from './reasons';

test('failed checks are given in order, with the instruction of the server first', () => {
  expect(reasonsOf(refused('y-balance'))).toEqual([
    { code: 'BAD_LIGHTING', ...gateText('BAD_LIGHTING', undefined) },
    {
      code: 'OUT_OF_FRAME',
      title: 'You left the picture',
      instruction: 'Step back until your whole body stays in view, and record again.',
    },
  ]);
});

test.each([
  ['as dark as can be', 0, 30, 'TOO_DARK'],
  ['just too dark', 29.9, 30, 'TOO_DARK'],
  ['just too bright', 250.1, 250, 'TOO_BRIGHT'],
  ['not measured', null, null, 'BAD_LIGHTING'],
])('light that is %s is told as such', (_name, value, limit, code) => {
  const check = {
    code: 'BAD_LIGHTING',
    passed: false,
    instruction: 'The picture is too dark or too bright.',
    value,
    limit,
  } as const;
  const [reason] = reasonsOf(withChecks(check));
  expect(reason?.code).toBe(code);
  expect(reason?.instruction === check.instruction).toBe(code === 'BAD_LIGHTING');
});

describe('a video in which nothing was looked at', () => {
  test.each([
    [
      'This video cannot be scored: this MP4 file holds ProRes, which cannot be scored; record H.264 at 720p or less.',
      'UNREADABLE_VIDEO',
      'This MP4 file holds ProRes, which cannot be scored; record H.264 at 720p or less.',
    ],
    [
      'Scoring this video takes longer than the 15 s that the Free tier has for one video. Record at 720p or less.',
      'OVER_TIME',
      'Scoring this video takes longer than the 15 s that the Free tier has for one video. Record at 720p or less.',
    ],
    ['It is too windy.', '', 'It is too windy.'],
  ])('%s', (feedback, code, instruction) => {
    expect(reasonsOf(invalid(feedback))).toEqual([{ code, ...gateText(code, instruction) }]);
  });

  test('is told by how the server begins, which it does as here', () => {
    const source = readFileSync(
      new URL('../../../components/pose-score/src/outcome.rs', import.meta.url),
      'utf8',
    );
    const pairs = Array.from(source.matchAll(/"([A-Z_]+)",\s+format!\(\s*"([^{"]+)\{/g));
    expect(pairs.map(([, code]) => code)).toEqual(['UNREADABLE_VIDEO', 'OVER_TIME']);
    for (const [, code = '', opening = ''] of pairs) {
      expect(reasonsOf(invalid(`${opening}x.`))[0]).toMatchObject({ code, title: GATES[code]?.title });
    }
  });

  test('gets something to do also where the server says nothing', () => {
    expect(reasonsOf(invalid(undefined))[0]?.instruction).toMatch(/\.$/);
  });
});

function invalid(feedback: string | undefined): Attempt {
  return { ...created('y-balance'), state: 'invalid', ...(feedback === undefined ? {} : { feedback }) };
}

function withChecks(...checks: NonNullable<Attempt['assessment']>['quality']['checks']): Attempt {
  const attempt = refused('y-balance');
  if (attempt.assessment === undefined) throw new Error('a refused attempt has an assessment');
  const { assessment } = attempt;
  return { ...attempt, assessment: { ...assessment, quality: { ...assessment.quality, checks } } };
}
