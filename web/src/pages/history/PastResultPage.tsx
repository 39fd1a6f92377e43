/** One result of the list. */

import { useCallback } from 'react';
import { Link, useLocation } from 'wouter';
import { Loaded } from '../../components/Loaded';
import { PageTitle } from '../../components/PageTitle';
import { PAGES, testPage } from '../../pages';
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
              <section className="sheet narrow stack">
                <PageTitle>{HISTORY.notScored}</PageTitle>
                <p className="lead">{attempt.feedback ?? STATES[attempt.state]}</p>
                <Link className="button" href={testPage(attempt.test)}>
                  {UI.again}
                </Link>
              </section>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
