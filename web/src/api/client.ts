/**
 * Calls about attempts. Every function ends in a typed answer or throws `ApiError`; an aborted call throws the signal's
 * reason.
 */

import { readEvents, streamFormat } from './events';
import { ApiError, noConnection, notUnderstood, problemFrom } from './problem';
import { authorized, call, json, parsed, sending, type TokenSource } from './transport';
import type { Attempt, NewAttempt, ScoreEvent } from './types';

/** What the rest of the client may ask of the API; tests bring their own. */
export interface FlowApi {
  /** Asks for an attempt. The same `idempotencyKey` gives the same attempt. */
  createAttempt(attempt: NewAttempt, idempotencyKey: string, signal: AbortSignal): Promise<Attempt>;
  /** Sends the video and gives the attempt that stands for it. */
  uploadVideo(
    attempt: Attempt,
    video: Blob,
    onSent: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<Attempt>;
  /** Scores, telling each event as it arrives. Safe to call again at any time. */
  score(id: string, signal: AbortSignal): AsyncGenerator<ScoreEvent, void, void>;
  attempt(id: string, signal: AbortSignal): Promise<Attempt>;
  /** A drawn skeleton, as an SVG document. */
  keyFrame(url: string, signal: AbortSignal): Promise<Blob>;
}

/** The API as whoever `tokens` are of. */
export function flowApi(tokens: TokenSource): FlowApi {
  return {
    async createAttempt(attempt, idempotencyKey, signal) {
      const wanted = sending('POST', attempt, { 'idempotency-key': idempotencyKey });
      const response = await call('/api/attempts', { ...wanted, signal }, tokens);
      return attemptFrom(await json(response));
    },

    async uploadVideo(attempt, video, onSent, signal) {
      const path = attempt.uploadUrl ?? attemptPath(attempt.id, '/video');
      const sent = await authorized(
        (token) => upload(path, attempt.contentType, token, video, onSent, signal),
        ({ status }) => status === 401,
        tokens,
      );
      if (sent.status < 200 || sent.status > 299) throw problemFrom(sent.status, sent.body, sent.header);
      // An empty answer means: taken as it was asked for.
      return sent.body === '' ? { ...attempt, state: 'uploaded' } : attemptFrom(parsed(sent.body));
    },

    async *score(id, signal) {
      const wanted = { method: 'POST', headers: { accept: 'application/x-ndjson' }, signal };
      const response = await call(attemptPath(id, '/score'), wanted, tokens);
      if (response.body === null) throw noConnection();
      try {
        for await (const event of readEvents(
          response.body,
          streamFormat(response.headers.get('content-type')),
        )) {
          const known = scoreEventFrom(event);
          if (known !== undefined) yield known;
        }
      } catch (error) {
        // The stream broke off, or broke off inside an event: either way it is picked up by calling again.
        if (error instanceof ApiError || signal.aborted) throw error;
        throw noConnection();
      }
    },

    async attempt(id, signal) {
      return attemptFrom(await json(await call(attemptPath(id), { signal }, tokens)));
    },

    async keyFrame(url, signal) {
      const response = await call(url, { headers: { accept: 'image/svg+xml' }, signal }, tokens);
      return new Blob([await response.arrayBuffer()], { type: 'image/svg+xml' });
    },
  };
}

function attemptPath(id: string, rest = ''): string {
  return `/api/attempts/${encodeURIComponent(id)}${rest}`;
}

/** An answer to an upload, whatever it is. */
interface UploadAnswer {
  readonly status: number;
  readonly body: string;
  readonly header: (name: string) => string | null;
}

/** Only `XMLHttpRequest` tells how much of a body has been sent. */
function upload(
  path: string,
  contentType: string,
  token: string | undefined,
  video: Blob,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const over = (end: () => void) => () => {
      signal.removeEventListener('abort', abort);
      end();
    };
    request.open('PUT', path);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', contentType);
    if (token !== undefined) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.addEventListener('progress', ({ loaded }) => onSent(loaded));
    request.addEventListener(
      'error',
      over(() => reject(noConnection())),
    );
    request.addEventListener(
      'abort',
      over(() => reject(signal.reason)),
    );
    request.addEventListener(
      'load',
      over(() =>
        resolve({
          status: request.status,
          body: request.responseText,
          header: (name) => request.getResponseHeader(name),
        }),
      ),
    );
    signal.addEventListener('abort', abort);
    request.send(video);
  });
}

function attemptFrom(value: unknown): Attempt {
  if (!isObject(value) || typeof value['id'] !== 'string' || typeof value['state'] !== 'string')
    throw notUnderstood('an attempt without id or state');
  return value as unknown as Attempt;
}

/** An event this client knows; undefined for kinds that were invented after it. */
export function scoreEventFrom(value: unknown): ScoreEvent | undefined {
  if (!isObject(value)) throw notUnderstood('an event that is no object');
  switch (value['type']) {
    case 'progress': {
      const { done, total } = value;
      return { type: 'progress', done: number(done), total: number(total) };
    }
    case 'retrying':
      return { type: 'retrying', run: number(value['run']), of: number(value['of']) };
    case 'waiting':
      return { type: 'waiting', retryAfterSeconds: number(value['retryAfterSeconds']) };
    case 'result':
      return { type: 'result', attempt: attemptFrom(value['attempt']) };
    case 'error': {
      const problem = value['problem'];
      const status = isObject(problem) && typeof problem['status'] === 'number' ? problem['status'] : 500;
      throw problemFrom(status, JSON.stringify(problem), () => null);
    }
    default:
      return undefined;
  }
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw notUnderstood('an event without its numbers');
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
