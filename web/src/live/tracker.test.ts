import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { openTracker, type Tracker } from './tracker';

/** Where the joints of the rendered person in `testing/person.ppm.gz` are: the first frame of `overhead-squat-front-only`. */
const JOINTS = [
  ['nose', 0, 0.498, 0.328],
  ['left shoulder', 11, 0.571, 0.385],
  ['right shoulder', 12, 0.43, 0.386],
  ['left wrist', 15, 0.612, 0.548],
  ['right wrist', 16, 0.39, 0.55],
  ['left hip', 23, 0.539, 0.536],
  ['right hip', 24, 0.462, 0.536],
  ['left knee', 25, 0.557, 0.661],
  ['right knee', 26, 0.442, 0.661],
  ['left ankle', 27, 0.576, 0.787],
  ['right ankle', 28, 0.424, 0.786],
] as const;

const WIDTH = 180;
const HEIGHT = 240;

const file = async (path: string) => new Uint8Array(await readFile(new URL(path, import.meta.url)));
const model = (name: string) => file(`../../../models/${name}.onnx`);
const module = async (name: string) => new WebAssembly.Module(await file(`../../tracker/dist/${name}`));

let tracker: Tracker;

beforeAll(async () => {
  const [detector, landmarks] = await Promise.all([model('pose_detection'), model('pose_landmark_lite')]);
  tracker = await openTracker({ module, detector, landmarks });
});

/** The picture of a person as a canvas gives it. */
async function person(): Promise<Uint8Array> {
  const ppm = gunzipSync(await file('testing/person.ppm.gz'));
  const rgb = ppm.subarray(ppm.length - WIDTH * HEIGHT * 3);
  const rgba = new Uint8Array(WIDTH * HEIGHT * 4).fill(255);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel += 1) {
    rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  }
  return rgba;
}

test('the joints of a person are where they were rendered, and nobody is found in an empty picture', async () => {
  const rgba = await person();
  for (let picture = 0; picture < 3; picture += 1) {
    const found = tracker.find(rgba, WIDTH, HEIGHT, picture / 10) ?? [];
    expect(found).toHaveLength(33);
    for (const [name, index, x, y] of JOINTS) {
      const landmark = found[index];
      const off = Math.hypot(((landmark?.x ?? 0) - x) * WIDTH, ((landmark?.y ?? 0) - y) * HEIGHT) / HEIGHT;
      expect(off, `${name}, in shares of the picture's height`).toBeLessThan(0.02);
      expect(landmark?.visibility, name).toBeGreaterThan(0.8);
    }
  }
  const empty = new Uint8Array(WIDTH * HEIGHT * 4);
  tracker.find(empty, WIDTH, HEIGHT, 1);
  expect(tracker.find(empty, WIDTH, HEIGHT, 2)).toBeUndefined();
});

test.each([
  ['no pixels', 0, 0, 0],
  ['too few bytes', 4, 4, 60],
  ['bytes of no whole pixel', 1, 1, 5],
  ['sides whose product overflows', 65_536, 65_536, 0],
  ['the largest sides', 0xffff_ffff, 0xffff_ffff, 4],
  ['a side that the pipeline does not take', 40_000, 1, 160_000],
])('%s are an error and not the end', async (_name, width, height, bytes) => {
  expect(() => tracker.find(new Uint8Array(bytes), width, height, 0)).toThrow(
    `${bytes} bytes are no picture of ${width} by ${height} pixels`,
  );
  expect(tracker.find(await person(), WIDTH, HEIGHT, 0)).toHaveLength(33);
});

test('files that are no models are an error that names the model', async () => {
  const nothing = new Uint8Array(10);
  await expect(openTracker({ module, detector: nothing, landmarks: nothing })).rejects.toThrow(
    'pose_detection',
  );
});
