/** A mail is on its way. */

import { useState } from 'react';
import { accounts } from '../../api/accounts';
import { Form } from '../../components/Form';
import { PageTitle } from '../../components/PageTitle';
import { ACCOUNT } from '../../texts/account';

export function CheckMail({ email }: { readonly email: string }) {
  return (
    <section className="sheet narrow stack">
      <PageTitle>{ACCOUNT.checkMail}</PageTitle>
      <p className="lead">{ACCOUNT.checkMailLead(email)}</p>
      <p className="soft">{ACCOUNT.noMail}</p>
      <SendAgain email={email} />
    </section>
  );
}

/** Has the mail that confirms an address sent once more. */
export function SendAgain({ email }: { readonly email: string }) {
  const [sent, setSent] = useState(false);
  return (
    <>
      <Form
        submit={ACCOUNT.sendAgain}
        onSubmit={async () => {
          await accounts.resendVerification(email);
          setSent(true);
        }}
      >
        {null}
      </Form>
      <p role="status">{sent && ACCOUNT.sentAgain}</p>
    </>
  );
}
