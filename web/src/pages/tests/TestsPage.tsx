/** A test from choosing it to its result: what is shown follows from where the attempt is. */

import { useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import { refusesVideo } from '../../api/problem';
import type { TestSlug } from '../../api/types';
import type { ChosenVideo } from '../../attempt/chosen';
import { forget, keptOf } from '../../attempt/kept';
import { keyOf, newIdempotencyKey } from '../../attempt/key';
import { useAttempt } from '../../attempt/useAttempt';
import { ProblemNotice } from '../../components/ProblemNotice';
import { useLeaveWarning } from '../../components/useLeaveWarning';
import { TEST_PARAMETER } from '../../pages';
import { useOwner, useSession } from '../../session/useSession';
import { ACCOUNT } from '../../texts/account';
import { guideOf } from '../../texts/tests';
import { UI } from '../../texts/ui';
import { SendAgain } from '../account/CheckMail';
import { CheckPage, type Opening } from '../check/CheckPage';
import { ProgressPage } from '../progress/ProgressPage';
import { isSending } from '../progress/status';
import { ResultPage } from '../result/ResultPage';

export function TestsPage() {
  const attempt = useAttempt();
  const { state, submit, retry, leave } = attempt;
  const [opening, setOpening] = useState<Opening>({});
  const [search] = useSearchParams();
  const asked = guideOf(search.get(TEST_PARAMETER) ?? '')?.slug;
  const owner = useOwner();
  /** Kept so that a video whose scoring failed by a fault of ours, or whose sender was signed out, need not be chosen again. */
  const [sent, setSent] = useState<{ test: TestSlug; video: ChosenVideo } | undefined>(() => keptOf(owner));
  const isRefused = state.name === 'broken' && refusesVideo(state.problem);
  const isDone = isRefused || (state.name === 'ended' && ['valid', 'invalid'].includes(state.attempt.state));
  useEffect(() => {
    if (isDone) forget();
  }, [isDone]);

  const start = useCallback(
    (test: TestSlug, video: ChosenVideo, idempotencyKey = keyOf(video.file, test)) => {
      setSent({ test, video });
      setOpening({ returning: true });
      const { file, contentType } = video;
      submit({ test, video: file, contentType, idempotencyKey });
    },
    [submit],
  );
  useLeaveWarning(state.name === 'running' && isSending(state.step));

  const backTo = useCallback(
    (next: Opening) => {
      setOpening({ ...next, returning: true });
      leave();
    },
    [leave],
  );

  function page() {
    switch (state.name) {
      case 'none':
        return (
          <CheckPage key={asked} opening={asked === undefined ? opening : { test: asked }} onSubmit={start} />
        );
      case 'running':
        return (
          <ProgressPage step={state.step} test={sent?.test} onCancel={() => backTo(again(sent?.test))} />
        );
      case 'broken':
        return (
          <ProblemNotice
            problem={state.problem}
            onRetry={isRefused ? undefined : retry}
            onLeave={() => backTo(again(sent?.test))}
          />
        );
      case 'ended': {
        const ended = state.attempt;
        const test = guideOf(ended.test)?.slug;
        // An attempt that was come back to may have had another video than what is in somebody's hands.
        const its = sent?.test === test ? sent : undefined;
        if (ended.state === 'valid' && ended.assessment?.result)
          return (
            <ResultPage
              attempt={ended}
              result={ended.assessment.result}
              onAgain={() => backTo(again(test))}
              onOther={() => backTo({})}
            />
          );
        if (ended.state === 'invalid')
          return (
            <CheckPage opening={{ ...again(test), refused: ended }} onSubmit={start} onDismissed={leave} />
          );
        return (
          <ProblemNotice
            title={UI.failedTitle}
            whatToDo={ended.state === 'created' ? UI.neverArrived(its !== undefined) : UI.failed}
            // What failed stays failed: the same video is another attempt then. What has not arrived goes on.
            onRetry={
              its &&
              (() => start(its.test, its.video, ended.state === 'failed' ? newIdempotencyKey() : undefined))
            }
            onLeave={() => backTo(its === undefined ? onlyAt(test) : again(test))}
          />
        );
      }
    }
  }

  return (
    <>
      <Unverified />
      {page()}
    </>
  );
}

/** The test of an attempt of some other day. */
function onlyAt(test: TestSlug | undefined): Opening {
  return test === undefined ? {} : { test };
}

/** The same test once more: its guide is known, the person said already that nothing hurts. */
function again(test: TestSlug | undefined): Opening {
  return test === undefined ? {} : { test, isFine: true };
}

/** Videos are taken only from those whose address is confirmed: said before somebody films one. */
function Unverified() {
  const session = useSession();
  if (session.name !== 'signed-in' || session.account.emailVerified) return null;
  return (
    <section className="callout stack-close" aria-labelledby="unverified">
      <h2 id="unverified" className="callout-title">
        {ACCOUNT.notVerified}
      </h2>
      <p>{ACCOUNT.notVerifiedLead(session.account.email)}</p>
      <SendAgain email={session.account.email} />
    </section>
  );
}
