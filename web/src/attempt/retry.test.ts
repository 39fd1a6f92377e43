import { expect, test } from 'vitest';
import { ApiError, noConnection } from '../api/problem';
import { DELAYS_SECONDS, MOST_INVITATIONS, waitOnClock, withRetries } from './retry';

function problem(status: number, retryAfterSeconds?: number): ApiError {
  return new ApiError({
    type: 'about:blank',
    title: 'x',
    status,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** Runs a call that fails with each error in turn and then succeeds; gives the waits between the tries. */
async function waitsFor(errors: readonly unknown[], progressAt: readonly number[] = []) {
  const waits: number[] = [];
  let calls = 0;
  const { signal } = new AbortController();
  const wait = async (seconds: number) => {
    waits.push(seconds);
  };
  const outcome = await withRetries(
    async (gotFurther) => {
      const call = calls++;
      if (progressAt.includes(call)) gotFurther();
      if (call < errors.length) throw errors[call];
      return 'done';
    },
    { wait, signal },
  ).catch((error: unknown) => error);
  return { waits, outcome };
}

test('waits longer after each failure in a row, then gives up with the last one', async () => {
  const errors = Array.from({ length: DELAYS_SECONDS.length + 1 }, () => noConnection());
  expect(await waitsFor(errors)).toEqual({ waits: [...DELAYS_SECONDS], outcome: errors.at(-1) });
});

test('starts counting anew when the call got further', async () => {
  const errors = Array.from({ length: 8 }, () => noConnection());
  const { waits, outcome } = await waitsFor(errors, [4]);
  expect(outcome).toBe('done');
  expect(waits).toEqual([1, 2, 4, 8, 1, 2, 4, 8]);
});

test.each([
  ['a busy server is asked again when it says', [problem(503, 5), problem(503, 3)], [5, 3], 'done'],
  ['a gateway without a Retry-After is asked again', [problem(502)], [1], 'done'],
  ['a limit that lasts an hour is for the person to know', [problem(429, 3600)], [], 429],
  ['a refusal is final', [problem(403)], [], 403],
  ['a fault of the server is not hammered', [problem(500)], [], 500],
] as const)('%s', async (_name, errors, waits, end) => {
  const { waits: waited, outcome } = await waitsFor(errors);
  expect(waited).toEqual(waits);
  if (typeof end === 'number') expect((outcome as ApiError).problem.status).toBe(end);
  else expect(outcome).toBe(end);
});

test('even a server that keeps saying when to come back is left in the end', async () => {
  const { waits } = await waitsFor(Array.from({ length: MOST_INVITATIONS + 1 }, () => problem(503, 2)));
  expect(waits).toHaveLength(MOST_INVITATIONS);
});

test('a bug is not retried', async () => {
  const bug = new TypeError('x is undefined');
  expect(await waitsFor([bug])).toEqual({ waits: [], outcome: bug });
});

test('stops at once when it is aborted during a wait', async () => {
  const controller = new AbortController();
  const running = withRetries(() => Promise.reject(noConnection()), {
    wait: waitOnClock,
    signal: controller.signal,
    onWait: () => queueMicrotask(() => controller.abort(new Error('left'))),
  });
  await expect(running).rejects.toThrow('left');
});
