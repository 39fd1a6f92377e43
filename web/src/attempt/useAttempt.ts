/** The attempt on screen: runs it, remembers it in the address, and lets it be stopped, retried and left. */

import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocationProperty } from 'wouter/use-browser-location';
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
  const remembered = useRef<string | undefined>(undefined);
  const inAddress = useLocationProperty(attemptInAddress);

  const remember = useCallback((id: string | undefined) => {
    remembered.current = id;
    writeToAddress(id);
  }, []);

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
        onAttempt: remember,
      }).then(
        (attempt) => show({ name: 'ended', attempt }),
        (error: unknown) => {
          // Whoever stops an attempt is not told that it stopped.
          if (!signal.aborted) setState({ name: 'broken', problem: problemOf(error) });
        },
      );
    },
    [api, remember],
  );

  const drop = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    last.current = undefined;
    remembered.current = undefined;
    setState({ name: 'none' });
  }, []);

  const leave = useCallback(() => {
    drop();
    writeToAddress(undefined);
  }, [drop]);

  const retry = useCallback(() => {
    if (last.current !== undefined) run(last.current);
  }, [run]);

  useEffect(
    () => () => {
      running.current?.abort();
      remembered.current = undefined;
    },
    [],
  );

  // The address says what is on screen, also after a reload, a link to the tests and the way back. Work goes on whatever is pressed.
  const isRunning = state.name === 'running';
  useEffect(() => {
    if (inAddress === remembered.current) return;
    if (isRunning) writeToAddress(remembered.current);
    // Whatever else the address says, such as a test to open at, it keeps.
    else if (inAddress === undefined) drop();
    else {
      remembered.current = inAddress;
      run((around) => resume(inAddress, around));
    }
  }, [inAddress, isRunning, drop, run]);

  useWhenBack(state.name === 'broken' && state.problem.type === NO_CONNECTION, retry);

  return { state, submit: (submission) => run((around) => submit(submission, around)), retry, leave };
}

const IN_ADDRESS = /^#attempt=([0-9a-f-]{36})$/;

function attemptInAddress(): string | undefined {
  return IN_ADDRESS.exec(window.location.hash)?.[1];
}

/** An attempt takes the place of the test that the page was opened at. */
function writeToAddress(id: string | undefined): void {
  const { pathname } = window.location;
  window.history.replaceState(null, '', `${pathname}${id === undefined ? '' : `#attempt=${id}`}`);
}
