/** The page: what is shown follows from where the attempt is. */

import { useCallback, useState } from 'react';
import type { TestSlug } from './api/types';
import type { ChosenVideo } from './attempt/chosen';
import { newIdempotencyKey } from './attempt/key';
import { useAttempt } from './attempt/useAttempt';
import { ProblemNotice } from './components/ProblemNotice';
import { CheckPage, type Opening } from './pages/check/CheckPage';
import { ProgressPage } from './pages/progress/ProgressPage';
import { ResultPage } from './pages/result/ResultPage';
import { guideOf } from './texts/tests';
import { UI } from './texts/ui';

export function App() {
  const attempt = useAttempt();
  const { state, submit, retry, leave } = attempt;
  const [opening, setOpening] = useState<Opening>({});
  /** Kept so that a video whose scoring failed by a fault of ours need not be chosen again. */
  const [sent, setSent] = useState<{ test: TestSlug; video: ChosenVideo } | undefined>();

  const start = useCallback(
    (test: TestSlug, video: ChosenVideo) => {
      setSent({ test, video });
      const { file, contentType } = video;
      submit({ test, video: file, contentType, idempotencyKey: newIdempotencyKey() });
    },
    [submit],
  );

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
        return <CheckPage opening={opening} onSubmit={start} />;
      case 'running':
        return (
          <ProgressPage step={state.step} test={sent?.test} onCancel={() => backTo(again(sent?.test))} />
        );
      case 'broken':
        return (
          <ProblemNotice problem={state.problem} onRetry={retry} onLeave={() => backTo(again(sent?.test))} />
        );
      case 'ended': {
        const ended = state.attempt;
        const test = guideOf(ended.test)?.slug;
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
            whatToDo={ended.state === 'created' ? UI.neverArrived : UI.failed}
            onRetry={sent && (() => start(sent.test, sent.video))}
            onLeave={() => backTo(again(test))}
          />
        );
      }
    }
  }

  return (
    <>
      <a className="skip" href="#content">
        {UI.skip}
      </a>
      <header className="masthead">
        <p className="wordmark">
          <span className="wordmark-bob" aria-hidden="true" />
          {UI.name}
        </p>
      </header>
      <main id="content" tabIndex={-1}>
        {page()}
      </main>
      <footer className="foot">
        <p>{UI.disclaimer}</p>
      </footer>
    </>
  );
}

/** The same test once more: its guide is known, the person said already that nothing hurts. */
function again(test: TestSlug | undefined): Opening {
  return test === undefined ? {} : { test };
}
