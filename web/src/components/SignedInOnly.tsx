/** A page for those who are signed in: sends who is not to sign in, and back here afterwards. */

import { type ReactNode, useEffect, useState } from 'react';
import { Redirect } from 'wouter';
import { PAGES } from '../pages';
import { useSession } from '../session/useSession';
import { Later } from './Later';

interface Props {
  /** Loads what `children` need, while it is still being looked at who is signed in. */
  readonly part: () => Promise<unknown>;
  /** The shape of the page, until both is known. */
  readonly shape: ReactNode;
  readonly children: ReactNode;
}

export function SignedInOnly({ part, shape, children }: Props) {
  const { name } = useSession();
  // Who was signed in a moment ago is told why this is another page now.
  const [was, setWas] = useState(false);
  useEffect(() => {
    if (name === 'signed-in') setWas(true);
  }, [name]);
  useEffect(() => {
    // Should it fail, whoever shows it says so.
    part().catch(() => undefined);
  }, [part]);
  if (name === 'opening') return shape;
  if (name === 'signed-in') return <Later shape={shape}>{children}</Later>;
  const { pathname, search, hash } = window.location;
  const next = new URLSearchParams({ next: `${pathname}${search}${hash}`, ...(was && { ended: '' }) });
  return <Redirect to={`${PAGES.signIn}?${next}`} replace />;
}
