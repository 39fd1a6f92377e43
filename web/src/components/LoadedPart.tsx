/** A part of a page that comes from the API by itself: the rest of the page stays, whatever becomes of it. */

import type { ReactNode } from 'react';
import { lockedUntil } from '../api/problem';
import type { Tier } from '../api/schema';
import { adviceFor } from '../texts/problems';
import { Lines } from './Lines';
import { PartNotice } from './PartNotice';
import { useLoading } from './useLoading';

interface Props<T> {
  /** Must stay the same function as long as the same thing is meant. */
  readonly load: () => Promise<T>;
  /** What stands there until it is here, and when it does not come. */
  readonly meanwhile?: ReactNode;
  /** What to show whose tier lacks it, given the cheapest tier that has it. */
  readonly locked?: (tier: Tier) => ReactNode;
  readonly children: (value: T, reload: () => void) => ReactNode;
}

export function LoadedPart<T>({ load, meanwhile, locked, children }: Props<T>) {
  const [state, reload] = useLoading(load);
  switch (state.name) {
    case 'loading':
      return meanwhile ?? <Lines count={4} />;
    case 'here':
      return children(state.value, reload);
    case 'broken': {
      const tier = lockedUntil(state.problem);
      if (tier !== undefined && locked !== undefined) return locked(tier);
      return (
        <>
          {meanwhile}
          <PartNotice advice={adviceFor(state.problem)} onRetry={reload} />
        </>
      );
    }
  }
}
