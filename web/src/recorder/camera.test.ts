import { expect, test } from 'vitest';
import { cameraProblemOf, constraintsFor, isMirrored, listCameras, openCamera, turnBack } from './camera';

function failure(name: string): Error {
  return Object.assign(new Error(name), { name });
}

function track(settings: MediaTrackSettings, label = '') {
  return { label, getSettings: () => settings };
}

/** A camera that says no to the first so many constraints. */
function devices(refusals: number, name = 'OverconstrainedError') {
  const asked: (MediaStreamConstraints | undefined)[] = [];
  const stream = { getVideoTracks: () => [track({ deviceId: 'c1', facingMode: 'user' })] } as never;
  return {
    asked,
    getUserMedia: async (constraints?: MediaStreamConstraints): Promise<MediaStream> => {
      asked.push(constraints);
      if (asked.length <= refusals) throw failure(name);
      return stream;
    },
  };
}

test('a phone that stands upright gives a tall picture, everything else a wide one', () => {
  expect(constraintsFor({ facing: 'user' }, true)[0]?.video).toMatchObject({
    width: { ideal: 480 },
    height: { ideal: 640 },
    facingMode: { ideal: 'user' },
    frameRate: { ideal: 15, max: 30 },
  });
  expect(constraintsFor({ deviceId: 'c1' }, false)[0]?.video).toMatchObject({
    width: { ideal: 640 },
    height: { ideal: 480 },
    deviceId: { exact: 'c1' },
  });
});

test('sound is never asked for', () => {
  for (const constraints of constraintsFor({ facing: 'user' }, false)) expect(constraints.audio).toBe(false);
});

test.each([0, 1, 2])('a camera that cannot do %i of what is asked is asked for less', async (refusals) => {
  const camera = devices(refusals);
  await expect(openCamera(camera, { facing: 'user' }, false)).resolves.toMatchObject({
    deviceId: 'c1',
    mirrored: true,
  });
  expect(camera.asked).toHaveLength(refusals + 1);
});

test('somebody who says no is not asked again in other words', async () => {
  const camera = devices(9, 'NotAllowedError');
  await expect(openCamera(camera, { facing: 'user' }, false)).rejects.toMatchObject({
    name: 'NotAllowedError',
  });
  expect(camera.asked).toHaveLength(1);
});

test.each<[string, MediaTrackSettings, string, boolean]>([
  ['at the front of a phone', { facingMode: 'user' }, 'camera 1', true],
  ['at the back of a phone', { facingMode: 'environment' }, 'camera 0', false],
  ['of a laptop', {}, 'Integrated Webcam', true],
  ['that only its name places at the back', {}, 'Back Camera', false],
  ['called after a feedback, not a back', {}, 'Feedback Cam', true],
])('the picture of a camera %s is mirrored as people expect', (_name, settings, label, expected) => {
  expect(isMirrored(track(settings, label))).toBe(expected);
});

test.each([
  ['NotAllowedError', true, 'denied'],
  ['SecurityError', true, 'denied'],
  ['NotFoundError', true, 'missing'],
  ['OverconstrainedError', true, 'missing'],
  ['NotReadableError', true, 'busy'],
  ['AbortError', true, 'busy'],
  ['TypeError', true, 'unknown'],
  ['TypeError', false, 'insecure'],
])('%s (secure: %s) means %s', (name, secure, problem) => {
  expect(cameraProblemOf(failure(name), secure)).toBe(problem);
});

test('only cameras that can be told apart are listed', async () => {
  const found = [
    { kind: 'videoinput', deviceId: 'c1', label: 'Front' },
    { kind: 'audioinput', deviceId: 'm1', label: 'Microphone' },
    { kind: 'videoinput', deviceId: '', label: '' },
  ] as MediaDeviceInfo[];
  const cameras = await listCameras({ enumerateDevices: async () => found });
  expect(cameras).toEqual([{ deviceId: 'c1', label: 'Front' }]);
});

test.each([
  ['an upright phone with a wide picture', true, true, 640, 480],
  ['an upright phone with a tall picture', false, true, 480, 640],
  ['a laptop with a wide picture', false, false, 640, 480],
])('%s is asked again: %s', async (_name, expected, upright, width, height) => {
  const asked: (MediaTrackConstraints | undefined)[] = [];
  const applyConstraints = async (constraints?: MediaTrackConstraints) => void asked.push(constraints);
  await turnBack({ applyConstraints }, { width, height }, upright);
  expect(asked).toEqual(expected ? [{ width: { ideal: 640 }, height: { ideal: 480 } }] : []);
});
