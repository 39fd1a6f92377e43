/** Who is signed in, for components. */

import { useSyncExternalStore } from 'react';
import { session } from './browser';
import type { SessionState } from './session';

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, () => session.state);
}
