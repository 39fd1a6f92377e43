/** A video someone chose, with everything that stands against sending it. */

import { mediaTypeOf, type Objection, objectionsTo } from './checks';
import { secondsOf } from './duration';

export interface ChosenVideo {
  readonly file: File;
  readonly contentType: string;
  readonly seconds: number | undefined;
  readonly objections: readonly Objection[];
}

export async function examine(file: File): Promise<ChosenVideo> {
  const { name, type: mediaType, size: bytes } = file;
  const contentType = mediaTypeOf({ name, mediaType });
  const seconds = contentType === undefined || bytes === 0 ? undefined : await secondsOf(file);
  const objections = objectionsTo({ name, mediaType, bytes, seconds });
  return { file, contentType: contentType ?? 'application/octet-stream', seconds, objections };
}
