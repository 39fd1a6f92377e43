/** One stage on the plumb line: its number, its name, and its content once it is open. */

import type { ReactNode } from 'react';

export type StageName = 'test' | 'ready' | 'video';

interface Props {
  readonly name: StageName;
  readonly title: string;
  readonly open: boolean;
  readonly settled: boolean;
  readonly children?: ReactNode;
}

export function Stage({ name, title, open, settled, children }: Props) {
  const state = settled ? 'settled' : open ? 'open' : 'waiting';
  return (
    <li className="stage" data-state={state}>
      <section className="stack-wide" aria-labelledby={`stage-${name}`}>
        <h2 id={`stage-${name}`} tabIndex={-1}>
          {title}
        </h2>
        {children}
      </section>
    </li>
  );
}

/** Takes someone to a stage: the window scrolls there and the screen reader reads on from there. */
export function focusStage(name: StageName): void {
  document.getElementById(`stage-${name}`)?.focus();
}
