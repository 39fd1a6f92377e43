/** Makes a call again when it failed for a reason that passes: connection lost, server busy, server restarting. */

import { ApiError } from '../api/problem';

/** Waits before the second, third... try, in seconds. */
export const DELAYS_SECONDS = [1, 2, 4, 8, 15] as const;

/** How often a server may say when to come back before the person should decide. */
export const MOST_INVITATIONS = 20;

/** A wait longer than this is for the person to decide on, not for a progress bar. */
const LONGEST_WAIT_SECONDS = 30;

/** Resolves after so many seconds; rejects when `signal` aborts. */
export type Wait = (seconds: number, signal: AbortSignal) => Promise<void>;

interface RetryOptions {
  readonly wait: Wait;
  readonly signal: AbortSignal;
  /** Told before each wait, with the failure that led to it. */
  readonly onWait?: (seconds: number, failure: ApiError) => void;
}

/**
 * Calls until it ends well, fails for good, or has failed too often in a row. `call` gets a function that it calls
 * whenever it has got further than before: failures count from there.
 */
export async function withRetries<T>(
  call: (gotFurther: () => void) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  let failures = 0;
  for (;;) {
    try {
      return await call(() => {
        failures = 0;
      });
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof ApiError) || !error.isPassing) throw error;
      const seconds = waitAfter(error, failures);
      if (seconds === undefined) throw error;
      failures += 1;
      options.onWait?.(seconds, error);
      await options.wait(seconds, options.signal);
    }
  }
}

/** How long to wait before another try, or undefined when there should be none. */
function waitAfter({ problem }: ApiError, failures: number): number | undefined {
  const asked = problem.retryAfterSeconds;
  if (asked === undefined) return DELAYS_SECONDS[failures];
  // A server that says when to come back means it; it gets more patience than one that is silent.
  return asked > LONGEST_WAIT_SECONDS || failures >= MOST_INVITATIONS ? undefined : Math.max(1, asked);
}

/** Waits on the real clock. */
export const waitOnClock: Wait = (seconds, signal) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, seconds * 1000);
    signal.addEventListener('abort', stop, { once: true });
  });
