/** A page for those who are not signed in: who is goes on to the tests. */

import type { ReactNode } from 'react';
import { Redirect } from 'wouter';
import { PAGES } from '../pages';
import { TestsShape } from '../pages/shapes';
import { useSession } from '../session/useSession';

export function SignedOutOnly({ children }: { readonly children: ReactNode }) {
  const { name } = useSession();
  // Only who was signed in here before is waited for, and goes on to the tests as a rule.
  if (name === 'opening') return <TestsShape />;
  return name === 'signed-in' ? <Redirect to={PAGES.tests} replace /> : children;
}
