/** The four figures that everybody looks for first. */

import type { Report } from '../../api/schema';
import { shortDay } from '../../texts/format';
import { REPORT } from '../../texts/report';
import { nextRetest } from './summary';

export function Glance({ report }: { readonly report: Report }) {
  const { limitations, retests, tests, on } = report;
  const next = nextRetest(retests, on);
  const figures: readonly (readonly [what: string, figure: string, mark?: string])[] = [
    [REPORT.withResult, String(tests.length)],
    [REPORT.firstPriority, String(limitations.p1.length), 'P1'],
    [REPORT.secondPriority, String(limitations.p2.length), 'P2'],
    [REPORT.nextRetest, next === undefined ? REPORT.none : next === 'now' ? REPORT.now : shortDay(next)],
  ];
  return (
    <section aria-label={REPORT.glance}>
      <dl className="glance">
        {figures.map(([what, figure, mark]) => (
          <div className="glance-figure" data-mark={mark} key={what}>
            <dt>{what}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
