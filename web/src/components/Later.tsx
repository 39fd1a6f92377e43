/** A part of the client that arrives after the rest, or not at all. */

import { type ReactNode, Suspense } from 'react';
import { LoadBoundary } from './LoadBoundary';
import { Opening } from './Opening';

export function Later({ children }: { readonly children: ReactNode }) {
  return (
    <LoadBoundary>
      <Suspense fallback={<Opening />}>{children}</Suspense>
    </LoadBoundary>
  );
}
