/** The masthead: the name, the pages of who is signed in, the way out. */

import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { accounts } from '../api/accounts';
import { type Problem, problemOf } from '../api/problem';
import { PAGES } from '../pages';
import { session } from '../session/browser';
import { useSession } from '../session/useSession';
import { ACCOUNT } from '../texts/account';
import { adviceFor } from '../texts/problems';
import { UI } from '../texts/ui';

export function Masthead() {
  const state = useSession();
  return (
    <header className="masthead">
      <Link className="wordmark" href={PAGES.start}>
        <span className="wordmark-bob" aria-hidden="true" />
        {UI.name}
      </Link>
      {state.name === 'signed-in' && (
        <div className="masthead-account">
          <nav aria-label={ACCOUNT.menu} className="menu">
            <PageLink page={PAGES.tests}>{ACCOUNT.tests}</PageLink>
            <PageLink page={PAGES.results}>{ACCOUNT.results}</PageLink>
            <PageLink page={PAGES.report}>{ACCOUNT.report}</PageLink>
            <PageLink page={PAGES.account}>{ACCOUNT.account}</PageLink>
          </nav>
          <SignOut />
        </div>
      )}
    </header>
  );
}

function PageLink({ page, children }: { readonly page: string; readonly children: string }) {
  const [here] = useLocation();
  return (
    <Link href={page} aria-current={here === page ? 'page' : undefined}>
      {children}
    </Link>
  );
}

function SignOut() {
  const [, go] = useLocation();
  const [problem, setProblem] = useState<Problem | undefined>();
  const signOut = async () => {
    try {
      await accounts.signOut();
    } catch (error) {
      // The cookie is still there, so nobody is told to be signed out.
      setProblem(problemOf(error));
      return;
    }
    go(PAGES.start);
    session.signOut();
  };
  return (
    <>
      <p role="alert">{problem && adviceFor(problem).whatToDo}</p>
      <button type="button" className="button button-quiet" onClick={signOut}>
        {ACCOUNT.signOut}
      </button>
    </>
  );
}
