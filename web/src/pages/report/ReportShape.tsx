/** The shape of a report before it is here, so that nothing moves when it comes. */

import { REPORT } from '../../texts/report';

export function ReportShape() {
  return (
    <div className="report shape" role="status">
      <span className="hidden">{REPORT.working}</span>
      <div className="report-head stack">
        <span className="line line-title" />
        <span className="line" />
        <span className="line line-button" />
      </div>
      <div className="glance">
        {['tests', 'first', 'second', 'next'].map((figure) => (
          <span className="glance-figure shape-figure" key={figure} />
        ))}
      </div>
      <div className="areas">
        {['one', 'two'].map((area) => (
          <span className="area shape-area" key={area} />
        ))}
      </div>
    </div>
  );
}
