/** In which format a browser records: what decodes cheapest on the server first. */

export interface RecordingFormat {
  /** For `MediaRecorder`, with the codec. */
  readonly mimeType: string;
  /** For the file, without it. */
  readonly contentType: string;
  readonly extension: string;
}

/** Cheapest to decode first. AV1 is missing on purpose: the server does not promise to read it. */
export const FORMATS: readonly RecordingFormat[] = [
  { mimeType: 'video/mp4;codecs=avc1.42E01E', contentType: 'video/mp4', extension: 'mp4' },
  { mimeType: 'video/webm;codecs=h264', contentType: 'video/webm', extension: 'webm' },
  { mimeType: 'video/webm;codecs=vp8', contentType: 'video/webm', extension: 'webm' },
  { mimeType: 'video/webm;codecs=vp9', contentType: 'video/webm', extension: 'webm' },
];

/** Enough for 640 x 480 at 15 pictures a second; 45 s are 6 MB. */
const BITS_PER_SECOND = 1_000_000;

/** The server cuts clips at key frames and scores the parts side by side. */
const KEY_FRAME_EVERY_MILLISECONDS = 3000;

/** Some type definitions do not know the newest member yet; browsers that do not know it ignore it. */
interface RecordingOptions extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number;
}

/** What this browser says it can record, best first. */
export function supportedFormats(isSupported: (mimeType: string) => boolean): RecordingFormat[] {
  return FORMATS.filter(({ mimeType }) => isSupported(mimeType));
}

export function recordingOptions({ mimeType }: RecordingFormat): RecordingOptions {
  return {
    mimeType,
    videoBitsPerSecond: BITS_PER_SECOND,
    videoKeyFrameIntervalDuration: KEY_FRAME_EVERY_MILLISECONDS,
  };
}

/** What is asked of a browser before a recorder is offered. */
export interface Capabilities {
  readonly navigator: { readonly mediaDevices?: { readonly getUserMedia?: unknown } };
  readonly MediaRecorder?: { isTypeSupported(mimeType: string): boolean };
}

/** Whether this browser can record inside the page; false also where the page did not come over a secure connection. */
export function canRecord({ navigator, MediaRecorder }: Capabilities): boolean {
  if (navigator.mediaDevices?.getUserMedia === undefined || MediaRecorder === undefined) return false;
  return supportedFormats((mimeType) => MediaRecorder.isTypeSupported(mimeType)).length > 0;
}
