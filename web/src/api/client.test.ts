import { afterEach, expect, test, vi } from 'vitest';
import { created, scored } from '../../mock/answers.ts';
import { flowApi, scoreEventFrom } from './client';
import { ApiError, problemFrom, retryAfter } from './problem';

const ATTEMPT = created('y-balance');
const { signal } = new AbortController();
const api = flowApi({ token: async () => undefined });

function answering(body: BodyInit | null, init?: ResponseInit) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(body, init));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

function problemOf(promise: Promise<unknown>) {
  return promise.then(
    () => {
      throw new Error('the call ended well');
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(ApiError);
      return (error as ApiError).problem;
    },
  );
}

async function eventsOf(id: string) {
  const events: unknown[] = [];
  for await (const event of api.score(id, signal)) events.push(event);
  return events;
}

afterEach(() => vi.unstubAllGlobals());

test('an attempt is asked for with its key', async () => {
  const fetch = answering(JSON.stringify(ATTEMPT), { status: 201 });
  const wanted = { test: 'y-balance', contentType: 'video/mp4', sizeBytes: 7 } as const;
  expect(await api.createAttempt(wanted, 'key-1', signal)).toEqual(ATTEMPT);
  expect(fetch).toHaveBeenCalledWith('/api/attempts', {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', 'idempotency-key': 'key-1' },
    body: JSON.stringify(wanted),
    signal,
  });
});

test('a token that is no longer taken is renewed once', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>(async (_path, init) => {
    return new Headers(init?.headers).get('authorization') === 'Bearer second'
      ? new Response(JSON.stringify(ATTEMPT))
      : new Response('{}', { status: 401 });
  });
  vi.stubGlobal('fetch', fetch);
  const asked: (string | undefined)[] = [];
  const renewing = flowApi({
    async token(refused) {
      asked.push(refused);
      return refused === undefined ? 'first' : 'second';
    },
  });
  expect(await renewing.attempt('a', signal)).toEqual(ATTEMPT);
  expect(asked).toEqual([undefined, 'first']);

  const ended = flowApi({ token: async (refused) => (refused === undefined ? 'first' : undefined) });
  expect(await problemOf(ended.attempt('a', signal))).toMatchObject({ status: 401 });
  expect(fetch).toHaveBeenCalledTimes(3);
});

test('a score is streamed, and kinds of events from the future are passed over', async () => {
  const result = scored('y-balance');
  const lines = [
    { type: 'progress', done: 1, total: 2 },
    { type: 'weather', of: 'the future' },
    { type: 'result', attempt: result },
  ];
  answering(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), {
    headers: { 'content-type': 'application/x-ndjson' },
  });
  expect(await eventsOf('a')).toEqual([lines[0], lines[2]]);
});

test('a stream cut inside an event is a lost connection', async () => {
  answering('{"type":"progress","done":1,"total":2}\n{"type":"resu');
  expect(await problemOf(eventsOf('a'))).toMatchObject({ type: 'client:no-connection', status: 0 });
});

test('an event of failure ends the stream with its problem', () => {
  const problem = {
    type: '/problems/busy',
    title: 'Busy',
    status: 503,
    requestId: 'r-1',
    retryAfterSeconds: 5,
  };
  expect(() => scoreEventFrom({ type: 'error', problem })).toThrow(
    expect.objectContaining({ problem: expect.objectContaining(problem) }),
  );
});

test('a problem document keeps everything a person needs', async () => {
  const document = {
    type: '/problems/busy',
    title: 'Busy',
    status: 503,
    detail: 'Ask again',
    requestId: 'r-1',
  };
  answering(JSON.stringify(document), {
    status: 503,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '5' },
  });
  expect(await problemOf(api.attempt('a', signal))).toEqual({ ...document, retryAfterSeconds: 5 });
});

test('an answer without a problem document is still a problem', () => {
  const { problem } = problemFrom(502, '<html>Bad gateway</html>', (name) =>
    name === 'x-request-id' ? 'r-2' : null,
  );
  expect(problem).toEqual({ type: 'about:blank', title: 'HTTP 502', status: 502, requestId: 'r-2' });
});

test('no answer at all is a lost connection', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await problemOf(api.attempt('a', signal))).toMatchObject({ type: 'client:no-connection' });
});

test.each([
  ['no JSON', '<html>'],
  ['an attempt without a state', '{"id":"a"}'],
])('%s is not mistaken for an attempt', async (_name, body) => {
  answering(body);
  expect(await problemOf(api.attempt('a', signal))).toMatchObject({ type: 'client:not-understood' });
});

const UPLOAD = { onOffset: () => undefined, onSent: () => undefined };

test.each([
  ['nothing', 'null'],
  ['no number', '{"receivedBytes":"7","sizeBytes":7}'],
  ['no size', '{"receivedBytes":7}'],
])('%s is not mistaken for what is there of a video', async (_name, body) => {
  answering(body);
  expect(await problemOf(api.uploadVideo(ATTEMPT, new Blob(['1234567']), UPLOAD, signal))).toMatchObject({
    type: 'client:not-understood',
  });
});

test('a video that is there already is not sent again', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>(async (path) =>
    Response.json(String(path).endsWith('/video') ? { receivedBytes: 7, sizeBytes: 7 } : ATTEMPT),
  );
  vi.stubGlobal('fetch', fetch);
  const onOffset = vi.fn();
  const video = new Blob(['1234567']);
  expect(await api.uploadVideo(ATTEMPT, video, { ...UPLOAD, onOffset }, signal)).toEqual(ATTEMPT);
  expect(onOffset).toHaveBeenCalledWith(7);
});

test.each([
  ['30', 30],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', undefined],
  [null, undefined],
])('Retry-After %s is %s seconds', (value, expected) => {
  expect(retryAfter(value, Date.parse('2026-01-01T00:00:00Z'))).toBe(expected);
});
