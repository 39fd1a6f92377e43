/** A page of something from the API: the shape of it until it is here, or what went wrong. */

import type { ReactNode } from 'react';
import { lockedUntil } from '../api/problem';
import type { Tier } from '../api/schema';
import { PAGES } from '../pages';
import { NotFoundPage } from './NotFoundPage';
import { ProblemNotice } from './ProblemNotice';
import { useLoading } from './useLoading';

interface Props<T> {
  /** Must stay the same function as long as the same thing is meant. */
  readonly load: () => Promise<T>;
  /** The shape of the page, until it is here. */
  readonly shape: ReactNode;
  /** What to show whose tier lacks it, given the cheapest tier that has it. */
  readonly locked?: (tier: Tier) => ReactNode;
  readonly children: (value: T) => ReactNode;
}

export function Loaded<T>({ load, shape, locked, children }: Props<T>) {
  const [state, reload] = useLoading(load);
  switch (state.name) {
    case 'loading':
      return shape;
    case 'here':
      return children(state.value);
    case 'broken': {
      const tier = lockedUntil(state.problem);
      if (tier !== undefined && locked !== undefined) return locked(tier);
      return state.problem.status === 404 ? (
        <NotFoundPage />
      ) : (
        <ProblemNotice
          problem={state.problem}
          onRetry={reload}
          onLeave={() => window.location.assign(PAGES.start)}
        />
      );
    }
  }
}
