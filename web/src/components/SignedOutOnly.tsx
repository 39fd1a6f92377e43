/** A page for those who are not signed in: who is goes on to the tests. */

import type { ReactNode } from 'react';
import { Redirect } from 'wouter';
import { PAGES } from '../pages';
import { useSession } from '../session/useSession';
import { Opening } from './Opening';

export function SignedOutOnly({ children }: { readonly children: ReactNode }) {
  const { name } = useSession();
  if (name === 'opening') return <Opening />;
  return name === 'signed-in' ? <Redirect to={PAGES.tests} replace /> : children;
}
