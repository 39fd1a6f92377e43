/** What to do after a result, from what is known: the most useful first, and never more than a few. */

import type { ProblemArea, Retests, TestId } from '../../api/schema';

export type NextStep =
  /** A limitation is due to be looked at again. */
  | {
      readonly kind: 'recheck';
      readonly test: TestId;
      readonly on: string;
      readonly areas: readonly string[];
      readonly due: boolean;
    }
  /** A test that would tell what is behind a pattern. */
  | { readonly kind: 'cause'; readonly test: TestId; readonly cause: string; readonly pattern: string }
  /** A test without a result. */
  | { readonly kind: 'new'; readonly test: TestId }
  /** All tests again. */
  | { readonly kind: 'reassess'; readonly from: string; readonly by: string; readonly due: boolean }
  /** Tests without a result are left, but none can be recorded now. */
  | { readonly kind: 'later' }
  /** Every test has a result. */
  | { readonly kind: 'complete' };

export interface Known {
  readonly areas: readonly ProblemArea[];
  /** Tests with a result. */
  readonly taken: readonly TestId[];
  /** Tests that can be recorded now, in the order in which they are offered. */
  readonly open: readonly TestId[];
  /** The other tests of the tier: those that can be recorded another day. */
  readonly shut: readonly TestId[];
  /** When to test again, for tiers that are told. */
  readonly retests?: Retests;
}

const MOST = 3;

export function nextSteps({ areas, taken, open, shut, retests }: Known): readonly NextStep[] {
  const untaken = open.filter((test) => !taken.includes(test));
  const rechecks = (retests?.quick ?? []).map(
    ({ test, on, areas, status }) =>
      ({ kind: 'recheck', test, on, areas, due: status !== 'upcoming' }) as const,
  );
  const dueRechecks = rechecks.filter(({ due, test }) => due && open.includes(test));
  const causes = areas.flatMap(({ name, causes }) =>
    causes
      .filter(({ status }) => status === 'not-tested')
      .flatMap(({ name: cause, tests }) => {
        const test = tests.find((each) => untaken.includes(each));
        return test === undefined ? [] : [{ kind: 'cause', test, cause, pattern: name } as const];
      }),
  );
  const told = new Set(causes.map(({ test }) => test));
  const fresh = untaken
    .filter((test) => !told.has(test))
    .slice(0, 1)
    .map((test) => ({ kind: 'new', test }) as const);
  const later = rechecks.filter(({ due }) => !due).slice(0, 1);
  const full = retests?.full ?? undefined;
  const reassess =
    full === undefined
      ? []
      : [{ kind: 'reassess', from: full.from, by: full.by, due: full.status !== 'upcoming' } as const];

  const steps: NextStep[] = [...dueRechecks, ...onePerTest(causes), ...fresh, ...later, ...reassess].slice(
    0,
    MOST,
  );
  if (steps.length > 0) return steps;
  return [{ kind: shut.every((test) => taken.includes(test)) ? 'complete' : 'later' }];
}

/** One test may tell about several causes: the first of them is reason enough. */
function onePerTest<T extends { readonly test: TestId }>(steps: readonly T[]): readonly T[] {
  return steps.filter(({ test }, index) => steps.findIndex((other) => other.test === test) === index);
}
