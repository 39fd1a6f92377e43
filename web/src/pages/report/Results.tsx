/** The newest result of each test, and what no recording has shown yet. */

import type { Report, TestSummary } from '../../api/schema';
import { Section } from '../../components/Section';
import { TestLink } from '../../components/TestLink';
import { longDay, percent } from '../../texts/format';
import { allOf } from '../../texts/lists';
import { MEANINGS } from '../../texts/meanings';
import { REPORT } from '../../texts/report';
import { outcomeOf, outcomeSentence } from '../../texts/results';
import { testName } from '../../texts/testNames';

export function Results({ report: { tests, notMeasured, notTaken } }: { readonly report: Report }) {
  return (
    <>
      <Section title={REPORT.results}>
        <ul className="summaries">
          {tests.map((summary) => (
            <li key={summary.test}>
              <Summary
                summary={summary}
                notMeasured={notMeasured.find(({ test }) => test === summary.test)?.what ?? []}
              />
            </li>
          ))}
        </ul>
      </Section>
      {(notMeasured.length > 0 || notTaken.length > 0) && (
        <Section title={REPORT.notMeasured} lead={REPORT.notMeasuredLead}>
          <ul>
            {notMeasured.map(({ test, what }) => (
              <li key={test}>
                <strong>{testName(test)}</strong>: {what.join(' ')}
              </li>
            ))}
            {notTaken.length > 0 && (
              <li>
                <strong>{REPORT.notTaken}</strong>: {allOf(notTaken.map(testName))}.
              </li>
            )}
          </ul>
        </Section>
      )}
    </>
  );
}

interface SummaryProps {
  readonly summary: TestSummary;
  readonly notMeasured: readonly string[];
}

function Summary({ summary, notMeasured }: SummaryProps) {
  const { test, attempt, on, bucket, bucketText, severity, confidence, poseAccuracy } = summary;
  const { headline, tone } = outcomeOf(test, bucket, severity);
  return (
    <article className="summary">
      <h3>
        <TestLink test={test} attempt={attempt} />
      </h3>
      <p className="outcome-words" data-tone={tone}>
        {headline}
      </p>
      <p>{outcomeSentence(tone, bucketText, notMeasured)}</p>
      <p className="soft">
        {longDay(on)}. {MEANINGS.confidence} {percent(confidence.confidence)}.
        {poseAccuracy !== undefined && ` ${MEANINGS.accuracy} ${percent(poseAccuracy)}.`}
      </p>
    </article>
  );
}
