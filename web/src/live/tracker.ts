/** The product's own pose pipeline, compiled for browsers (`web/tracker`), ready to find a body in pictures. */

import { instantiate } from '../../tracker/dist/tracker.js';
import type { LiveLandmark } from './livePose';
import { reasonOf } from './messages';
import { wasi } from './wasi';

export interface Tracker {
  /** The body in a picture of `width` by `height` pixels, 4 bytes each; undefined when there is none. */
  find(rgba: Uint8Array, width: number, height: number, seconds: number): readonly LiveLandmark[] | undefined;
}

/** What it is made of: WebAssembly by its file's name, and the two models. */
export interface Parts {
  readonly module: (name: string) => Promise<WebAssembly.Module>;
  readonly detector: Uint8Array;
  readonly landmarks: Uint8Array;
}

/** Fails, as `find` does, with an `Error` that says why. */
export async function openTracker({ module, detector, landmarks }: Parts): Promise<Tracker> {
  let written = '';
  const imports = wasi((text) => {
    written += text;
  });
  // Nothing that failed half-way is called again: whoever gets the error closes the tracker.
  const explained = <Result>(call: () => Result): Result => {
    try {
      return call();
    } catch (error) {
      throw new Error(`${reasonOf(error)} ${written}`.trim(), { cause: error });
    }
  };
  const { body } = await instantiate(module, imports);
  const tracker = explained(() => body.Tracker.open(detector, landmarks));
  return {
    find: (rgba, width, height, seconds) => explained(() => tracker.find(rgba, width, height, seconds)),
  };
}
