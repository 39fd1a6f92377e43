import { expect, test } from 'vitest';
import { LIMITS } from '../attempt/checks';
import { FORMATS } from './formats';
import { type Recording, type RecordingSurroundings, startRecording } from './recording';

/** A clock, a camera and a recorder that do what the test says. */
function given({ refused = [] as readonly string[], hangs = false } = {}) {
  let now = 1000;
  const timers: { at: number; call: () => void }[] = [];
  const track = Object.assign(new EventTarget(), { readyState: 'live' });
  const stream = { getVideoTracks: () => [track] } as unknown as MediaStream;
  let made: FakeRecorder | undefined;

  class FakeRecorder extends EventTarget {
    state: RecordingState = 'inactive';
    readonly mimeType: string;
    constructor(_stream: MediaStream, { mimeType = '' }: MediaRecorderOptions) {
      super();
      if (refused.includes(mimeType)) throw new Error(`no ${mimeType}`);
      this.mimeType = mimeType;
      made = this;
    }
    start() {
      this.state = 'recording';
    }
    stop() {
      this.state = 'inactive';
      if (hangs) return;
      this.give(10);
      this.dispatchEvent(new Event('stop'));
    }
    give(bytes: number) {
      const data = { size: bytes } as Blob;
      this.dispatchEvent(
        Object.assign(new Event('dataavailable'), {
          data: bytes < 1000 ? new Blob(['x'.repeat(bytes)]) : data,
        }),
      );
    }
  }

  const around: RecordingSurroundings = {
    MediaRecorder: FakeRecorder as unknown as RecordingSurroundings['MediaRecorder'],
    now: () => now,
    later: (milliseconds, call) => {
      const timer = { at: now + milliseconds, call };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
  };
  const pass = (milliseconds: number) => {
    now += milliseconds;
    for (const timer of timers.filter(({ at }) => at <= now)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.call();
    }
  };
  const start = (): Recording => startRecording(stream, FORMATS, 'plank', around);
  return { start, pass, track, recorder: () => made as FakeRecorder };
}

test('what is recorded is a file with the right type and ending', async () => {
  const { start, pass, recorder } = given();
  const recording = start();
  recorder().give(20);
  pass(21_000);
  recording.stop('stopped');
  const { file, seconds, end } = await recording.done;
  expect([file.name, file.type, file.size]).toEqual(['plank.mp4', 'video/mp4', 30]);
  expect([seconds, end]).toEqual([21, 'stopped']);
});

test('a format that the browser claims and then refuses gives way to the next', async () => {
  const { start, recorder } = given({ refused: FORMATS.slice(0, 2).map(({ mimeType }) => mimeType) });
  const recording = start();
  expect(recorder().mimeType).toContain('vp8');
  recording.stop('stopped');
  expect((await recording.done).file.name).toBe('plank.webm');
});

test('a browser that refuses all formats is said to', () => {
  const { start } = given({ refused: FORMATS.map(({ mimeType }) => mimeType) });
  expect(start).toThrow('vp9');
});

test('a recording ends before the server would find it too long', async () => {
  const { start, pass } = given();
  const recording = start();
  pass(44_500);
  const { seconds, end } = await recording.done;
  expect(end).toBe('time');
  expect(seconds).toBeLessThan(LIMITS.seconds);
});

test('a camera that is unplugged leaves what was recorded until then', async () => {
  const { start, pass, track, recorder } = given();
  const recording = start();
  recorder().give(20);
  pass(5000);
  track.dispatchEvent(new Event('ended'));
  expect(await recording.done).toMatchObject({ end: 'camera', seconds: 5 });
});

test('a recorder that stops with its camera says that it was the camera', async () => {
  const { start, track, recorder } = given();
  const recording = start();
  track.readyState = 'ended';
  recorder().stop();
  expect((await recording.done).end).toBe('camera');
});

test('a recorder that fails gives what it has', async () => {
  const { start, recorder } = given();
  const recording = start();
  recorder().give(20);
  recorder().dispatchEvent(new Event('error'));
  const { file, end } = await recording.done;
  expect([file.size, end]).toEqual([30, 'broken']);
});

test('a recorder that never finishes is left behind with what it gave', async () => {
  const { start, pass, recorder } = given({ hangs: true });
  const recording = start();
  recorder().give(20);
  recording.stop('hidden');
  pass(3000);
  const { file, end } = await recording.done;
  expect([file.size, end]).toEqual([20, 'hidden']);
});

test('the first reason to stop is the one that is told', async () => {
  const { start } = given();
  const recording = start();
  recording.stop('hidden');
  recording.stop('stopped');
  expect((await recording.done).end).toBe('hidden');
});
