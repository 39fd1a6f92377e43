/** Who is signed in, for components. */

import { useSyncExternalStore } from 'react';
import { session } from './browser';
import type { SessionState } from './session';

/** The id of the account that is signed in. */
export function useOwner(): string | undefined {
  const session = useSession();
  return session.name === 'signed-in' ? session.account.id : undefined;
}

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, () => session.state);
}
