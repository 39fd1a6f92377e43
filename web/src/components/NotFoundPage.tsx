/** Nothing is at this address. */

import { Link } from 'wouter';
import { PAGES } from '../pages';
import { ACCOUNT, NOT_FOUND } from '../texts/account';
import { PageTitle } from './PageTitle';

export function NotFoundPage() {
  return (
    <section className="sheet narrow stack">
      <PageTitle>{NOT_FOUND.title}</PageTitle>
      <p className="lead">{NOT_FOUND.lead}</p>
      <Link className="button" href={PAGES.start}>
        {ACCOUNT.backToStart}
      </Link>
    </section>
  );
}
