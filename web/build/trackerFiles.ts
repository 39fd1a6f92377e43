/** Stops a build that lacks what `web/tracker` is turned into, with words that say how to make it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const FILE = 'tracker/dist/tracker.js';

export function trackerFiles(): Plugin {
  let root = '';
  return {
    name: 'tracker-files',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    buildStart() {
      if (!existsSync(join(root, FILE))) {
        this.error(`web/${FILE} is missing: run \`cargo xtask build\`, or see "Live pose" in web/README.md`);
      }
    },
  };
}
