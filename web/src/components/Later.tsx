/** A part of the client that arrives after the rest, or not at all. */

import { type ReactNode, Suspense } from 'react';
import { useLocation } from 'wouter';
import { LoadBoundary } from './LoadBoundary';

interface Props {
  /** All of a page, or a part of one whose rest stays. */
  readonly as?: 'page' | 'part';
  /** What stands there until it is here. */
  readonly shape: ReactNode;
  readonly children: ReactNode;
}

export function Later({ as = 'page', shape, children }: Props) {
  // What failed at one address says nothing about the next: without a key, the boundary of one page would stay for the others.
  const [path] = useLocation();
  return (
    <LoadBoundary key={path} as={as}>
      <Suspense fallback={shape}>{children}</Suspense>
    </LoadBoundary>
  );
}
