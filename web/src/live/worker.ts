/** The worker of live pose: loads the tracker, says how fast it is, and finds the body in one picture after the other. */

import { fetchParts } from './files';
import { type Answer, type Picture, reasonOf } from './messages';
import { pixelReader } from './pixels';
import { openTracker, type Tracker } from './tracker';

/** Pictures by which the speed is judged; the first ones run code that the browser is still compiling. */
const TRIALS = 6;
const TRIAL_SIDE = 256;

void open();

async function open(): Promise<void> {
  try {
    const pixelsOf = pixelReader();
    const tracker = await openTracker(await fetchParts());
    self.onmessage = ({ data: { bitmap, seconds } }: MessageEvent<Picture>) => {
      try {
        const { rgba, width, height } = pixelsOf(bitmap);
        answer({ kind: 'found', landmarks: tracker.find(rgba, width, height, seconds) });
      } catch (error) {
        answer({ kind: 'failed', reason: reasonOf(error) });
      }
    };
    answer({ kind: 'opened', milliseconds: trials(tracker) });
  } catch (error) {
    answer({ kind: 'failed', reason: reasonOf(error) });
  }
}

/** How many milliseconds black pictures took. Nobody is in them, so the detector runs: the larger of the two models. */
function trials(tracker: Tracker): number[] {
  const black = new Uint8Array(TRIAL_SIDE * TRIAL_SIDE * 4);
  return Array.from({ length: TRIALS }, () => {
    const start = performance.now();
    tracker.find(black, TRIAL_SIDE, TRIAL_SIDE, 0);
    return performance.now() - start;
  });
}

function answer(message: Answer): void {
  self.postMessage(message);
}
