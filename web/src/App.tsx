/** The frame around all pages, and which of them an address shows. */

import { useCallback, useEffect, useState } from 'react';
import { Route, Switch } from 'wouter';
import { NO_CONNECTION, type Problem, problemOf } from './api/problem';
import { Bars } from './components/Bars';
import { Later } from './components/Later';
import { lazily } from './components/lazily';
import { Masthead } from './components/Masthead';
import { NotFoundPage } from './components/NotFoundPage';
import { ProblemNotice } from './components/ProblemNotice';
import { SignedInOnly } from './components/SignedInOnly';
import { SignedOutOnly } from './components/SignedOutOnly';
import { useWhenBack } from './connection/online';
import { PAGES } from './pages';
import { ChangeEmailPage, VerifyEmailPage } from './pages/account/ConfirmPage';
import { ForgotPasswordPage } from './pages/account/ForgotPasswordPage';
import { ResetPasswordPage } from './pages/account/ResetPasswordPage';
import { SignInPage } from './pages/account/SignInPage';
import { SignUpPage } from './pages/account/SignUpPage';
import { LandingPage } from './pages/landing/LandingPage';
import {
  AccountShape,
  HistoryShape,
  PageShape,
  PlansShape,
  ReportShape,
  ResultShape,
  TestsShape,
} from './pages/shapes';
import { session } from './session/browser';
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
        <SignedInOnly part={parts.tests} shape={<TestsShape />}>
          <TestsPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.results}>
        <SignedInOnly part={parts.results} shape={<HistoryShape />}>
          <HistoryPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.result}>
        {({ id }) => (
          <SignedInOnly part={parts.result} shape={<ResultShape />}>
            <PastResultPage id={id} />
          </SignedInOnly>
        )}
      </Route>
      <Route path={PAGES.report}>
        <SignedInOnly part={parts.report} shape={<ReportShape />}>
          <ReportPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.account}>
        <SignedInOnly part={parts.account} shape={<AccountShape />}>
          <AccountPage />
        </SignedInOnly>
      </Route>
      <Route path={PAGES.plans}>
        <Later shape={<PlansShape />}>
          <PlansPage />
        </Later>
      </Route>
      <Route path={PAGES.outbox}>
        <Later shape={<PageShape />}>
          <OutboxPage />
        </Later>
      </Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  );
}
