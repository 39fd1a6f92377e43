/** Looks at pictures of a video file, as this browser shows them, to tell whether anything moves in it. */

import { readsTrue } from '../live/readsTrue';
import { HEIGHT, LEAST_MOTION, motionMeter, WIDTH } from './motion';

const PICTURES_PER_SECOND = 2;
const MOST_PICTURES = 90;
const PATIENCE_MILLISECONDS = 4000;
/** From here on it is no photo, whatever comes after. */
const PLENTY = 3 * LEAST_MOTION;
/** Pictures are drawn larger and then averaged, since browsers pick points rather than average when they shrink a lot. */
const OVERSAMPLED = 4;
/** A clip of which less was seen before patience ran out is not judged. */
const LEAST_SHARE_SEEN = 0.25;

/** Motion score, or undefined when this browser cannot show the video in time, which does not mean that nothing moves. */
export async function motionOf(file: Blob, seconds: number): Promise<number | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH * OVERSAMPLED;
  canvas.height = HEIGHT * OVERSAMPLED;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || !readsTrue(context)) return undefined;
  context.imageSmoothingQuality = 'high';

  const video = document.createElement('video');
  const address = URL.createObjectURL(file);
  const patience = new AbortController();
  const until = patience.signal;
  const timer = setTimeout(() => patience.abort(), PATIENCE_MILLISECONDS);
  const moments = momentsOf(seconds);
  const meter = motionMeter();
  try {
    video.muted = true;
    video.playsInline = true;
    video.preload = 'auto';
    video.src = address;
    if (!(await happens(video, 'loadedmetadata', until))) return undefined;
    for (const moment of moments) {
      const sought = happens(video, 'seeked', until);
      video.currentTime = moment;
      if (!(await sought)) break;
      if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) continue;
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      meter.add(shrunk(context.getImageData(0, 0, canvas.width, canvas.height).data));
      const soFar = meter.score();
      if (soFar !== undefined && soFar >= PLENTY) return soFar;
    }
  } catch {
    // Some browsers have no pictures of a video to give away, however well they play it.
    return undefined;
  } finally {
    clearTimeout(timer);
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  }
  return meter.pictures >= LEAST_SHARE_SEEN * moments.length ? meter.score() : undefined;
}

/** Moments all over the video in an order in which the first few are spread over all of it already (golden ratio). */
export function momentsOf(seconds: number): number[] {
  const count = Math.min(MOST_PICTURES, Math.max(6, Math.round(seconds * PICTURES_PER_SECOND)));
  return Array.from({ length: count }, (_, index) => ((index * 0.618_033_988_75 + 0.02) % 1) * seconds);
}

/** Whether an event comes before there is an error or the time is up. */
function happens(video: HTMLVideoElement, event: string, until: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (until.aborted) return resolve(false);
    const listening = new AbortController();
    const settle = (happened: boolean) => {
      listening.abort();
      resolve(happened);
    };
    const { signal } = listening;
    video.addEventListener(event, () => settle(true), { signal });
    video.addEventListener('error', () => settle(false), { signal });
    until.addEventListener('abort', () => settle(false), { signal });
  });
}

/** Brightness (Rec. 601) of each block of points. */
function shrunk(pixels: Uint8ClampedArray): Float64Array {
  const grey = new Float64Array(WIDTH * HEIGHT);
  const rowLength = WIDTH * OVERSAMPLED;
  for (let at = 0; at < pixels.length; at += 4) {
    const pixel = at / 4;
    const x = Math.floor((pixel % rowLength) / OVERSAMPLED);
    const y = Math.floor(pixel / rowLength / OVERSAMPLED);
    const brightness =
      0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
    grey[y * WIDTH + x] = (grey[y * WIDTH + x] ?? 0) + brightness / OVERSAMPLED ** 2;
  }
  return grey;
}
