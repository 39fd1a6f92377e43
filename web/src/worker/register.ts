/** Has the browser keep the client, and says when a newer one than the page that is open has been fetched. */

import { ENTRY_QUESTION } from './messages';

/** The browser looks for a new version when a page is opened; a page that stays open looks this often when it is turned to. */
const LOOK_AGAIN_MILLISECONDS = 60 * 60 * 1000;

let outdated = false;
const listeners = new Set<() => void>();

/** Whether the page that is open is of an earlier build than the one that opens next. */
export function isOutdated(): boolean {
  return outdated;
}

/** Calls `listener` when that changes, until the returned function is called. */
export function onOutdated(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Once the page has loaded: it needs the connection for itself first. */
export function registerWorker(): void {
  // Browsers have none on addresses without TLS, nor some of them in private windows.
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('controllerchange', compareEntries);
  const register = () => {
    serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then(lookAgain, (error: unknown) => {
      console.info('The client is not kept for use without a connection:', error);
    });
  };
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}

function lookAgain(registration: ServiceWorkerRegistration): void {
  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < LOOK_AGAIN_MILLISECONDS) return;
    looked = Date.now();
    registration.update().catch((error: unknown) => console.info('No look at a new version:', error));
  });
}

/** A worker has taken over: it may be of this very build, or of a newer one. */
function compareEntries(): void {
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => {
    const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
    if (script === null || new URL(script.src).pathname === data) return;
    outdated = true;
    for (const listener of listeners) listener();
  };
  navigator.serviceWorker.controller?.postMessage(ENTRY_QUESTION, [channel.port2]);
}
