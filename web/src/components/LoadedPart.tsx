/** A part of a page that comes from the API by itself: the rest of the page stays, whatever becomes of it. */

import type { ReactNode } from 'react';
import { lockedUntil } from '../api/problem';
import type { Tier } from '../api/schema';
import { adviceFor } from '../texts/problems';
import { UI } from '../texts/ui';
import { Lines } from './Lines';
import { useLoading } from './useLoading';

interface Props<T> {
  /** Must stay the same function as long as the same thing is meant. */
  readonly load: () => Promise<T>;
  /** What stands there until it is here, and when it does not come. */
  readonly meanwhile?: ReactNode;
  /** What to show whose tier lacks it, given the cheapest tier that has it. */
  readonly locked?: (tier: Tier) => ReactNode;
  readonly children: (value: T) => ReactNode;
}

export function LoadedPart<T>({ load, meanwhile, locked, children }: Props<T>) {
  const [state, reload] = useLoading(load);
  switch (state.name) {
    case 'loading':
      return meanwhile ?? <Lines count={4} />;
    case 'here':
      return children(state.value);
    case 'broken': {
      const tier = lockedUntil(state.problem);
      if (tier !== undefined && locked !== undefined) return locked(tier);
      const { title, whatToDo } = adviceFor(state.problem);
      return (
        <>
          {meanwhile}
          <div className="callout stack-close" role="alert">
            <p>
              <strong>{title}.</strong> {whatToDo}
            </p>
            <button type="button" className="button button-quiet" onClick={reload}>
              {UI.tryAgain}
            </button>
          </div>
        </>
      );
    }
  }
}
