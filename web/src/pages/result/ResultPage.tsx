/** The result of a test, the most important first: outcome, what stood out, then what it rests on. */

import type { Attempt, TestResult } from '../../api/types';
import { PageTitle } from '../../components/PageTitle';
import { Section } from '../../components/Section';
import { useSession } from '../../session/useSession';
import { flagValue } from '../../texts/flags';
import { confidenceInWords, percent } from '../../texts/format';
import { MEANINGS } from '../../texts/meanings';
import { outcomeOf, outcomeSentence, severityOf } from '../../texts/results';
import { testName } from '../../texts/testNames';
import { UI } from '../../texts/ui';
import { ConfidenceScale } from './ConfidenceScale';
import { Details } from './Details';
import { FollowUp } from './FollowUp';
import { KeyFrames } from './KeyFrames';
import { MeasureTable, RepetitionTable, SideTable } from './Tables';

interface Props {
  readonly attempt: Attempt;
  readonly result: TestResult;
  readonly onAgain: () => void;
  readonly onOther: () => void;
}

export function ResultPage({ attempt, result, onAgain, onOther }: Props) {
  const outcome = outcomeOf(attempt.test, result.bucket, result.severity);
  const session = useSession();
  const tier = session.name === 'signed-in' ? session.account.tier : attempt.tier;
  const severity = severityOf(attempt.test, result.severity);
  return (
    <article className="result">
      <header className="outcome stack" data-tone={outcome.tone}>
        <PageTitle before={<p className="outcome-test">{testName(attempt.test)}</p>}>
          {outcome.headline}
        </PageTitle>
        <p className="lead">
          {outcomeSentence(outcome.tone, result.bucketText, result.notMeasured)} {severity}
        </p>
        <div className="confidence">
          <ConfidenceScale share={result.confidence} />
          <p>
            <strong>
              {MEANINGS.confidence} {percent(result.confidence)}.
            </strong>{' '}
            {confidenceInWords(result.confidence)}
          </p>
        </div>
      </header>

      <Section title={UI.noticed} look="wide">
        {result.flags.length === 0 ? (
          <p>{UI.nothingNoticed}</p>
        ) : (
          <ul className="flags">
            {result.flags.map((flag) => (
              <li key={`${flag.code} ${flag.side} ${flag.text}`} data-severe={flag.severe}>
                <span>{flag.text}</span>
                <span className="flag-value">
                  {flagValue(attempt.test, flag.code, flag)}
                  {flag.severe && `, ${UI.severe}`}
                </span>
              </li>
            ))}
          </ul>
        )}
        {result.sides.some(({ measured, bucket }) => !measured || bucket !== null) && (
          <SideTable sides={result.sides} />
        )}
      </Section>

      <FollowUp attempt={attempt} tier={tier} />

      {attempt.keyFrames !== undefined && attempt.keyFrames.length > 0 && (
        <Section title={UI.moments} look="wide">
          <KeyFrames frames={attempt.keyFrames} />
        </Section>
      )}

      <Section title={UI.measured}>
        <Details attempt={attempt.id} tier={tier} basic={<MeasureTable measures={result.measures} />} />
      </Section>

      {result.repetitions.length > 0 && (
        <Section title={UI.repetitions}>
          <RepetitionTable repetitions={result.repetitions} />
        </Section>
      )}

      {result.notMeasured.length > 0 && (
        <Section title={UI.notMeasured}>
          <p className="soft">{UI.notMeasuredLead}</p>
          <ul>
            {result.notMeasured.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </Section>
      )}

      <div className="actions">
        <button type="button" className="button" onClick={onOther}>
          {UI.another}
        </button>
        <button type="button" className="button button-quiet" onClick={onAgain}>
          {UI.again}
        </button>
      </div>
    </article>
  );
}
