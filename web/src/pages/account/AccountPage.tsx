/** One's own account: what it is, where it is signed in, and everything that can be done with it. */

import { useId, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { AccountDetails } from '../../api/schema';
import { Agreement, Field, PasswordField } from '../../components/Field';
import { Form } from '../../components/Form';
import { Loaded } from '../../components/Loaded';
import { PageTitle } from '../../components/PageTitle';
import { Section } from '../../components/Section';
import { save } from '../../components/save';
import { PAGES } from '../../pages';
import { account, session } from '../../session/browser';
import { ACCOUNT, OWN, TIERS } from '../../texts/account';
import { day } from '../../texts/format';
import { PLANS } from '../../texts/plans';
import { AccountShape } from '../shapes';
import { NewPassword } from './NewPassword';
import { Sessions } from './Sessions';

export function AccountPage() {
  return (
    <Loaded load={account.show} shape={<AccountShape />}>
      {(details) => (
        <div className="narrow stack-wide">
          <PageTitle>{OWN.title}</PageTitle>
          <Overview details={details} />
          <Section look="sheet" title={OWN.sessions}>
            <Sessions />
          </Section>
          <ChangePassword />
          <ChangeEmail />
          <Export />
          <Remove />
        </div>
      )}
    </Loaded>
  );
}

function Overview({ details }: { readonly details: AccountDetails }) {
  const [saved, setSaved] = useState(false);
  const id = useId();
  return (
    <section className="sheet stack">
      <dl className="details">
        <div>
          <dt>{ACCOUNT.email}</dt>
          <dd>{details.email}</dd>
        </div>
        <div>
          <dt>{OWN.plan}</dt>
          <dd>
            {TIERS[details.tier]} <Link href={PAGES.plans}>{PLANS.all}</Link>
          </dd>
        </div>
        <div>
          <dt>{OWN.since}</dt>
          <dd>{day(details.createdAt)}</dd>
        </div>
      </dl>
      <Form
        submit={OWN.saveTimeZone}
        onSubmit={async (field) => {
          setSaved(false);
          await account.changeTimeZone(field('timeZone'));
          setSaved(true);
        }}
      >
        <div className="field">
          <label htmlFor={id}>{OWN.timeZone}</label>
          <select
            id={id}
            className="field-input"
            name="timeZone"
            defaultValue={details.timeZone}
            aria-describedby={`${id}-hint`}
          >
            {zones(details.timeZone).map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </select>
          <p id={`${id}-hint`} className="soft field-hint">
            {OWN.timeZoneHint}
          </p>
        </div>
      </Form>
      <p role="status">{saved && OWN.timeZoneSaved}</p>
    </section>
  );
}

/** Time zones that this browser knows, and the one that is set. */
function zones(current: string): readonly string[] {
  return [...new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
}

function ChangePassword() {
  const [done, setDone] = useState(false);
  return (
    <Section look="sheet" title={OWN.changePassword}>
      {done ? (
        <p role="status">{OWN.passwordChanged}</p>
      ) : (
        <Form
          submit={OWN.savePassword}
          onSubmit={async (field) => {
            await account.changePassword({ password: field('current'), newPassword: field('password') });
            setDone(true);
          }}
        >
          <CurrentPassword name="current" />
          <NewPassword label={ACCOUNT.newPassword} />
        </Form>
      )}
    </Section>
  );
}

function ChangeEmail() {
  const [asked, setAsked] = useState<string | undefined>();
  return (
    <Section look="sheet" title={OWN.changeEmail}>
      {asked !== undefined ? (
        <p role="status">{OWN.emailAsked(asked)}</p>
      ) : (
        <Form
          submit={OWN.saveEmail}
          onSubmit={async (field) => {
            await account.changeEmail({ newEmail: field('newEmail'), password: field('password') });
            setAsked(field('newEmail'));
          }}
        >
          <Field label={OWN.newEmail} name="newEmail" type="email" autoComplete="email" required />
          <CurrentPassword name="password" />
        </Form>
      )}
    </Section>
  );
}

function Export() {
  return (
    <Section look="sheet" title={OWN.export}>
      <p>{OWN.exportLead}</p>
      <Form submit={OWN.exportNow} onSubmit={async () => save(await account.exported(), OWN.exportName)}>
        {null}
      </Form>
    </Section>
  );
}

function Remove() {
  const [, go] = useLocation();
  return (
    <Section look="sheet" title={OWN.remove}>
      <p>{OWN.removeLead}</p>
      <Form
        submit={OWN.removeNow}
        look="danger"
        onSubmit={async (field) => {
          await account.remove({ password: field('password') });
          go(`${PAGES.start}?deleted`);
          session.signOut();
        }}
      >
        <CurrentPassword name="password" />
        <Agreement name="sure">{OWN.removeSure}</Agreement>
      </Form>
    </Section>
  );
}

function CurrentPassword({ name }: { readonly name: string }) {
  return <PasswordField label={OWN.currentPassword} name={name} autoComplete="current-password" required />;
}
