/**
 * Calls about attempts. Every function ends in a typed answer or throws `ApiError`; an aborted call throws the signal's
 * reason.
 */

import { readEvents, streamFormat } from './events';
import { ApiError, noConnection, notUnderstood, problemFrom } from './problem';
import type { Upload } from './schema';
import { authorized, call, json, parsed, sending, type TokenSource } from './transport';
import type { Attempt, NewAttempt, ScoreEvent } from './types';

/** The upload goes on from another byte, or is done: a broken connection, or another tab that sends the same video, is further. */
const SENT_BY_ANOTHER = ['/problems/upload-offset', '/problems/has-video'];

/** Told while a video is sent; both in bytes from its beginning. */
interface UploadProgress {
  /** How much the server has already, before anything is sent. */
  readonly onOffset: (receivedBytes: number) => void;
  /** How much has left the browser, which may not all arrive. */
  readonly onSent: (bytes: number) => void;
}

/** What the rest of the client may ask of the API; tests bring their own. */
export interface FlowApi {
  /** Asks for an attempt. The same `idempotencyKey` gives the same attempt. */
  createAttempt(attempt: NewAttempt, idempotencyKey: string, signal: AbortSignal): Promise<Attempt>;
  /** Sends the video, or what is not there of it yet, and gives the attempt that stands for it. */
  uploadVideo(attempt: Attempt, video: Blob, progress: UploadProgress, signal: AbortSignal): Promise<Attempt>;
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

    async uploadVideo(attempt, video, { onOffset, onSent }, signal) {
      const path = attempt.uploadUrl ?? attemptPath(attempt.id, '/video');
      // What arrived before a connection broke is not sent again.
      const { receivedBytes, sizeBytes } = uploadFrom(await json(await call(path, { signal }, tokens)));
      onOffset(receivedBytes);
      // All of it means that the attempt has its video: there is nothing left to send.
      if (receivedBytes === sizeBytes) return this.attempt(attempt.id, signal);
      const rest = { path, contentType: attempt.contentType, from: receivedBytes, video };
      const sent = await authorized(
        (token) => upload(rest, token, onSent, signal),
        ({ status }) => status === 401,
        tokens,
      );
      if (sent.status < 200 || sent.status > 299) {
        const refusal = problemFrom(sent.status, sent.body, sent.header);
        // Asked once more how much is here, it goes on from there.
        throw SENT_BY_ANOTHER.includes(refusal.problem.type) ? noConnection() : refusal;
      }
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

/** What is still to be sent of a video: all from a byte on. */
interface Rest {
  readonly path: string;
  readonly contentType: string;
  readonly from: number;
  readonly video: Blob;
}

/** Only `XMLHttpRequest` tells how much of a body has been sent. */
function upload(
  { path, contentType, from, video }: Rest,
  token: string | undefined,
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
    request.open(from === 0 ? 'PUT' : 'PATCH', path);
    if (from > 0) request.setRequestHeader('upload-offset', String(from));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', contentType);
    if (token !== undefined) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.addEventListener('progress', ({ loaded }) => onSent(from + loaded));
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
    request.send(from === 0 ? video : video.slice(from));
  });
}

function attemptFrom(value: unknown): Attempt {
  if (!isObject(value) || typeof value['id'] !== 'string' || typeof value['state'] !== 'string')
    throw notUnderstood('an attempt without id or state');
  return value as unknown as Attempt;
}

function uploadFrom(value: unknown): Upload {
  const { receivedBytes, sizeBytes } = isObject(value) ? value : {};
  if (typeof receivedBytes !== 'number' || typeof sizeBytes !== 'number')
    throw notUnderstood('an upload without its sizes');
  return { receivedBytes, sizeBytes };
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
