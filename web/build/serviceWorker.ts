/** Builds the service worker to `sw.js`, with the list of the files it keeps: it can only be known once they are built. */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

/** Files larger than this are kept when they are used, not before, unless every page needs them. */
const LARGEST_KEPT_AHEAD = 200_000;

export function serviceWorker(): Plugin {
  let root = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const page = bundle['index.html'];
        const assets = Object.values(bundle).filter(({ fileName }) => fileName.startsWith('assets/'));
        const entry = assets.find((file) => file.type === 'chunk' && file.isEntry);
        if (entry === undefined || page?.type !== 'asset')
          throw new Error('the build has no page to begin with');
        const needed = importedBy(entry.fileName, bundle);
        const isAhead = (file: Rolldown.OutputChunk | Rolldown.OutputAsset) =>
          needed.has(file.fileName) || sizeOf(file) <= LARGEST_KEPT_AHEAD;
        const pathsOf = (some: typeof assets) => some.map(({ fileName }) => `/${fileName}`).toSorted();
        // Names carry hashes of contents: what changes anywhere changes a name.
        const hash = createHash('sha256').update(pathsOf(assets).join('\n')).update(page.source);
        const known = {
          version: hash.digest('hex').slice(0, 12),
          entry: `/${entry.fileName}`,
          files: pathsOf(assets.filter(isAhead)),
          large: pathsOf(assets.filter((file) => !isAhead(file))),
        };
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: await bundled(root, known) });
      },
    },
  };
}

function sizeOf(file: Rolldown.OutputChunk | Rolldown.OutputAsset): number {
  return Buffer.byteLength(file.type === 'chunk' ? file.code : file.source);
}

/** A script and all that it cannot run without. */
function importedBy(name: string, bundle: Rolldown.OutputBundle, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  const file = bundle[name];
  if (file?.type === 'chunk') for (const imported of file.imports) importedBy(imported, bundle, found);
  return found;
}

/** The worker as one classic script: not every browser takes modules as service workers. */
async function bundled(root: string, known: object): Promise<string> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    define: { BUILD: JSON.stringify(known) },
    build: {
      write: false,
      copyPublicDir: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: join(root, 'src/worker/serviceWorker.ts'),
        output: { format: 'iife', entryFileNames: 'sw.js' },
      },
    },
  });
  const output = Array.isArray(built) ? built[0]?.output : 'output' in built ? built.output : undefined;
  const script = output?.[0];
  if (script?.type !== 'chunk') throw new Error('the service worker was not built');
  return script.code;
}
