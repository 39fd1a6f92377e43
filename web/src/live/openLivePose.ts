/** Opens live pose where the device is up to it. What it needs is loaded only then, by a worker. */

import { budgetOf } from './device';
import { deviceFacts } from './deviceFacts';
import type { OpenLivePose } from './livePose';
import { openWorkerPose } from './workerPose';

export const openLivePose: OpenLivePose = async (signal) => {
  const budget = budgetOf(deviceFacts());
  if (budget === undefined) return undefined;
  return openWorkerPose({
    start: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'live-pose' }),
    take(video) {
      if (video.readyState < video.HAVE_CURRENT_DATA || video.videoWidth === 0) return undefined;
      const seconds = performance.now() / 1000;
      return createImageBitmap(video).then((bitmap) => ({ bitmap, seconds }));
    },
    warn(reason) {
      console.warn(`Live pose is off: ${reason}`);
    },
    budget,
    signal,
  });
};
