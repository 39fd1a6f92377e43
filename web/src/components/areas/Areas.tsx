/** Problem areas as cards: what was seen, what it rests on, and what it may follow from. */

import type { Cause, ProblemArea, TestId } from '../../api/schema';
import { AREAS } from '../../texts/areas';
import { flagValue } from '../../texts/flags';
import { percent } from '../../texts/format';
import { sidesInWords } from '../../texts/lists';
import { testName } from '../../texts/testNames';
import { Badge } from '../Badge';
import { TestLink } from '../TestLink';
import { worthSaying } from './findings';

interface Props {
  readonly areas: readonly ProblemArea[];
  /** The level of the headings in the page. */
  readonly heading: 'h3' | 'h4';
  /** The attempt that a test's newest result came from, where that is known. */
  readonly resultOf?: (test: TestId) => string | undefined;
}

export function Areas({ areas, heading, resultOf }: Props) {
  return (
    <ul className="areas">
      {areas.map((area) => (
        <li key={area.id} className="area stack-close" data-priority={area.priority}>
          <Area area={area} heading={heading} resultOf={resultOf} />
        </li>
      ))}
    </ul>
  );
}

interface AreaProps extends Pick<Props, 'heading'> {
  readonly area: ProblemArea;
  readonly resultOf: Props['resultOf'];
}

function Area({ area, heading: Heading, resultOf }: AreaProps) {
  return (
    <>
      <div className="area-head">
        <Heading className="area-name">
          {area.name}
          {area.sides.length > 0 && <span className="soft">, {sidesInWords(area.sides)}</span>}
        </Heading>
        {area.severe && <Badge tone="low">{AREAS.severe}</Badge>}
        {!area.sure && <Badge>{AREAS.unsure}</Badge>}
      </div>
      <p>{area.text}</p>
      <p className="area-part">{AREAS.restsOn}</p>
      <ul className="area-list">
        {worthSaying(area.findings).map((finding) => (
          <li key={`${finding.test} ${finding.code} ${finding.side} ${finding.text}`}>
            <TestLink test={finding.test} attempt={resultOf?.(finding.test)} />: {finding.text}
            {finding.value !== null && (
              <strong> {flagValue(finding.test, finding.code, finding.value)}</strong>
            )}
            <span className="soft"> {AREAS.confidence(percent(finding.confidence))}</span>
          </li>
        ))}
      </ul>
      {area.causes.length > 0 && (
        <>
          <p className="area-part">{AREAS.mayFollow}</p>
          <ul className="area-list">
            {area.causes.map((cause) => (
              <li key={cause.id}>
                <strong>{cause.name}</strong>: {statusOf(cause)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function statusOf({ status, tests }: Cause): string {
  switch (status) {
    case 'found':
      return AREAS.found;
    case 'not-found':
      return AREAS.notFound;
    case 'not-tested':
      return AREAS.notTested(tests.map(testName));
  }
}
