/** Whether the device has a connection, as far as the browser knows. */

import { useEffect, useSyncExternalStore } from 'react';

/** False while the browser is sure that there is no connection. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

/** Does something as soon as the connection is back, while it is wanted. */
export function useWhenBack(wanted: boolean, work: () => void): void {
  useEffect(() => {
    if (!wanted) return;
    window.addEventListener('online', work);
    return () => window.removeEventListener('online', work);
  }, [wanted, work]);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
