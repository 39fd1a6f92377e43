/** What the figures of the report are and are not. */

import type { Report } from '../../api/schema';
import { REPORT } from '../../texts/report';
import { Section } from './Section';

export function About({ report: { tests, disclaimer } }: { readonly report: Report }) {
  return (
    <Section title={REPORT.about}>
      <div className="about stack-close soft">
        <p>{REPORT.aboutConfidence}</p>
        {tests.some(({ poseAccuracy }) => poseAccuracy !== undefined) && <p>{REPORT.aboutAccuracy}</p>}
        <p>{disclaimer}</p>
      </div>
    </Section>
  );
}
