/** What people look for first in a report: between which days it was measured, and when to test again. */

import type { Report, Retests } from '../../api/schema';

/** The days of the oldest and the newest of the results in the report; undefined without any. */
export function measuredBetween({ tests }: Report): readonly [oldest: string, newest: string] | undefined {
  const days = tests.map(({ on }) => on).toSorted();
  const [oldest, newest] = [days[0], days.at(-1)];
  return oldest === undefined || newest === undefined ? undefined : [oldest, newest];
}

/** The day of the next re-test; `now` when it has come, undefined when there is none. */
export function nextRetest({ quick, full }: Retests, today: string): string | undefined {
  const days = [...quick.map(({ on }) => on), ...(full === null ? [] : [full.from])].toSorted();
  const next = days[0];
  return next !== undefined && next <= today ? 'now' : next;
}
