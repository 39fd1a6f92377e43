/** A word or two that mark something; the colour says nothing that the words do not. */

import type { Tone } from '../texts/results';

interface Props {
  readonly tone?: Tone | 'now';
  readonly children: string;
}

export function Badge({ tone, children }: Props) {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  );
}
