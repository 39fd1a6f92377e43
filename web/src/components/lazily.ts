/** Parts of the client that are loaded when they are shown, and how it is told that one could not be. */

import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** The connection was lost before a part came, or a new build has replaced it: no fault in the part itself. */
export class PartMissing extends Error {
  constructor(cause: unknown) {
    super('a part of the client could not be loaded', { cause });
    this.name = 'PartMissing';
  }
}

/** A component out of a file that is loaded when it is shown for the first time; `from` picks it. */
export function lazily<M, P>(
  load: () => Promise<M>,
  from: (module: M) => ComponentType<P>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => {
    const module = await load().catch((error: unknown) => {
      throw new PartMissing(error);
    });
    return { default: from(module) };
  });
}
