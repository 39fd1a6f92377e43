/** Asks for an account, then for a look into the mail. */

import { useState } from 'react';
import { Link } from 'wouter';
import { accounts } from '../../api/accounts';
import { Agreement, Field } from '../../components/Field';
import { Form } from '../../components/Form';
import { PageTitle } from '../../components/PageTitle';
import { PAGES } from '../../pages';
import { ACCOUNT } from '../../texts/account';
import { CheckMail } from './CheckMail';
import { NewPassword } from './NewPassword';

/** The wellness disclaimer that `ACCOUNT.consent` is; the API takes no other. */
const CONSENT = { version: '2026-11' } as const;

export function SignUpPage() {
  const [written, setWritten] = useState<string | undefined>();
  if (written !== undefined) return <CheckMail email={written} />;
  return (
    <section className="sheet narrow stack">
      <PageTitle>{ACCOUNT.signUp}</PageTitle>
      <p className="lead">{ACCOUNT.signUpLead}</p>
      <Form
        submit={ACCOUNT.signUp}
        onSubmit={async (field) => {
          const email = field('email');
          const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
          await accounts.register({
            email,
            password: field('password'),
            timeZone,
            consent: CONSENT,
            adult: true,
          });
          setWritten(email);
        }}
      >
        <Field
          label={ACCOUNT.email}
          name="email"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
        />
        <NewPassword label={ACCOUNT.password} />
        <Agreement name="adult">{ACCOUNT.adult}</Agreement>
        <Agreement name="consent">{ACCOUNT.consent}</Agreement>
      </Form>
      <p>
        {ACCOUNT.haveAccount} <Link href={PAGES.signIn}>{ACCOUNT.signIn}</Link>
      </p>
    </section>
  );
}
