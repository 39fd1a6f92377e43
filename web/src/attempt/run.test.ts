import { expect, test } from 'vitest';
import { created, refused, scored } from '../../mock/answers.ts';
import type { FlowApi } from '../api/client';
import { ApiError, noConnection } from '../api/problem';
import type { Attempt, ScoreEvent } from '../api/types';
import { resume, type Step, type Submission, submit } from './run';

const NEW = created('overhead-squat');
const UPLOADED: Attempt = { ...NEW, state: 'uploaded' };
const VALID = scored('overhead-squat');
const BUSY = new ApiError({ type: '/problems/busy', title: 'busy', status: 503, retryAfterSeconds: 5 });

const SUBMISSION: Submission = {
  test: 'overhead-squat',
  video: new Blob(['0123456789']),
  contentType: 'video/mp4',
  idempotencyKey: 'key-1',
};

/** What each call of the API does, call by call: gives its value, or throws it if it is an error. */
interface Script {
  readonly create?: readonly (Attempt | Error)[];
  readonly upload?: readonly (Attempt | Error)[];
  /** How much of the video is there when each upload begins; nothing where it is not said. */
  readonly offsets?: readonly number[];
  readonly read?: readonly (Attempt | Error)[];
  /** Events of each stream; an error breaks it off, an end without a result does too. */
  readonly score?: readonly (readonly (ScoreEvent | Error)[])[];
}

