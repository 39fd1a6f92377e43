/** The result of a test, the most important first: outcome, what stood out, then what it rests on. */

import type { ReactNode } from 'react';
import type { Attempt, TestResult } from '../../api/types';
import { PageTitle } from '../../components/PageTitle';
import { confidenceInWords, percent, quantity } from '../../texts/format';
import { outcomeOf, severityOf } from '../../texts/results';
import { guideOf } from '../../texts/tests';
import { UI } from '../../texts/ui';
import { ConfidenceScale } from './ConfidenceScale';
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
  const severity = severityOf(attempt.test, result.severity);
  return (
    <article className="result">
      <header className="outcome stack" data-tone={outcome.tone}>
        <PageTitle before={<p className="outcome-test">{guideOf(attempt.test)?.name ?? attempt.test}</p>}>
          {outcome.headline}
        </PageTitle>
        <p className="lead">
          {result.bucketText} {severity}
        </p>
        <div className="confidence">
          <ConfidenceScale share={result.confidence} />
          <p>
            <strong>
              {UI.confidence} {percent(result.confidence)}.
            </strong>{' '}
            {confidenceInWords(result.confidence)}
          </p>
        </div>
      </header>

      <Part name="noticed" title={UI.noticed} wide>
        {result.flags.length === 0 ? (
          <p>{UI.nothingNoticed}</p>
        ) : (
          <ul className="flags">
            {result.flags.map((flag) => (
              <li key={`${flag.code} ${flag.side} ${flag.text}`} data-severe={flag.severe}>
                <span>{flag.text}</span>
                <span className="flag-value">
                  {quantity(flag.value, flag.unit)}
                  {flag.severe && `, ${UI.severe}`}
                </span>
              </li>
            ))}
          </ul>
        )}
        {result.sides.some(({ measured, bucket }) => !measured || bucket !== null) && (
          <SideTable sides={result.sides} />
        )}
      </Part>

      {attempt.keyFrames !== undefined && attempt.keyFrames.length > 0 && (
        <Part name="moments" title={UI.moments} wide>
          <KeyFrames frames={attempt.keyFrames} />
        </Part>
      )}

      <Part name="measured" title={UI.measured}>
        <MeasureTable measures={result.measures} />
      </Part>

      {result.repetitions.length > 0 && (
        <Part name="repetitions" title={UI.repetitions}>
          <RepetitionTable repetitions={result.repetitions} />
        </Part>
      )}

      {result.notMeasured.length > 0 && (
        <Part name="not-measured" title={UI.notMeasured}>
          <p className="soft">{UI.notMeasuredLead}</p>
          <ul>
            {result.notMeasured.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </Part>
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

interface PartProps {
  readonly name: string;
  readonly title: string;
  /** Takes the whole width of the page. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

function Part({ name, title, wide = false, children }: PartProps) {
  return (
    <section className={wide ? 'part part-wide stack' : 'part stack'} aria-labelledby={`part-${name}`}>
      <h2 id={`part-${name}`}>{title}</h2>
      {children}
    </section>
  );
}
