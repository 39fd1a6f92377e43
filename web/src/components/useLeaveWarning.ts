/** The browser's own question before a page is reloaded or closed that holds what would be lost. */

import { useEffect } from 'react';

export function useLeaveWarning(holds: boolean): void {
  useEffect(() => {
    if (!holds) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [holds]);
}
