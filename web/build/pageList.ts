/** Writes `pages.json`: the addresses at which the server answers with the client instead of 404. */

import type { Plugin } from 'vite';
import { PAGES } from '../src/pages.ts';

export function pageList(): Plugin {
  return {
    name: 'page-list',
    apply: 'build',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'pages.json',
        source: JSON.stringify(Object.values(PAGES)),
      });
    },
  };
}
