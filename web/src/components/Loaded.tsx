/** Something from the API: the shape of it until it is here, or what went wrong. */

import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { type Problem, problemOf } from '../api/problem';
import { PAGES } from '../pages';
import { NotFoundPage } from './NotFoundPage';
import { Opening } from './Opening';
import { ProblemNotice } from './ProblemNotice';

type Loading<T> =
  | { readonly name: 'loading' }
  | { readonly name: 'here'; readonly value: T }
  | { readonly name: 'broken'; readonly problem: Problem };

interface Props<T> {
  /** Must stay the same function as long as the same thing is meant. */
  readonly load: () => Promise<T>;
  readonly children: (value: T, reload: () => void) => ReactNode;
}

export function Loaded<T>({ load, children }: Props<T>) {
  const [state, setState] = useState<Loading<T>>({ name: 'loading' });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round loads the same once more.
  useEffect(() => {
    let wanted = true;
    load().then(
      (value) => wanted && setState({ name: 'here', value }),
      (error: unknown) => wanted && setState({ name: 'broken', problem: problemOf(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [load, round]);

  switch (state.name) {
    case 'loading':
      return <Opening />;
    case 'here':
      return children(state.value, reload);
    case 'broken':
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
