/** A part of a result with its heading. */

import type { ReactNode } from 'react';

interface Props {
  readonly name: string;
  readonly title: string;
  /** Takes the whole width of the page. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Part({ name, title, wide = false, children }: Props) {
  return (
    <section className={wide ? 'part part-wide stack' : 'part stack'} aria-labelledby={`part-${name}`}>
      <h2 id={`part-${name}`}>{title}</h2>
      {children}
    </section>
  );
}
