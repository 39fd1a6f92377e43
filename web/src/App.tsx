/** The frame around all pages, and which of them an address shows. */

import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { accounts } from './api/accounts';
import { NO_CONNECTION, type Problem, problemOf } from './api/problem';
import { Bars } from './components/Bars';
import { Later } from './components/Later';
import { lazily } from './components/lazily';
import { NotFoundPage } from './components/NotFoundPage';
import { Opening } from './components/Opening';
import { ProblemNotice } from './components/ProblemNotice';
import { useWhenBack } from './connection/online';
import { PAGES } from './pages';
import { ChangeEmailPage, VerifyEmailPage } from './pages/account/ConfirmPage';
import { ForgotPasswordPage } from './pages/account/ForgotPasswordPage';
import { ResetPasswordPage } from './pages/account/ResetPasswordPage';
import { SignInPage } from './pages/account/SignInPage';
import { SignUpPage } from './pages/account/SignUpPage';
import { LandingPage } from './pages/landing/LandingPage';
import { session } from './session/browser';
import { useSession } from './session/useSession';
import { ACCOUNT } from './texts/account';
import { adviceFor } from './texts/problems';
import { UI } from './texts/ui';

/** Guides, drawings and results: nobody needs them to sign up. */
const parts = {
  tests: () => import('./pages/tests/TestsPage'),
  results: () => import('./pages/history/HistoryPage'),
  result: () => import('./pages/history/PastResultPage'),
  report: () => import('./pages/report/ReportPage'),
  account: () => import('./pages/account/AccountPage'),
};
const TestsPage = lazily(parts.tests, (module) => module.TestsPage);
const HistoryPage = lazily(parts.results, (module) => module.HistoryPage);
const PastResultPage = lazily(parts.result, (module) => module.PastResultPage);
const ReportPage = lazily(parts.report, (module) => module.ReportPage);
const AccountPage = lazily(parts.account, (module) => module.AccountPage);
const PlansPage = lazily(
  () => import('./pages/plans/PlansPage'),
  (module) => module.PlansPage,
);

/** For developers only. */
const OutboxPage = lazily(
  () => import('./pages/outbox/OutboxPage'),
  (module) => module.OutboxPage,
);

export function App() {
  const [problem, setProblem] = useState<Problem | undefined>();
  const open = useCallback(() => {
    setProblem(undefined);
    session.open().catch((error: unknown) => setProblem(problemOf(error)));
  }, []);
  useEffect(open, [open]);
  useWhenBack(problem?.type === NO_CONNECTION, open);

  return (
    <>
      <a className="skip" href="#content">
        {UI.skip}
      </a>
      <Masthead />
      <Bars />
      <main id="content" tabIndex={-1}>
        {problem === undefined ? (
          <Pages />
        ) : (
          <ProblemNotice
            problem={problem}
            onRetry={open}
            onLeave={() => window.location.assign(PAGES.start)}
          />
        )}
      </main>
      <footer className="foot">
        <p>{UI.disclaimer}</p>
      </footer>
    </>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path={PAGES.start}>
        <SignedOutOnly>
          <LandingPage />
        </SignedOutOnly>
      </Route>
      <Route path={PAGES.signUp}>
        <SignedOutOnly>
          <SignUpPage />
        </SignedOutOnly>
      </Route>
      <Route path={PAGES.signIn}>
        <SignInPage />
      </Route>
      <Route path={PAGES.verifyEmail}>
        <VerifyEmailPage />
      </Route>
      <Route path={PAGES.changeEmail}>
        <ChangeEmailPage />
      </Route>
      <Route path={PAGES.forgotPassword}>
        <ForgotPasswordPage />
      </Route>
      <Route path={PAGES.resetPassword}>
        <ResetPasswordPage />
      </Route>
      <Route path={PAGES.tests}>
        <SignedInOnly part={parts.tests}>
          <TestsPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.results}>
        <SignedInOnly part={parts.results}>
          <HistoryPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.result}>
        {({ id }) => (
          <SignedInOnly part={parts.result}>
            <PastResultPage id={id} />
          </SignedInOnly>
        )}
      </Route>
      <Route path={PAGES.report}>
        <SignedInOnly part={parts.report}>
          <ReportPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.account}>
        <SignedInOnly part={parts.account}>
          <AccountPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.plans}>
        <Later>
          <PlansPage />
        </Later>
      </Route>
      <Route path={PAGES.outbox}>
        <Later>
          <OutboxPage />
        </Later>
      </Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  );
}

function SignedOutOnly({ children }: { readonly children: ReactNode }) {
  const { name } = useSession();
  if (name === 'opening') return <Opening />;
  return name === 'signed-in' ? <Redirect to={PAGES.tests} replace /> : children;
}

interface SignedInOnlyProps {
  /** Loads what `children` need, while it is still being looked at who is signed in. */
  readonly part: () => Promise<unknown>;
  readonly children: ReactNode;
}

/** Sends who is not signed in to do so, and back here afterwards. */
function SignedInOnly({ part, children }: SignedInOnlyProps) {
  const { name } = useSession();
  // Who was signed in a moment ago is told why this is another page now.
  const [was, setWas] = useState(false);
  useEffect(() => {
    if (name === 'signed-in') setWas(true);
  }, [name]);
  useEffect(() => {
    // Should it fail, whoever shows it says so.
    part().catch(() => undefined);
  }, [part]);
  if (name === 'opening') return <Opening />;
  if (name === 'signed-in') return <Later>{children}</Later>;
  const { pathname, search, hash } = window.location;
  const next = new URLSearchParams({ next: `${pathname}${search}${hash}`, ...(was && { ended: '' }) });
  return <Redirect to={`${PAGES.signIn}?${next}`} replace />;
}

function Masthead() {
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
