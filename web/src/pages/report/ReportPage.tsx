/** The report: what stood out and why, what to work on when, what has changed, and when to test again. */

import type { Report } from '../../api/schema';
import { Loaded } from '../../components/Loaded';
import { Locked } from '../../components/Locked';
import { PageTitle } from '../../components/PageTitle';
import { insight } from '../../session/browser';
import { TIERS } from '../../texts/account';
import { REPORT } from '../../texts/report';
import { ReportShape } from '../shapes';
import { About } from './About';
import { Glance } from './Glance';
import { KeepButtons } from './KeepButtons';
import { Limitations } from './Limitations';
import { NothingYet } from './NothingYet';
import { Phases } from './Phases';
import { ProgressTable } from './ProgressTable';
import { Results } from './Results';
import { Retests } from './Retests';
import { measuredBetween } from './summary';

export function ReportPage() {
  return (
    <Loaded
      load={insight.report}
      shape={<ReportShape />}
      locked={(tier) => <Locked as="page" title={REPORT.locked} tier={tier} holds={REPORT.lockedHolds} />}
    >
      {(report) => (report.tests.length === 0 ? <NothingYet /> : <Whole report={report} />)}
    </Loaded>
  );
}

function Whole({ report }: { readonly report: Report }) {
  const between = measuredBetween(report);
  return (
    <article className="report">
      <header className="report-head stack">
        <PageTitle before={<p className="report-tier">{TIERS[report.tier] ?? report.tier}</p>}>
          {REPORT.title}
        </PageTitle>
        {between !== undefined && <p className="lead">{REPORT.lead(report.on, ...between)}</p>}
        <KeepButtons on={report.on} />
      </header>
      <Glance report={report} />
      <Limitations report={report} />
      <Phases phases={report.phases} areas={[...report.limitations.p1, ...report.limitations.p2]} />
      <Retests retests={report.retests} />
      <ProgressTable rows={report.progress} today={report.on} />
      <Results report={report} />
      <About report={report} />
    </article>
  );
}
