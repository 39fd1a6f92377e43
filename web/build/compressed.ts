/** Lays a Brotli and a gzip copy beside every built file that shrinks, so that the server compresses nothing itself. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const SHRINKS = /\.(css|html|js|json|onnx|svg|wasm|webmanifest)$/;

/** Brotli's best takes a second for every 300 kB; beyond this size its second best does, in a tenth of the time. */
const LARGE = 1_000_000;

export function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
    },
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!SHRINKS.test(name)) continue;
        const path = join(folder, name);
        const content = readFileSync(path);
        const brotli = {
          params: {
            [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
            [constants.BROTLI_PARAM_QUALITY]: content.length < LARGE ? constants.BROTLI_MAX_QUALITY : 9,
          },
        };
        writeFileSync(`${path}.br`, brotliCompressSync(content, brotli));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}
