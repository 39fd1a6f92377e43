/** Something from the API, asked for once, again when wanted, and by itself when a lost connection is back. */

import { useCallback, useEffect, useState } from 'react';
import { NO_CONNECTION, type Problem, problemOf } from '../api/problem';
import { useWhenBack } from '../connection/online';

type Loading<T> =
  | { readonly name: 'loading' }
  | { readonly name: 'here'; readonly value: T }
  | { readonly name: 'broken'; readonly problem: Problem };

/** `load` must stay the same function as long as the same thing is meant. */
export function useLoading<T>(load: () => Promise<T>): readonly [Loading<T>, reload: () => void] {
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

  useWhenBack(state.name === 'broken' && state.problem.type === NO_CONNECTION, reload);
  return [state, reload];
}
