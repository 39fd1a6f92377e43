/** What is checked about a video before any of it is sent (the server checks everything again). */

import { beginsLikeVideo } from './container';
import { LEAST_MOTION } from './motion';

/** Limits of a submission: product requirement G5. */
export const LIMITS = { seconds: 45, bytes: 50_000_000 } as const;

/** Recorders stop a few frames late; nobody is sent back for that. The server allows the same. */
const SECONDS_OF_GRACE = 0.5;

export interface VideoFacts {
  readonly name: string;
  /** Media type the browser gave the file; empty when it does not know. */
  readonly mediaType: string;
  readonly bytes: number;
  /** What it begins with; undefined when this browser cannot read the file. */
  readonly head: Uint8Array | undefined;
  /** Length in seconds; undefined when this browser cannot read the video, which does not mean that the server cannot. */
  readonly seconds: number | undefined;
  /** How much moves, 0..1; undefined when this browser cannot tell, and where being still is the test. */
  readonly motion: number | undefined;
}

export type Objection =
  | { readonly reason: 'not-a-video'; readonly mediaType: string }
  | { readonly reason: 'other-inside' }
  | { readonly reason: 'empty' }
  | { readonly reason: 'too-large'; readonly bytes: number }
  | { readonly reason: 'too-long'; readonly seconds: number }
  | { readonly reason: 'no-motion' };

/** Everything that stands against sending this video; an empty list is a go. */
export function objectionsTo(video: VideoFacts): Objection[] {
  const objections: Objection[] = [];
  if (video.bytes === 0) objections.push({ reason: 'empty' });
  else if (mediaTypeOf(video) === undefined)
    objections.push({ reason: 'not-a-video', mediaType: video.mediaType });
  else if (video.head !== undefined && !beginsLikeVideo(video.head))
    objections.push({ reason: 'other-inside' });
  if (video.bytes > LIMITS.bytes) objections.push({ reason: 'too-large', bytes: video.bytes });
  if (video.seconds !== undefined && video.seconds > LIMITS.seconds + SECONDS_OF_GRACE)
    objections.push({ reason: 'too-long', seconds: video.seconds });
  if (video.motion !== undefined && video.motion < LEAST_MOTION) objections.push({ reason: 'no-motion' });
  return objections;
}

const BY_EXTENSION: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
};

/** The media type to declare, without parameters; undefined for what is plainly no video. */
export function mediaTypeOf(video: Pick<VideoFacts, 'name' | 'mediaType'>): string | undefined {
  const declared = video.mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  // What Apple's systems call the same container.
  if (declared === 'video/x-m4v') return 'video/mp4';
  if (declared.startsWith('video/')) return declared;
  const extension = video.name.toLowerCase().split('.').pop() ?? '';
  // Some systems know no media type for perfectly good videos, or call them a stream of bytes.
  if (declared === '' || declared === 'application/octet-stream') return BY_EXTENSION[extension];
  return undefined;
}
