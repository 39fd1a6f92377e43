/** A part of a page under a heading, with a sentence where one helps. */

import { type ReactNode, useId } from 'react';

interface Props {
  readonly title: string;
  readonly lead?: string;
  /** On a ground of its own, or over the whole width where parts stand beside each other. */
  readonly look?: 'sheet' | 'wide';
  readonly children: ReactNode;
}

export function Section({ title, lead, look, children }: Props) {
  const id = useId();
  return (
    <section className={look === undefined ? 'stack' : `${look} stack`} aria-labelledby={id}>
      <div className="section-head stack-close">
        <h2 id={id}>{title}</h2>
        {lead !== undefined && <p className="soft section-lead">{lead}</p>}
      </div>
      {children}
    </section>
  );
}
