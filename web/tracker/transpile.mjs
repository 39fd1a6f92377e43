// @ts-check
/** Writes `dist/`: the component as an ES module, its WebAssembly, and their types. Cargo must have built it. */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transpile } from '@bytecodealliance/jco-transpile';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const out = here('dist');

/** How the module would find its WebAssembly by itself: bundlers take every file around it for a part of the page. */
const BY_ITSELF = /if \(!getCoreModule\) getCoreModule = .*import\.meta\.url.*;/;

const { files } = await transpile(here('../../target/wasm32-wasip2/release/tracker.wasm'), {
  name: 'tracker',
  outDir: out,
  // Who instantiates it gives the compiled WebAssembly and what it imports: nothing is fetched or evaluated by the module.
  instantiation: 'async',
  nodejsCompat: false,
  wasiShim: false,
});
const script = join(out, 'tracker.js');
const source = Buffer.from(files[script] ?? '').toString();
if (!BY_ITSELF.test(source)) throw new Error(`${script} is not what this version of jco writes`);
files[script] = Buffer.from(source.replace(BY_ITSELF, ''));

await rm(out, { recursive: true, force: true });
for (const [path, content] of Object.entries(files)) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
