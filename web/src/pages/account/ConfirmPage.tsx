/** What a link of a mail confirms, as soon as it is opened: an address, or a new one. */

import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { accounts } from '../../api/accounts';
import { type Problem, problemOf } from '../../api/problem';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { PAGES } from '../../pages';
import { session } from '../../session/browser';
import { useSession } from '../../session/useSession';
import { ACCOUNT } from '../../texts/account';
import { LinkIncomplete } from './LinkIncomplete';
import { useMailedToken } from './mailedToken';

interface Words {
  readonly working: string;
  readonly done: string;
  readonly doneLead: string;
}

export function VerifyEmailPage() {
  return (
    <ConfirmPage
      confirm={accounts.verifyEmail}
      words={{ working: ACCOUNT.verifying, done: ACCOUNT.verified, doneLead: ACCOUNT.verifiedLead }}
    />
  );
}

export function ChangeEmailPage() {
  return (
    <ConfirmPage
      confirm={accounts.changeEmail}
      words={{
        working: ACCOUNT.changingEmail,
        done: ACCOUNT.emailChanged,
        doneLead: ACCOUNT.emailChangedLead,
      }}
    />
  );
}

/** Tokens are good once: however often a page is drawn, each is sent once. */
const sent = new Map<string, Promise<void>>();

function ConfirmPage({
  confirm,
  words,
}: {
  readonly confirm: (token: string) => Promise<void>;
  readonly words: Words;
}) {
  const token = useMailedToken();
  const { name } = useSession();
  const [outcome, setOutcome] = useState<'working' | 'done' | Problem>('working');

  useEffect(() => {
    if (token === undefined) return;
    const confirming = sent.get(token) ?? confirm(token);
    sent.set(token, confirming);
    confirming.then(
      () => {
        setOutcome('done');
        // Whoever is signed in here has an account that has just changed. If it cannot be asked for now, the next token brings it.
        if (session.state.name === 'signed-in') session.renew().catch(() => undefined);
      },
      (error: unknown) => setOutcome(problemOf(error)),
    );
  }, [token, confirm]);

  if (token === undefined) return <LinkIncomplete />;
  if (typeof outcome === 'object')
    return <ProblemNotice problem={outcome} onLeave={() => window.location.assign(PAGES.start)} />;
  return (
    <section className="sheet narrow stack">
      <PageTitle>{outcome === 'done' ? words.done : words.working}</PageTitle>
      {outcome === 'done' && (
        <>
          <p className="lead">{words.doneLead}</p>
          <Link className="button" href={name === 'signed-in' ? PAGES.tests : PAGES.signIn}>
            {name === 'signed-in' ? ACCOUNT.goOn : ACCOUNT.signIn}
          </Link>
        </>
      )}
    </section>
  );
}
