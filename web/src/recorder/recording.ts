/** One recording from the camera's stream to a file: starts in the best format that works, and ends in time for the server. */

import { LIMITS } from '../attempt/checks';
import { type RecordingFormat, recordingOptions } from './formats';

/** Why a recording ended. */
export type RecordingEnd = 'stopped' | 'time' | 'size' | 'camera' | 'hidden' | 'broken';

export interface Recorded {
  readonly file: File;
  readonly seconds: number;
  readonly end: RecordingEnd;
}

export interface Recording {
  stop(end: RecordingEnd): void;
  /** Always fulfilled, with whatever there is by then. */
  readonly done: Promise<Recorded>;
}

/** Recorders stop a few pictures late. */
export const LONGEST_SECONDS = LIMITS.seconds - 0.5;

/** What a recorder may still hand over after it was told to stop. */
const LARGEST_BYTES = LIMITS.bytes - 2_000_000;

/** How often the recorder hands over what it has: a crash then costs no more than this. */
const SLICE_MILLISECONDS = 1000;

/** Browsers end a recording within a fraction of this; one that does not is left behind with what it has given. */
const PATIENCE_MILLISECONDS = 3000;

export interface RecordingSurroundings {
  readonly MediaRecorder: new (stream: MediaStream, options: MediaRecorderOptions) => MediaRecorder;
  /** Milliseconds that only go up. */
  readonly now: () => number;
  /** Calls later and gives a function that prevents it. */
  readonly later: (milliseconds: number, call: () => void) => () => void;
}

const BROWSER: RecordingSurroundings = {
  get MediaRecorder() {
    return window.MediaRecorder;
  },
  now: () => performance.now(),
  later: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Throws when none of the formats can be recorded. */
export function startRecording(
  stream: MediaStream,
  formats: readonly RecordingFormat[],
  name: string,
  around: RecordingSurroundings = BROWSER,
): Recording {
  const { recorder, format } = firstThatStarts(stream, formats, around);
  const startedAt = around.now();
  const slices: Blob[] = [];
  let bytes = 0;
  let stopped: { readonly end: RecordingEnd; readonly at: number } | undefined;
  let preventGivingUp = () => {};
  let settle: (recorded: Recorded) => void = () => {};
  const done = new Promise<Recorded>((resolve) => {
    settle = resolve;
  });

  const finish = () => {
    preventTimeLimit();
    preventGivingUp();
    // A recorder whose only track ended may stop before the track says so.
    const gone = stream.getVideoTracks().every(({ readyState }) => readyState === 'ended');
    const { end, at } = stopped ?? { end: gone ? 'camera' : 'broken', at: around.now() };
    const file = new File(slices, `${name}.${format.extension}`, { type: format.contentType });
    settle({ file, seconds: (at - startedAt) / 1000, end });
  };
  function stop(end: RecordingEnd): void {
    if (stopped !== undefined) return;
    stopped = { end, at: around.now() };
    if (recorder.state === 'inactive') return;
    preventGivingUp = around.later(PATIENCE_MILLISECONDS, finish);
    recorder.stop();
  }

  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size === 0) return;
    slices.push(data);
    bytes += data.size;
    if (bytes >= LARGEST_BYTES) stop('size');
  });
  recorder.addEventListener('error', () => stop('broken'));
  recorder.addEventListener('stop', finish);
  for (const track of stream.getVideoTracks()) track.addEventListener('ended', () => stop('camera'));
  const preventTimeLimit = around.later(LONGEST_SECONDS * 1000, () => stop('time'));
  return { stop, done };
}

/** Some devices claim formats that their encoder then refuses. */
function firstThatStarts(
  stream: MediaStream,
  formats: readonly RecordingFormat[],
  { MediaRecorder }: RecordingSurroundings,
): { recorder: MediaRecorder; format: RecordingFormat } {
  let refusal: unknown = new Error('no format to record in');
  for (const format of formats) {
    try {
      const recorder = new MediaRecorder(stream, recordingOptions(format));
      recorder.start(SLICE_MILLISECONDS);
      return { recorder, format };
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}
