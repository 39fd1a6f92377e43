/** When to test again: key limitations soon, everything later. */

import type { DueStatus, Retests as RetestDays } from '../../api/schema';
import { Badge } from '../../components/Badge';
import { Section } from '../../components/Section';
import { fromTo, longDay } from '../../texts/format';
import { allOf } from '../../texts/lists';
import { REPORT } from '../../texts/report';
import { testName } from '../../texts/testNames';

export function Retests({ retests: { quick, full } }: { readonly retests: RetestDays }) {
  if (full === null) return null;
  return (
    <Section title={REPORT.retests} lead={REPORT.retestsLead}>
      <div className="table-frame">
        <table className="stacked">
          <thead>
            <tr>
              <th scope="col">{REPORT.tests}</th>
              <th scope="col">{REPORT.what}</th>
              <th scope="col">{REPORT.when}</th>
              <th scope="col">{REPORT.status}</th>
            </tr>
          </thead>
          <tbody>
            {quick.map(({ test, areas, on, status }) => (
              <tr key={test}>
                <th scope="row">
                  <strong>{testName(test)}</strong>
                  <span className="each">{REPORT.forAreas(allOf(areas))}</span>
                </th>
                <td>{REPORT.quick}</td>
                <td>{longDay(on)}</td>
                <td>
                  <Due status={status} />
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">{allOf(full.tests.map(testName))}</th>
              <td>{REPORT.full}</td>
              <td>{fromTo(full.from, full.by)}</td>
              <td>
                <Due status={full.status} />
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Due({ status }: { readonly status: DueStatus }) {
  const tone = { upcoming: undefined, due: 'now', overdue: 'low' } as const;
  const shown = tone[status];
  return <Badge {...(shown !== undefined && { tone: shown })}>{REPORT.due[status]}</Badge>;
}
