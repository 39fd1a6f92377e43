/** The files of the tracker, fetched when somebody is about to record and kept by the browser. */

import detectorUrl from '../../../models/pose_detection.onnx?url';
import landmarksUrl from '../../../models/pose_landmark_lite.onnx?url';
import coreUrl from '../../tracker/dist/tracker.core.wasm?url';
import core2Url from '../../tracker/dist/tracker.core2.wasm?url';
import core3Url from '../../tracker/dist/tracker.core3.wasm?url';
import type { Parts } from './tracker';

const MODULES = new Map([
  ['tracker.core.wasm', coreUrl],
  ['tracker.core2.wasm', core2Url],
  ['tracker.core3.wasm', core3Url],
]);

export async function fetchParts(): Promise<Parts> {
  const modules = new Map(
    [...MODULES].map(([name, url]) => [name, WebAssembly.compileStreaming(fetch(url))]),
  );
  const [detector, landmarks] = await Promise.all([
    bytes(detectorUrl),
    bytes(landmarksUrl),
    ...modules.values(),
  ]);
  return {
    async module(name) {
      const module = modules.get(name);
      if (module === undefined) throw new Error(`${name} is not among the tracker's files`);
      return module;
    },
    detector,
    landmarks,
  };
}

async function bytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
