/** Asks for the mail with a link to choose another password. */

import { useState } from 'react';
import { accounts } from '../../api/accounts';
import { Field } from '../../components/Field';
import { Form } from '../../components/Form';
import { PageTitle } from '../../components/PageTitle';
import { ACCOUNT } from '../../texts/account';

export function ForgotPasswordPage() {
  const [asked, setAsked] = useState<string | undefined>();
  return (
    <section className="sheet narrow stack">
      <PageTitle>{ACCOUNT.forgotTitle}</PageTitle>
      <p className="lead" role="status">
        {asked === undefined ? ACCOUNT.forgotLead : ACCOUNT.linkSent(asked)}
      </p>
      {asked === undefined && (
        <Form
          submit={ACCOUNT.sendLink}
          onSubmit={async (field) => {
            await accounts.forgotPassword(field('email'));
            setAsked(field('email'));
          }}
        >
          <Field label={ACCOUNT.email} name="email" type="email" autoComplete="username" required />
        </Form>
      )}
    </section>
  );
}
