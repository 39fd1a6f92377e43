/** The link of a mail without its token. */

import { Link } from 'wouter';
import { PageTitle } from '../../components/PageTitle';
import { PAGES } from '../../pages';
import { ACCOUNT } from '../../texts/account';

export function LinkIncomplete() {
  return (
    <section className="sheet narrow stack">
      <PageTitle>{ACCOUNT.noToken}</PageTitle>
      <p className="lead">{ACCOUNT.noTokenLead}</p>
      <Link className="button" href={PAGES.start}>
        {ACCOUNT.backToStart}
      </Link>
    </section>
  );
}
