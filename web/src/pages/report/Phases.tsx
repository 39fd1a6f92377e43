/** The two phases of the program: what is worked on when, and why. */

import type { Phase } from '../../api/schema';
import { Badge } from '../../components/Badge';
import { Section } from '../../components/Section';
import { fromTo } from '../../texts/format';
import { sidesInWords } from '../../texts/lists';
import { REPORT } from '../../texts/report';

export function Phases({ phases }: { readonly phases: readonly Phase[] }) {
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
                  <span className="each">{area.why}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Section>
  );
}
