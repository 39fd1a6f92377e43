/** Signs in, and goes on to where the person wanted to be. */

import { Link, useLocation, useSearchParams } from 'wouter';
import { innerAddress } from '../../addresses';
import { accounts } from '../../api/accounts';
import { Field, PasswordField } from '../../components/Field';
import { Form } from '../../components/Form';
import { PageTitle } from '../../components/PageTitle';
import { PAGES } from '../../pages';
import { session } from '../../session/browser';
import { ACCOUNT } from '../../texts/account';

export function SignInPage() {
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const next = innerAddress(search.get('next')) ?? PAGES.tests;
  return (
    <section className="sheet narrow stack">
      <PageTitle>{ACCOUNT.signIn}</PageTitle>
      {search.has('ended') && <p role="status">{ACCOUNT.ended}</p>}
      <Form
        submit={ACCOUNT.signIn}
        onSubmit={async (field) => {
          session.signIn(await accounts.signIn({ email: field('email'), password: field('password') }));
          go(next, { replace: true });
        }}
      >
        <Field label={ACCOUNT.email} name="email" type="email" autoComplete="username" required />
        <PasswordField label={ACCOUNT.password} name="password" autoComplete="current-password" required />
      </Form>
      <p>
        <Link href={PAGES.forgotPassword}>{ACCOUNT.forgot}</Link>
      </p>
      <p>
        {ACCOUNT.noAccount} <Link href={PAGES.signUp}>{ACCOUNT.signUp}</Link>
      </p>
    </section>
  );
}