function given(script: Script) {
  const calls: string[] = [];
  const steps: Step[] = [];
  const ids: string[] = [];
  const left = { create: [NEW], upload: [UPLOADED], offsets: [], read: [], score: [], ...script };
  const queues = copyOf(left);
  const next = <T>(queue: (T | Error)[], call: string): T => {
    calls.push(call);
    const answer = queue.shift();
    if (answer === undefined) throw new Error(`nothing scripted for ${call}`);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const api: FlowApi = {
    createAttempt: async (attempt, key) =>
      next(queues.create, `create ${attempt.test} ${attempt.sizeBytes} ${key}`),
    uploadVideo: async (attempt, _video, { onOffset, onSent }) => {
      const offset = queues.offsets.shift() ?? 0;
      onOffset(offset);
      onSent(offset + 1);
      return next(queues.upload, `upload ${attempt.id.slice(-2)}`);
    },
    attempt: async (id) => next(queues.read, `read ${id.slice(-2)}`),
    async *score(id) {
      for (const event of next<readonly (ScoreEvent | Error)[]>(queues.score, `score ${id.slice(-2)}`)) {
        if (event instanceof Error) throw event;
        yield event;
      }
    },
    keyFrame: () => Promise.reject(new Error('not part of a run')),
  };
  const around = {
    api,
    wait: async () => undefined,
    signal: new AbortController().signal,
    onStep: (step: Step) => steps.push(step),
    onAttempt: (id: string) => ids.push(id.slice(-2)),
  };
  return { around, calls, steps, ids };
}

/** Queues that can be emptied without touching the script; errors keep their class. */
function copyOf(script: Required<Script>) {
  return {
    create: [...script.create],
    upload: [...script.upload],
    offsets: [...script.offsets],
    read: [...script.read],
    score: [...script.score],
  };
}

function progress(done: number): ScoreEvent {
  return { type: 'progress', done, total: 9 };
}

function result(attempt: Attempt): ScoreEvent {
  return { type: 'result', attempt };
}

test('a video goes from the choice to its result, and every step is told', async () => {
  const { around, calls, steps, ids } = given({ score: [[progress(0), progress(9), result(VALID)]] });
  expect(await submit(SUBMISSION, around)).toBe(VALID);
  expect(calls).toEqual(['create overhead-squat 10 key-1', 'upload ab', 'score ab']);
  expect(ids).toEqual(['ab']);
  expect(steps).toEqual([
    { name: 'asking' },
    { name: 'sending', sentBytes: 0, totalBytes: 10 },
    { name: 'sending', sentBytes: 1, totalBytes: 10 },
    { name: 'queued' },
    { name: 'scoring', done: 0, total: 9 },
    { name: 'scoring', done: 9, total: 9 },
  ]);
});

test('a refused video is an end like any other', async () => {
  const invalid = refused('overhead-squat');
  const { around } = given({ score: [[result(invalid)]] });
  expect(await submit(SUBMISSION, around)).toBe(invalid);
});

test('a stream that breaks off is picked up by calling again', async () => {
  const { around, calls, steps } = given({
    score: [[progress(3), noConnection()], [progress(4)], [progress(5), result(VALID)]],
  });
  expect(await submit(SUBMISSION, around)).toBe(VALID);
  expect(calls.filter((call) => call === 'score ab')).toHaveLength(3);
  expect(steps.filter((step) => step.name === 'waiting')).toEqual([
    { name: 'waiting', seconds: 1, because: 'lost' },
    { name: 'waiting', seconds: 1, because: 'lost' },
  ]);
});

test('streams that break off again and again without getting further end as a lost connection', async () => {
  const { around } = given({ score: Array.from({ length: 9 }, () => [progress(3)]) });
  await expect(submit(SUBMISSION, around)).rejects.toMatchObject({
    problem: { type: 'client:no-connection' },
  });
});

test('a fault of the server and a full house are told while the stream goes on', async () => {
  const events: ScoreEvent[] = [
    progress(5),
    { type: 'retrying', run: 2, of: 3 },
    { type: 'waiting', retryAfterSeconds: 7 },
    progress(1),
    result(VALID),
  ];
  const { around, calls, steps } = given({ score: [events] });
  expect(await submit(SUBMISSION, around)).toBe(VALID);
  expect(calls.filter((call) => call.startsWith('score'))).toHaveLength(1);
  expect(steps.slice(-4)).toEqual([
    { name: 'scoring', done: 5, total: 9 },
    { name: 'again' },
    { name: 'waiting', seconds: 7, because: 'busy' },
    { name: 'scoring', done: 1, total: 9 },
  ]);
});

test('a busy server is waited for, with its own reason on screen', async () => {
  const { around, steps } = given({ score: [[BUSY], [result(VALID)]] });
  expect(await submit(SUBMISSION, around)).toBe(VALID);
  expect(steps).toContainEqual({ name: 'waiting', seconds: 5, because: 'busy' });
});

test('a broken upload is sent again under the same attempt', async () => {
  const { around, calls } = given({ upload: [noConnection(), UPLOADED], score: [[result(VALID)]] });
  await submit(SUBMISSION, around);
  expect(calls.filter((call) => call === 'upload ab')).toHaveLength(2);
  expect(calls.filter((call) => call.startsWith('create'))).toHaveLength(1);
});

test('an upload that gets further with each break is picked up as often as it takes, from where it was', async () => {
  const breaks = Array.from({ length: 9 }, () => noConnection());
  const { around, steps } = given({
    upload: [...breaks, UPLOADED],
    offsets: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    score: [[result(VALID)]],
  });
  expect(await submit(SUBMISSION, around)).toBe(VALID);
  const sent = steps.flatMap((step) => (step.name === 'sending' ? [step.sentBytes] : []));
  expect(sent).toEqual(sent.toSorted((one, other) => one - other));
});

test('an upload that breaks again and again at the same place ends as a lost connection', async () => {
  const { around } = given({
    upload: Array.from({ length: 9 }, () => noConnection()),
    offsets: Array.from({ length: 9 }, () => 5),
  });
  await expect(submit(SUBMISSION, around)).rejects.toMatchObject({
    problem: { type: 'client:no-connection' },
  });
});

test('a lost answer to the creation is asked for again under the same key', async () => {
  const { around, calls } = given({ create: [noConnection(), NEW], score: [[result(VALID)]] });
  await submit(SUBMISSION, around);
  expect(calls.slice(0, 2)).toEqual(['create overhead-squat 10 key-1', 'create overhead-squat 10 key-1']);
});

test('a video that was sent before leads to the attempt that stands for it', async () => {
  const brief: Attempt = { ...NEW, id: NEW.id.replace(/..$/, 'cd'), state: 'valid' };
  const before: Attempt = { ...VALID, id: brief.id };
  const { around, calls, ids } = given({ upload: [brief], read: [before] });
  expect(await submit(SUBMISSION, around)).toBe(before);
  expect(calls.slice(2)).toEqual(['read cd']);
  expect(ids).toEqual(['ab', 'cd']);
});

test('an attempt whose video is there already is not sent twice', async () => {
  const { around, calls } = given({ create: [UPLOADED], score: [[result(VALID)]] });
  await submit(SUBMISSION, around);
  expect(calls).toEqual(['create overhead-squat 10 key-1', 'score ab']);
});

test('a refusal by the server ends the run with its problem', async () => {
  const refusal = new ApiError({ type: '/problems/not-a-video', title: 'Not a video', status: 422 });
  const { around } = given({ upload: [refusal] });
  await expect(submit(SUBMISSION, around)).rejects.toBe(refusal);
});

test.each<[string, Attempt, number]>([
  ['is scored on', { ...NEW, state: 'scoring' }, 1],
  ['is shown when it is final', VALID, 0],
  ['is given back when its video never arrived', NEW, 0],
])('after a reload an attempt %s', async (_name, found, scores) => {
  const { around, calls } = given({ read: [found], score: [[result(VALID)]] });
  expect(await resume(found.id, around)).toEqual(scores === 0 ? found : VALID);
  expect(calls.filter((call) => call.startsWith('score'))).toHaveLength(scores);
});
