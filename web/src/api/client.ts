/**
 * The one place that calls the API. Every function ends in a typed answer or throws `ApiError`; an aborted call
 * throws the signal's reason.
 */

import { readEvents, streamFormat } from './events';
import { ApiError, noConnection, notUnderstood, problemFrom } from './problem';
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

export const api: FlowApi = {
  async createAttempt(attempt, idempotencyKey, signal) {
    const response = await call('/api/attempts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(attempt),
      signal,
    });
    return attemptFrom(await json(response));
  },

  uploadVideo(attempt, video, onSent, signal) {
    return upload(attempt.uploadUrl ?? attemptPath(attempt.id, '/video'), attempt, video, onSent, signal);
  },

  async *score(id, signal) {
    const response = await call(attemptPath(id, '/score'), {
      method: 'POST',
      headers: { accept: 'application/x-ndjson' },
      signal,
    });
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
    return attemptFrom(await json(await call(attemptPath(id), { signal })));
  },

  async keyFrame(url, signal) {
    const response = await call(url, { headers: { accept: 'image/svg+xml' }, signal });
    return new Blob([await response.arrayBuffer()], { type: 'image/svg+xml' });
  },
};

function attemptPath(id: string, rest = ''): string {
  return `/api/attempts/${encodeURIComponent(id)}${rest}`;
}

async function call(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init.headers } });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw noConnection();
  }
  if (!response.ok)
    throw problemFrom(response.status, await bodyText(response), (name) => response.headers.get(name));
  return response;
}

async function bodyText(response: Response): Promise<string> {
  return response.text().catch(() => {
    throw noConnection();
  });
}

async function json(response: Response): Promise<unknown> {
  return parsed(await bodyText(response));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw notUnderstood('not JSON');
  }
}

/** Only `XMLHttpRequest` tells how much of a body has been sent. */
function upload(
  path: string,
  attempt: Attempt,
  video: Blob,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Attempt> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const fail = (error: unknown) => {
      signal.removeEventListener('abort', abort);
      reject(error);
    };
    request.open('PUT', path);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', attempt.contentType);
    request.upload.addEventListener('progress', ({ loaded }) => onSent(loaded));
    request.addEventListener('error', () => fail(noConnection()));
    request.addEventListener('abort', () => fail(signal.reason));
    request.addEventListener('load', () => {
      const { status, responseText } = request;
      if (status < 200 || status > 299) {
        fail(problemFrom(status, responseText, (name) => request.getResponseHeader(name)));
        return;
      }
      try {
        // An empty answer means: taken as it was asked for.
        resolve(responseText === '' ? { ...attempt, state: 'uploaded' } : attemptFrom(parsed(responseText)));
        signal.removeEventListener('abort', abort);
      } catch (error) {
        fail(error);
      }
    });
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
