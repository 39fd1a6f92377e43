/** A part of a page that comes from the API by itself: the rest of the page stays, whatever becomes of it. */

import type { ReactNode } from 'react';
import { lockedUntil } from '../api/problem';
import type { Tier } from '../api/schema';
import { adviceFor } from '../texts/problems';
import { PartNotice } from './PartNotice';
import { useLoading } from './useLoading';

interface Props<T> {
  /** Must stay the same function as long as the same thing is meant. */
  readonly load: () => Promise<T>;
  /** What stands there until it is here. */
  readonly shape: ReactNode;
  /** What stands there when it does not come. */
  readonly instead?: ReactNode;
  /** What to show whose tier lacks it, given the cheapest tier that has it. */
  readonly locked?: (tier: Tier) => ReactNode;
  readonly children: (value: T, reload: () => void) => ReactNode;
}

export function LoadedPart<T>({ load, shape, instead, locked, children }: Props<T>) {
  const [state, reload] = useLoading(load);
  switch (state.name) {
    case 'loading':
      return shape;
    case 'here':
      return children(state.value, reload);
    case 'broken': {
      const tier = lockedUntil(state.problem);
      if (tier !== undefined && locked !== undefined) return locked(tier);
      return (
        <>
          {instead}
          <PartNotice advice={adviceFor(state.problem)} onRetry={reload} />
        </>
      );
    }
  }
}
