/** What the page and the worker tell each other. The worker speaks first, and then answers one picture after the other. */

import type { LiveLandmark } from './livePose';

/** From the page. */
export interface Picture {
  readonly bitmap: ImageBitmap;
  /** When it was taken; rises from picture to picture. */
  readonly seconds: number;
}

/** From the worker. */
export type Answer =
  /** It is ready; pictures without anybody took so long. */
  | { readonly kind: 'opened'; readonly milliseconds: readonly number[] }
  | { readonly kind: 'found'; readonly landmarks: readonly LiveLandmark[] | undefined }
  /** It cannot go on. */
  | { readonly kind: 'failed'; readonly reason: string };

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
