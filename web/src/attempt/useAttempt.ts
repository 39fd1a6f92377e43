/** The attempt on screen: runs it, remembers it in the address, and lets it be stopped, retried and left. */

import { useCallback, useEffect, useRef, useState } from 'react';
import type { FlowApi } from '../api/client';
import { NO_CONNECTION, type Problem, problemOf } from '../api/problem';
import type { Attempt } from '../api/types';
import { useWhenBack } from '../connection/online';
import { api as realApi } from '../session/browser';
import { waitOnClock } from './retry';
import { resume, type Step, type Submission, type Surroundings, submit } from './run';

type AttemptOnScreen =
  | { readonly name: 'none' }
  | { readonly name: 'running'; readonly step: Step }
  | { readonly name: 'ended'; readonly attempt: Attempt }
  | { readonly name: 'broken'; readonly problem: Problem };

interface AttemptControls {
  readonly state: AttemptOnScreen;
  submit(submission: Submission): void;
  /** Makes the last call again; the server does nothing twice. */
  retry(): void;
  /** Stops, and forgets the attempt. */
  leave(): void;
}

type Work = (around: Surroundings) => Promise<Attempt>;

export function useAttempt(api: FlowApi = realApi): AttemptControls {
  const [state, setState] = useState<AttemptOnScreen>({ name: 'none' });
  const running = useRef<AbortController | undefined>(undefined);
  const last = useRef<Work | undefined>(undefined);

  const run = useCallback(
    (work: Work) => {
      running.current?.abort();
      const controller = new AbortController();
      const { signal } = controller;
      const show = (next: AttemptOnScreen) => {
        if (!signal.aborted) setState(next);
      };
      running.current = controller;
      last.current = work;
      show({ name: 'running', step: { name: 'asking' } });
      work({
        api,
        wait: waitOnClock,
        signal,
        onStep: (step) => show({ name: 'running', step }),
        onAttempt: (id) => rememberAttempt(id),
      }).then(
        (attempt) => show({ name: 'ended', attempt }),
        (error: unknown) => {
          // Whoever stops an attempt is not told that it stopped.
          if (!signal.aborted) setState({ name: 'broken', problem: problemOf(error) });
        },
      );
    },
    [api],
  );

  const leave = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    last.current = undefined;
    rememberAttempt(undefined);
    setState({ name: 'none' });
  }, []);

  const retry = useCallback(() => {
    if (last.current !== undefined) run(last.current);
  }, [run]);

  useEffect(() => {
    const id = rememberedAttempt();
    if (id !== undefined) run((around) => resume(id, around));
    return () => running.current?.abort();
  }, [run]);

  useWhenBack(state.name === 'broken' && state.problem.type === NO_CONNECTION, retry);

  return { state, submit: (submission) => run((around) => submit(submission, around)), retry, leave };
}

const IN_ADDRESS = /^#attempt=([0-9a-f-]{36})$/;

function rememberedAttempt(): string | undefined {
  return IN_ADDRESS.exec(window.location.hash)?.[1];
}

function rememberAttempt(id: string | undefined): void {
  const { pathname, search } = window.location;
  window.history.replaceState(null, '', `${pathname}${search}${id === undefined ? '' : `#attempt=${id}`}`);
}
