/** Which request the service worker answers how, and how it decides between the network and what it keeps. */

import { PAGES } from '../pages';

/**
 * - `page`: from the network; without one, the client as it was kept.
 * - `asset`: a file of a build, whose name changes with its content: kept ones are as good as any.
 * - `leave`: none of the worker's business.
 */
type Handling = 'page' | 'asset' | 'leave';

export interface Asked {
  readonly method: string;
  readonly mode: string;
  readonly url: string;
  /** Part of a file only, as players ask for. */
  readonly range: boolean;
}

/** `origin` is where the worker comes from. */
export function handlingOf({ method, mode, url, range }: Asked, origin: string): Handling {
  const { origin: asked, pathname } = new URL(url);
  if (method !== 'GET' || asked !== origin) return 'leave';
  if (mode === 'navigate') return isPage(pathname) ? 'page' : 'leave';
  return pathname.startsWith('/assets/') && !range ? 'asset' : 'leave';
}

/** Whether the client has a page at a path. */
function isPage(path: string): boolean {
  const found = path.split('/');
  return Object.values(PAGES).some((page) => {
    const parts = page.split('/');
    return (
      parts.length === found.length &&
      parts.every((part, index) => part === found[index] || (part.startsWith(':') && found[index] !== ''))
    );
  });
}

/**
 * The answer of the network, unless there is none or it is late and something is kept. Without anything kept, the network has
 * the last word, whatever it says.
 */
export async function networkFirst<T>(
  ask: () => Promise<T>,
  kept: () => Promise<T | undefined>,
  late: () => Promise<void>,
): Promise<T> {
  const answer = ask();
  const inTime = await Promise.race([
    answer.then(
      (value) => ({ value }),
      () => undefined,
    ),
    late().then(() => undefined),
  ]);
  return inTime?.value ?? (await kept()) ?? answer;
}

/**
 * The caches to delete once `current` is there: all of earlier builds but the newest of them, which pages that are still open
 * load their parts from. `names` in the order in which they were made.
 */
export function outdated(names: readonly string[], prefix: string, current: string): readonly string[] {
  return names.filter((name) => name.startsWith(prefix) && name !== current).slice(0, -1);
}
