/** Keys that make a repeated request recognisable. */

import type { TestSlug } from '../api/types';

/**
 * The key of sending this file for this test: the same one when it is sent again, so that a stop, a reload or a sign-out in the middle
 * of an upload costs no second attempt. A file is known by its length and the time it was made, for nobody may be shown its name.
 */
export function keyOf({ size, lastModified }: Pick<File, 'size' | 'lastModified'>, test: TestSlug): string {
  return `${test}-${size}-${lastModified}`;
}

/** A random UUID, also where `crypto.randomUUID` is missing: browsers offer it on secure origins only. */
export function newIdempotencyKey(
  random: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) => crypto.getRandomValues(bytes),
): string {
  const bytes = new Uint8Array(16);
  random(bytes);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
