/** One result of the list: what came out, or why nothing did. What is not decided yet goes on where tests are done. */

import { useCallback } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import type { Attempt } from '../../api/types';
import { isFinal } from '../../attempt/run';
import { Loaded } from '../../components/Loaded';
import { PageTitle } from '../../components/PageTitle';
import { Reasons } from '../../components/Reasons';
import { attemptPage, PAGES, testPage } from '../../pages';
import { api } from '../../session/browser';
import { HISTORY, STATES } from '../../texts/account';
import { UI } from '../../texts/ui';
import { ResultPage } from '../result/ResultPage';
import { ResultShape } from '../shapes';

export function PastResultPage({ id }: { readonly id: string }) {
  const [, go] = useLocation();
  const load = useCallback(() => api.attempt(id, new AbortController().signal), [id]);
  return (
    <Loaded load={load} shape={<ResultShape />}>
      {(attempt) => {
        if (!isFinal(attempt)) return <Redirect to={attemptPage(id)} replace />;
        const result = attempt.assessment?.result;
        return (
          <>
            <p className="back">
              <Link href={PAGES.results}>{HISTORY.back}</Link>
            </p>
            {result ? (
              <ResultPage
                attempt={attempt}
                result={result}
                onAgain={() => go(testPage(attempt.test))}
                onOther={() => go(PAGES.tests)}
              />
            ) : (
              <NotScored attempt={attempt} />
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function NotScored({ attempt }: { readonly attempt: Attempt }) {
  return (
    <section className="sheet narrow stack">
      <PageTitle>{HISTORY.notScored}</PageTitle>
      {attempt.state === 'invalid' ? (
        <>
          <p className="lead">{UI.refusedLead}</p>
          <Reasons attempt={attempt} />
        </>
      ) : (
        <p className="lead">{attempt.feedback ?? STATES[attempt.state]}</p>
      )}
      <Link className="button" href={testPage(attempt.test)}>
        {UI.again}
      </Link>
    </section>
  );
}
