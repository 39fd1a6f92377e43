/** Calm bars under the masthead: no connection, and a new version of the client. Said once, in passing. */

import { useSyncExternalStore } from 'react';
import { useOnline } from '../connection/online';
import { BARS } from '../texts/bars';
import { isOutdated, onOutdated } from '../worker/register';

export function Bars() {
  const online = useOnline();
  const outdated = useSyncExternalStore(onOutdated, isOutdated);
  return (
    <div className="bars" aria-live="polite">
      {!online && (
        <p className="bar">
          <strong>{BARS.offline}</strong> {BARS.offlineLead}
        </p>
      )}
      {outdated && online && (
        <div className="bar">
          <p>{BARS.outdated}</p>
          <button type="button" className="text-button bar-button" onClick={() => window.location.reload()}>
            {BARS.reload}
          </button>
        </div>
      )}
    </div>
  );
}
