/** What stood out: first what may be behind the rest, then what may follow from it. */

import { useId } from 'react';
import type { ProblemArea, Report, TestId } from '../../api/schema';
import { Areas } from '../../components/areas/Areas';
import { Section } from '../../components/Section';
import { REPORT } from '../../texts/report';
import { UI } from '../../texts/ui';

export function Limitations({ report }: { readonly report: Report }) {
  const { p1, p2 } = report.limitations;
  const resultOf = (test: TestId) => report.tests.find((summary) => summary.test === test)?.attempt;
  if (p1.length === 0 && p2.length === 0)
    return (
      <Section title={UI.noticed}>
        <p>{REPORT.nothing}</p>
      </Section>
    );
  return (
    <Section title={UI.noticed}>
      <Group title={REPORT.p1} lead={REPORT.p1Lead} areas={p1} resultOf={resultOf} />
      <Group title={REPORT.p2} lead={REPORT.p2Lead} areas={p2} resultOf={resultOf} />
    </Section>
  );
}

interface GroupProps {
  readonly title: string;
  readonly lead: string;
  readonly areas: readonly ProblemArea[];
  readonly resultOf: (test: TestId) => string | undefined;
}

function Group({ title, lead, areas, resultOf }: GroupProps) {
  const id = useId();
  return (
    <section className="priority stack" aria-labelledby={id}>
      <div>
        <h3 id={id}>{title}</h3>
        <p className="soft">{lead}</p>
      </div>
      {areas.length === 0 ? (
        <p className="soft">{REPORT.noArea}</p>
      ) : (
        <Areas areas={areas} heading="h4" resultOf={resultOf} />
      )}
    </section>
  );
}
