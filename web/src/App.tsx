/** The frame around all pages, and which of them an address shows. */

import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { accounts } from './api/accounts';
import { NO_CONNECTION, type Problem, problemOf } from './api/problem';
import { Bars } from './components/Bars';
import { LoadBoundary } from './components/LoadBoundary';
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

/** The guides of all tests, and drawing results: nobody needs them to sign up. */
const TestsPage = lazy(async () => ({ default: (await import('./pages/tests/TestsPage')).TestsPage }));

const AccountPage = lazy(async () => ({
  default: (await import('./pages/account/AccountPage')).AccountPage,
}));

const HistoryPage = lazy(async () => ({
  default: (await import('./pages/history/HistoryPage')).HistoryPage,
}));

const PastResultPage = lazy(async () => ({
  default: (await import('./pages/history/PastResultPage')).PastResultPage,
}));

const PlansPage = lazy(async () => ({ default: (await import('./pages/plans/PlansPage')).PlansPage }));
const ReportPage = lazy(async () => ({
  default: (await import('./pages/report/ReportPage')).ReportPage,
}));

/** For developers only. */
const OutboxPage = lazy(async () => ({ default: (await import('./pages/outbox/OutboxPage')).OutboxPage }));

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
        <SignedInOnly>
          <TestsPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.results}>
        <SignedInOnly>
          <HistoryPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.result}>
        {({ id }) => (
          <SignedInOnly>
            <PastResultPage id={id} />
          </SignedInOnly>
        )}
      </Route>
      <Route path={PAGES.report}>
        <SignedInOnly>
          <ReportPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.account}>
        <SignedInOnly>
          <AccountPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.plans}>
        <Suspense fallback={<Opening />}>
          <PlansPage />
        </Suspense>
      </Route>
      <Route path={PAGES.outbox}>
        <Suspense fallback={<Opening />}>
          <OutboxPage />
        </Suspense>
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

/** Sends who is not signed in to do so, and back here afterwards. */
function SignedInOnly({ children }: { readonly children: ReactNode }) {
  const { name } = useSession();
  // Who was signed in a moment ago is told why this is another page now.
  const [was, setWas] = useState(false);
  useEffect(() => {
    if (name === 'signed-in') setWas(true);
  }, [name]);
  if (name === 'opening') return <Opening />;
  if (name === 'signed-in')
    return (
      <LoadBoundary>
        <Suspense fallback={<Opening />}>{children}</Suspense>
      </LoadBoundary>
    );
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
