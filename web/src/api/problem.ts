/** Errors as the API gives them: RFC 9457 problem documents, and the kinds that never reach the API. */

import type { Tier } from './schema';

/** A problem document. `status` 0 means that no answer came at all. */
export interface Problem {
  /** Stable name of the kind of problem. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What a person can do about it, when the server said. */
  readonly detail?: string;
  /** What to quote to support. */
  readonly requestId?: string;
  /** Seconds to wait before another try, from `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** The field whose value is not accepted. */
  readonly field?: string;
  /** The cheapest tier that has what was asked for, where the person's tier lacks it. */
  readonly availableIn?: Tier;
}

export const NO_CONNECTION = 'client:no-connection';
export const NOT_UNDERSTOOD = 'client:not-understood';
export const BUG = 'client:bug';

/** Thrown by everything in `api/` when a call does not end well. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.title}`);
    this.name = 'ApiError';
    this.problem = problem;
  }

  /** Whether the same call may end well if it is simply made again. */
  get isPassing(): boolean {
    const { status, type } = this.problem;
    return type === NO_CONNECTION || [408, 425, 429, 502, 503, 504].includes(status);
  }
}

/** The problem of a call that got no answer, or whose answer broke off. */
export function noConnection(): ApiError {
  return new ApiError({ type: NO_CONNECTION, title: 'No connection', status: 0 });
}

/** The problem of an answer that is not what this client was built for. */
export function notUnderstood(what: string): ApiError {
  return new ApiError({ type: NOT_UNDERSTOOD, title: `Unexpected answer: ${what}`, status: 0 });
}

/** The tier that has what a problem says is not part of the person's own; undefined for every other problem. */
export function lockedUntil({ type, availableIn }: Problem): Tier | undefined {
  return type.startsWith('/problems/tier-lacks-') ? availableIn : undefined;
}

/** Whether it is the video itself that is not taken: sent again it meets the same. */
export function refusesVideo({ type }: Problem): boolean {
  return ['/problems/media-type', '/problems/not-a-video', '/problems/too-large'].includes(type);
}

/** The problem of a fault in this client itself. */
export function bug(error: unknown): Problem {
  return { type: BUG, title: String(error), status: 0 };
}

/** The problem that an error is. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  // A bug of ours: say so on screen, and where developers look.
  console.error(error);
  return bug(error);
}

/** Reads an answer that is not a success. An answer without a problem document still becomes a problem. */
export function problemFrom(status: number, body: string, header: (name: string) => string | null): ApiError {
  const document = parseObject(body);
  const problem: Problem = {
    type: text(document['type']) ?? 'about:blank',
    title: text(document['title']) ?? `HTTP ${status}`,
    status,
    ...optional('detail', text(document['detail'])),
    ...optional('requestId', text(document['requestId']) ?? header('x-request-id') ?? undefined),
    ...optional(
      'retryAfterSeconds',
      retryAfter(header('retry-after'), Date.now()) ?? count(document['retryAfterSeconds']),
    ),
    ...optional('field', text(document['field'])),
    ...optional('availableIn', text(document['availableIn']) as Tier | undefined),
  };
  return new ApiError(problem);
}

/** `Retry-After` is either seconds or a date. */
export function retryAfter(value: string | null, nowMilliseconds: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value);
  const until = Date.parse(value);
  return Number.isNaN(until) ? undefined : Math.max(0, Math.ceil((until - nowMilliseconds) / 1000));
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // A proxy's HTML page, or nothing: the status alone has to do.
    return {};
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
