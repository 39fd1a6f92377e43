import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compressed } from './build/compressed.ts';
import { pageList } from './build/pageList.ts';
import { serviceWorker } from './build/serviceWorker.ts';
import { trackerFiles } from './build/trackerFiles.ts';
import { mockApi } from './mock/plugin.ts';

/** `FLOW_API=http://127.0.0.1:8080 npm run dev` talks to a running app; without it the dev server answers itself. */
const api = process.env['FLOW_API'];

export default defineConfig({
  plugins: [
    react(),
    pageList(),
    serviceWorker(),
    compressed(),
    trackerFiles(),
    ...(api === undefined ? [mockApi()] : []),
  ],
  server: {
    ...(api === undefined ? {} : { proxy: { '/api': api, '/health': api } }),
    // Live pose uses the server's models.
    fs: { allow: ['.', '../models'] },
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // The content security policy allows no `data:` addresses: every asset is a file.
    assetsInlineLimit: 0,
    // The polyfill would be script of ours for browsers that cannot run the rest of it anyway.
    modulePreload: { polyfill: false },
  },
  test: { include: ['src/**/*.test.ts', 'mock/**/*.test.ts'], environment: 'node' },
});
