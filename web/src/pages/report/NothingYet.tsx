/** The report of somebody who has no result yet: what to do to get one. */

import { Link } from 'wouter';
import { PageTitle } from '../../components/PageTitle';
import { PAGES } from '../../pages';
import { REPORT } from '../../texts/report';

export function NothingYet() {
  return (
    <section className="report-empty stack">
      <PageTitle>{REPORT.empty}</PageTitle>
      <p className="lead">{REPORT.emptyLead}</p>
      <div className="actions">
        <Link className="button" href={PAGES.tests}>
          {REPORT.begin}
        </Link>
      </div>
      <ol className="steps sheet">
        {REPORT.emptySteps.map(([name, what]) => (
          <li key={name}>
            <h2 className="step-name">{name}</h2>
            <p>{what}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
