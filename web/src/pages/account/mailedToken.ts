/** The token in the link of a mail: `#token=...`, which no server and no log ever gets to see. */

import { useEffect, useState } from 'react';

const IN_ADDRESS = /^#token=([A-Za-z0-9_-]+)$/;

/** Reads the token once and takes it out of the address, so that nobody who looks at the screen or the history has it. */
export function useMailedToken(): string | undefined {
  const [token] = useState(() => IN_ADDRESS.exec(window.location.hash)?.[1]);
  useEffect(() => {
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, '', `${pathname}${search}`);
  }, []);
  return token;
}
