/** The landmarks of MediaPipe Pose by name, and what all who look at them need. */

import type { LiveLandmark } from '../live/livePose';

export type Body = readonly LiveLandmark[];

export const NOSE = 0;
export const EARS = [7, 8] as const;
export const SHOULDERS = [11, 12] as const;
export const ELBOWS = [13, 14] as const;
export const WRISTS = [15, 16] as const;
export const HIPS = [23, 24] as const;
export const KNEES = [25, 26] as const;
export const ANKLES = [27, 28] as const;
export const TOES = [31, 32] as const;

/** Bones, as the skeleton draws them. */
export const BONES: readonly (readonly [number, number])[] = [
  [11, 12],
  [11, 13],
  [13, 15],
  [12, 14],
  [14, 16],
  [11, 23],
  [12, 24],
  [23, 24],
  [23, 25],
  [25, 27],
  [27, 31],
  [24, 26],
  [26, 28],
  [28, 32],
];

/** A landmark that is less likely to be in sight is a guess. */
export const IN_SIGHT = 0.5;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The landmarks of these numbers; those that are missing are left out. */
export function among(body: Body, numbers: readonly number[]): LiveLandmark[] {
  return numbers.flatMap((number) => body[number] ?? []);
}

/** The middle of places; undefined of none. */
export function middleOf(places: readonly Place[]): Place | undefined {
  if (places.length === 0) return undefined;
  const sum = places.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / places.length, y: sum.y / places.length };
}
