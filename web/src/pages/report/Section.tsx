/** A section of the report with its heading and a sentence. */

import { type ReactNode, useId } from 'react';

interface Props {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

export function Section({ title, lead, children }: Props) {
  const id = useId();
  return (
    <section className="report-section stack" aria-labelledby={id}>
      <div className="report-section-head stack-close">
        <h2 id={id}>{title}</h2>
        {lead !== undefined && <p className="soft report-lead">{lead}</p>}
      </div>
      {children}
    </section>
  );
}
