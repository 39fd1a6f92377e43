import { expect, test, vi } from 'vitest';
import type { LiveLandmark, LivePose } from './livePose';
import type { Answer, Picture } from './messages';
import { openWorkerPose } from './workerPose';

const BODY: readonly LiveLandmark[] = [{ x: 0.5, y: 0.25, visibility: 1 }];
const OPENED: Answer = { kind: 'opened', milliseconds: [300, 40] };
const FOUND: Answer = { kind: 'found', landmarks: BODY };
const video = {} as HTMLVideoElement;

/** A worker that says what a test has it say, and the rest of what live pose needs. */
function surroundings(first: Answer | undefined, take?: () => Promise<Picture> | undefined) {
  const bitmap = { close: vi.fn() };
  const picture: Picture = { bitmap: bitmap as unknown as ImageBitmap, seconds: 1 };
  /** What the page sets and calls of a `Worker`. */
  const worker = {
    onmessage: undefined as ((event: { data: Answer }) => void) | undefined,
    onerror: undefined as ((event: { message: string }) => void) | undefined,
    postMessage: vi.fn(),
    terminate: vi.fn(),
  };
  const say = (data: Answer) => worker.onmessage?.({ data });
  const warn = vi.fn();
  const closing = new AbortController();
  const opening = openWorkerPose({
    start: () => worker as unknown as Worker,
    take: take ?? (async () => picture),
    warn,
    budget: 50,
    signal: closing.signal,
  });
  if (first !== undefined) say(first);
  return { worker, bitmap, say, warn, opening, close: () => closing.abort() };
}

async function opened(opening: Promise<LivePose | undefined>): Promise<LivePose> {
  const pose = await opening;
  if (pose === undefined) throw new Error('there is no live pose');
  return pose;
}

test('a body is found in the picture that the video shows', async () => {
  const { worker, say, warn, opening } = surroundings(OPENED);
  const pose = await opened(opening);
  worker.postMessage.mockImplementation(() => say(FOUND));
  expect(await pose.find(video)).toEqual(BODY);
  worker.postMessage.mockImplementation(() => say({ kind: 'found', landmarks: undefined }));
  expect(await pose.find(video)).toBeUndefined();
  expect(worker.postMessage).toHaveBeenCalledTimes(2);
  expect(warn).not.toHaveBeenCalled();
});

test('who asks while a picture is looked at gets the answer to that one', async () => {
  const { worker, say, opening } = surroundings(OPENED);
  const pose = await opened(opening);
  const answers = [pose.find(video), pose.find(video), pose.find(video)];
  await vi.waitFor(() => expect(worker.postMessage).toHaveBeenCalled());
  say(FOUND);
  expect(await Promise.all(answers)).toEqual([BODY, BODY, BODY]);
  expect(worker.postMessage).toHaveBeenCalledTimes(1);
});

test('a video that shows nothing yet shows nobody', async () => {
  const { worker, opening } = surroundings(OPENED, () => undefined);
  const pose = await opened(opening);
  expect(await pose.find(video)).toBeUndefined();
  expect(worker.postMessage).not.toHaveBeenCalled();
});

test.each<[string, Answer, string[]]>([
  ['a worker that cannot open', { kind: 'failed', reason: 'no models' }, ['no models']],
  ['a worker that is too slow, which is no failure', { kind: 'opened', milliseconds: [300, 90] }, []],
])('%s makes no live pose', async (_name, first, warnings) => {
  const { worker, warn, opening } = surroundings(first);
  expect(await opening).toBeUndefined();
  expect(worker.terminate).toHaveBeenCalled();
  expect(warn.mock.calls.flat()).toEqual(warnings);
});

test('a worker that cannot be started makes no live pose', async () => {
  const warn = vi.fn();
  const start = () => {
    throw new Error('workers are not allowed');
  };
  const take = () => undefined;
  const { signal } = new AbortController();
  expect(await openWorkerPose({ start, take, warn, budget: 50, signal })).toBeUndefined();
  expect(warn.mock.calls).toEqual([['workers are not allowed']]);
});

test('a worker whose script is not there makes no live pose', async () => {
  const { worker, warn, opening } = surroundings(undefined);
  worker.onerror?.({ message: '' });
  expect(await opening).toBeUndefined();
  expect(warn.mock.calls).toEqual([['its worker did not start']]);
});

test('a failure is told to whoever asks, and warned of once', async () => {
  const { worker, say, warn, opening } = surroundings(OPENED);
  const pose = await opened(opening);
  worker.postMessage.mockImplementation(() => say({ kind: 'failed', reason: 'out of memory' }));
  await expect(pose.find(video)).rejects.toThrow('out of memory');
  await expect(pose.find(video)).rejects.toThrow('out of memory');
  expect(worker.postMessage).toHaveBeenCalledTimes(1);
  expect(worker.terminate).toHaveBeenCalled();
  expect(warn.mock.calls).toEqual([['out of memory']]);
});

test('a picture that cannot be taken is passed over', async () => {
  const { worker, warn, opening } = surroundings(OPENED, async () => {
    throw new Error('the camera is being switched');
  });
  const pose = await opened(opening);
  expect(await pose.find(video)).toBeUndefined();
  expect(worker.terminate).not.toHaveBeenCalled();
  expect(warn).not.toHaveBeenCalled();
});

test('closing ends what is still opening', async () => {
  const { worker, warn, opening, close } = surroundings(undefined);
  close();
  expect(await opening).toBeUndefined();
  expect(worker.terminate).toHaveBeenCalled();
  expect(warn).not.toHaveBeenCalled();
});

test('closing answers whoever waits and takes no further picture', async () => {
  const { worker, warn, opening, close } = surroundings(OPENED);
  const pose = await opened(opening);
  const waiting = pose.find(video);
  await vi.waitFor(() => expect(worker.postMessage).toHaveBeenCalled());
  close();
  expect(await waiting).toBeUndefined();
  expect(await pose.find(video)).toBeUndefined();
  expect(worker.terminate).toHaveBeenCalled();
  expect(warn).not.toHaveBeenCalled();
});

test('a picture that is taken while live pose is closed is freed', async () => {
  const { worker, bitmap, opening, close } = surroundings(OPENED);
  const pose = await opened(opening);
  const waiting = pose.find(video);
  close();
  expect(await waiting).toBeUndefined();
  expect(bitmap.close).toHaveBeenCalled();
  expect(worker.postMessage).not.toHaveBeenCalled();
});
