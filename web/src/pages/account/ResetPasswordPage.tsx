/** Chooses another password, with the token of a mail. */

import { useState } from 'react';
import { Link } from 'wouter';
import { accounts } from '../../api/accounts';
import { Form } from '../../components/Form';
import { PageTitle } from '../../components/PageTitle';
import { PAGES } from '../../pages';
import { ACCOUNT } from '../../texts/account';
import { LinkIncomplete } from './LinkIncomplete';
import { useMailedToken } from './mailedToken';
import { NewPassword } from './NewPassword';

export function ResetPasswordPage() {
  const token = useMailedToken();
  const [done, setDone] = useState(false);
  if (token === undefined) return <LinkIncomplete />;
  if (done)
    return (
      <section className="sheet narrow stack">
        <PageTitle>{ACCOUNT.resetDone}</PageTitle>
        <p className="lead">{ACCOUNT.resetDoneLead}</p>
        <Link className="button" href={PAGES.signIn}>
          {ACCOUNT.signIn}
        </Link>
      </section>
    );
  return (
    <section className="sheet narrow stack">
      <PageTitle>{ACCOUNT.resetTitle}</PageTitle>
      <p className="lead">{ACCOUNT.resetLead}</p>
      <Form
        submit={ACCOUNT.saveAndSignIn}
        onSubmit={async (field) => {
          await accounts.resetPassword({ token, password: field('password') });
          setDone(true);
        }}
      >
        <NewPassword label={ACCOUNT.newPassword} />
      </Form>
    </section>
  );
}
