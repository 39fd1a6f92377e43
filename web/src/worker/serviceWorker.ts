/**
 * Keeps the client itself, so that it opens without a connection: its page and the files of its build, nothing else. Answers of the
 * API are never kept. The build writes it to `/sw.js`.
 */

import { handlingOf, networkFirst, outdated } from './handling';
import { ENTRY_QUESTION } from './messages';

declare const self: ServiceWorkerGlobalScope;

/** What the build knows of itself. */
declare const BUILD: {
  /** Changes with any file of the build. */
  readonly version: string;
  /** The script that the page begins with. */
  readonly entry: string;
  /** Files to have before somebody needs them. */
  readonly files: readonly string[];
  /** The others, which are large: kept when they are used. */
  readonly large: readonly string[];
};

const { version, entry, files, large } = BUILD;

const PREFIX = 'flow-';
const CACHE = `${PREFIX}${version}`;
const PAGE = '/';

/** A network that takes longer is no better than none, to somebody who looks at an empty window. */
const PATIENCE_MILLISECONDS = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil(install());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { method, mode, url } = request;
  const asked = { method, mode, url, range: request.headers.has('range') };
  switch (handlingOf(asked, self.location.origin)) {
    case 'page':
      event.respondWith(page(request));
      break;
    case 'asset':
      event.respondWith(asset(event));
      break;
    case 'leave':
      break;
  }
});

self.addEventListener('message', (event) => {
  if (event.data === ENTRY_QUESTION) event.ports[0]?.postMessage(entry);
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  const response = await fetch(PAGE, { cache: 'no-cache' });
  // In the middle of a deployment the page may be that of another build: the browser tries again later.
  if (!response.ok || response.redirected || !(await response.clone().text()).includes(entry))
    throw new Error('the page is not of this build');
  await cache.addAll(files);
  await cache.put(PAGE, response);
  await self.skipWaiting();
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(outdated(names, PREFIX, CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

function page(request: Request): Promise<Response> {
  return networkFirst(
    () => fetch(request),
    () => caches.match(PAGE, { cacheName: CACHE }),
    () => new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLISECONDS)),
  );
}

async function asset(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const kept = await caches.match(request, { ignoreVary: true, cacheName: CACHE });
  if (kept !== undefined) return kept;
  // An earlier build may have had the same file; so may a page of one that is still open, of files that are gone since.
  const found = (await caches.match(request, { ignoreVary: true })) ?? (await fetch(request));
  if (found.status === 200 && large.includes(new URL(request.url).pathname))
    event.waitUntil(keep(request, found.clone()));
  return found;
}

/**
 * Keeps a large file in the cache of this build, so that it outlives those of the builds before. Whoever asked for it has it
 * already and does not wait: it costs a download the next time when there is no room for it.
 */
async function keep(request: Request, response: Response): Promise<void> {
  try {
    const cache = await caches.open(CACHE);
    await cache.put(request, response);
  } catch (error) {
    console.info('A file is not kept for use without a connection:', error);
  }
}
