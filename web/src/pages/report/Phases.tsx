/** The two phases of the program: what is worked on when, and why. */

import type { Phase, PhaseArea, ProblemArea } from '../../api/schema';
import { Badge } from '../../components/Badge';
import { Section } from '../../components/Section';
import { fromTo } from '../../texts/format';
import { allOf, sidesInWords } from '../../texts/lists';
import { REPORT } from '../../texts/report';
import { testName } from '../../texts/testNames';

interface Props {
  readonly phases: readonly Phase[];
  /** Everything that stood out. */
  readonly areas: readonly ProblemArea[];
}

export function Phases({ phases, areas: found }: Props) {
  if (phases.length === 0) return null;
  return (
    <Section title={REPORT.program} lead={REPORT.programLead}>
      <ol className="phases">
        {phases.map(({ number, title, from, to, text, status, areas }) => (
          <li key={number} className="phase stack-close" data-status={status}>
            <div className="area-head">
              <h3>{title}</h3>
              <Badge {...(status === 'current' && { tone: 'now' })}>{REPORT.phaseStatus[status]}</Badge>
            </div>
            <p className="phase-days">{fromTo(from, to)}</p>
            <p>{text}</p>
            <ul className="area-list">
              {areas.map((area) => (
                <li key={area.id}>
                  <strong>{area.name}</strong>
                  {area.sides.length > 0 && `, ${sidesInWords(area.sides)}`}{' '}
                  <span className="priority-mark" data-priority={area.priority}>
                    {area.priority}
                  </span>
                  <span className="each">{whyOf(area, found)}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Why an area is worked on: in the server's words, but where those name tests, which have other names here. */
function whyOf({ id, priority, why }: PhaseArea, found: readonly ProblemArea[]): string {
  const area = found.find((each) => each.id === id);
  if (area === undefined || area.causes.some(({ status }) => status === 'found')) return why;
  const tests = new Set(area.findings.map(({ test }) => testName(test)));
  return REPORT.foundIn(allOf([...tests]), priority === 'P2', area.sure);
}
