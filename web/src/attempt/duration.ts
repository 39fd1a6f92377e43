/** Asks the browser how long a video file is. */

const PATIENCE_MILLISECONDS = 5000;

/**
 * Length in seconds, or undefined when this browser cannot tell: it may not know the codec, and the server may.
 *
 * Browsers record WebM without a length; seeking far past the end makes them find it.
 */
export function secondsOf(file: Blob): Promise<number | undefined> {
  const video = document.createElement('video');
  const address = URL.createObjectURL(file);
  let patience: ReturnType<typeof setTimeout> | undefined;
  return new Promise<number | undefined>((resolve) => {
    const settle = () => {
      if (Number.isFinite(video.duration)) resolve(video.duration);
      else if (video.duration === Number.POSITIVE_INFINITY) video.currentTime = Number.MAX_SAFE_INTEGER;
    };
    video.preload = 'metadata';
    video.muted = true;
    video.addEventListener('loadedmetadata', settle);
    video.addEventListener('durationchange', settle);
    video.addEventListener('error', () => resolve(undefined));
    patience = setTimeout(() => resolve(undefined), PATIENCE_MILLISECONDS);
    video.src = address;
  }).finally(() => {
    clearTimeout(patience);
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  });
}
