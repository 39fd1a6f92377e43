/** What the figures of the report are and are not. */

import type { Report } from '../../api/schema';
import { Section } from '../../components/Section';
import { MEANINGS } from '../../texts/meanings';
import { REPORT } from '../../texts/report';

export function About({ report: { tests, disclaimer } }: { readonly report: Report }) {
  return (
    <Section title={REPORT.about}>
      <div className="about stack-close soft">
        <p>{REPORT.aboutConfidence}</p>
        {tests.some(({ poseAccuracy }) => poseAccuracy !== undefined) && <p>{MEANINGS.accuracyMeans}</p>}
        <p>{disclaimer}</p>
      </div>
    </Section>
  );
}
