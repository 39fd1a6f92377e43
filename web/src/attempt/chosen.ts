/** A video someone chose, with everything that stands against sending it. */

import type { TestSlug } from '../api/types';
import { guideOf } from '../texts/tests';
import { mediaTypeOf, type Objection, objectionsTo } from './checks';
import { HEAD_BYTES } from './container';
import { secondsOf } from './duration';
import { motionOf } from './motionOf';

export interface ChosenVideo {
  readonly file: File;
  readonly contentType: string;
  readonly seconds: number | undefined;
  readonly objections: readonly Objection[];
}

export async function examine(file: File, test: TestSlug): Promise<ChosenVideo> {
  const { name, type: mediaType, size: bytes } = file;
  const contentType = mediaTypeOf({ name, mediaType });
  const head = await headOf(file);
  const seconds = contentType === undefined || bytes === 0 ? undefined : await secondsOf(file);
  const video = { name, mediaType, bytes, head, seconds, motion: undefined };
  let objections = objectionsTo(video);
  // Looking for motion takes a moment: not for a video that is refused anyway, nor where standing still is the test.
  if (objections.length === 0 && seconds !== undefined && guideOf(test)?.preparation.hold === undefined)
    objections = objectionsTo({ ...video, motion: await motionOf(file, seconds) });
  return { file, contentType: contentType ?? 'application/octet-stream', seconds, objections };
}

/** Undefined for a file that is gone, or that the browser may not read. */
async function headOf(file: Blob): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  } catch {
    return undefined;
  }
}
