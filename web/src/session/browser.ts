/** The session of this browser, and the API as whoever is signed in. */

import { accountApi } from '../api/account';
import { accounts } from '../api/accounts';
import { flowApi } from '../api/client';
import { insightApi } from '../api/insight';
import { Session, type SessionNews } from './session';

const HINT = 'flow.signed-in';
const channel = new BroadcastChannel('flow.session');

export const session = new Session({
  refresh: () => accounts.refresh(),
  hint: {
    get: () => withStorage((storage) => storage.getItem(HINT) !== null) ?? false,
    set(signedIn) {
      withStorage((storage) => (signedIn ? storage.setItem(HINT, '1') : storage.removeItem(HINT)));
    },
  },
  inTurn: (work) => navigator.locks.request('flow.refresh', work),
  tell: (news) => channel.postMessage(news),
  listen(hear) {
    channel.addEventListener('message', ({ data }) => hear(data as SessionNews));
  },
  now: () => Date.now(),
});

export const api = flowApi(session);

export const account = accountApi(session);

export const insight = insightApi(session);

/** Browsers that are told to keep nothing throw at the mere look at their storage: a reload then asks to sign in again. */
function withStorage<T>(work: (storage: Storage) => T): T | undefined {
  try {
    return work(window.localStorage);
  } catch {
    return undefined;
  }
}
