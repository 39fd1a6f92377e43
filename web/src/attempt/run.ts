/** One attempt from a chosen video to its result: create, upload, score, with every drop picked up again. */

import type { FlowApi } from '../api/client';
import { type ApiError, noConnection } from '../api/problem';
import type { Attempt, TestSlug } from '../api/types';
import { type Wait, withRetries } from './retry';

/** How far an attempt is. */
export type Step =
  | { readonly name: 'asking' }
  | { readonly name: 'sending'; readonly sentBytes: number; readonly totalBytes: number }
  | { readonly name: 'queued' }
  | { readonly name: 'scoring'; readonly done: number; readonly total: number }
  | { readonly name: 'again' }
  | Waiting;

/** Nothing goes on until the next try. */
export interface Waiting {
  readonly name: 'waiting';
  readonly seconds: number;
  /** The server had no place free, or the connection broke. */
  readonly because: 'busy' | 'lost';
}

export interface Submission {
  readonly test: TestSlug;
  readonly video: Blob;
  readonly contentType: string;
  /** One per choice of a video: repeating the submission makes no second attempt. */
  readonly idempotencyKey: string;
}

export interface Surroundings {
  readonly api: FlowApi;
  readonly wait: Wait;
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
  /** Told the attempt's id as soon as it exists, so that a reload can come back to it. */
  readonly onAttempt: (id: string) => void;
}

/** Submits a video and gives the finished attempt: valid, invalid or failed. */
export async function submit(submission: Submission, around: Surroundings): Promise<Attempt> {
  const { api, signal, onStep, onAttempt } = around;
  const { test, video, contentType, idempotencyKey } = submission;
  onStep({ name: 'asking' });
  const created = await patiently(around, () =>
    api.createAttempt({ test, contentType, sizeBytes: video.size }, idempotencyKey, signal),
  );
  onAttempt(created.id);
  if (created.state !== 'created') return finish(created, around);

  const totalBytes = video.size;
  const sending = (bytes: number) =>
    onStep({ name: 'sending', sentBytes: Math.min(bytes, totalBytes), totalBytes });
  let furthest = 0;
  const uploaded = await withRetries((gotFurther) => {
    const onOffset = (receivedBytes: number) => {
      // On a bad line each try may bring some more: only those count that brought nothing.
      if (receivedBytes > furthest) gotFurther();
      furthest = Math.max(furthest, receivedBytes);
      sending(receivedBytes);
    };
    return api.uploadVideo(created, video, { onOffset, onSent: sending }, signal);
  }, retrying(around));
  // The same video may have been sent before: that attempt then stands for both.
  if (uploaded.id !== created.id) onAttempt(uploaded.id);
  return finish(uploaded, around);
}

/** Comes back to an attempt that was begun before a reload. Gives it as it is when its video never arrived. */
export async function resume(id: string, around: Surroundings): Promise<Attempt> {
  const attempt = await patiently(around, () => around.api.attempt(id, around.signal));
  return attempt.state === 'created' || isFinal(attempt) ? attempt : finish(attempt, around);
}

/** Scores what is not scored yet. Answers on the way here were brief: a result known before is asked for in full. */
async function finish(attempt: Attempt, around: Surroundings): Promise<Attempt> {
  const { api, signal, onStep } = around;
  if (isFinal(attempt)) return patiently(around, () => api.attempt(attempt.id, signal));
  onStep({ name: 'queued' });
  let furthest = -1;
  return withRetries(async (gotFurther) => {
    for await (const event of api.score(attempt.id, signal)) {
      if (event.type === 'result') return event.attempt;
      if (event.type === 'retrying') onStep({ name: 'again' });
      else if (event.type === 'waiting')
        onStep({ name: 'waiting', seconds: event.retryAfterSeconds, because: 'busy' });
      else {
        const { done, total } = event;
        if (done > furthest) gotFurther();
        furthest = Math.max(furthest, done);
        onStep({ name: 'scoring', done, total });
      }
    }
    // The stream ended without a result: the connection, or the machine behind it, is gone.
    throw noConnection();
  }, retrying(around));
}

/** Whether nothing more becomes of it. */
export function isFinal({ state }: Attempt): boolean {
  return state === 'valid' || state === 'invalid' || state === 'failed';
}

function patiently<T>(around: Surroundings, call: () => Promise<T>): Promise<T> {
  return withRetries(call, retrying(around));
}

function retrying({ wait, signal, onStep }: Surroundings) {
  const onWait = (seconds: number, { problem }: ApiError) =>
    onStep({ name: 'waiting', seconds, because: problem.status === 0 ? 'lost' : 'busy' });
  return { wait, signal, onWait };
}
