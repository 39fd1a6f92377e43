// @ts-check
/**
 * Two builds of the client at one address, one after the other: the app's own, and from `publish` on the same with other names for
 * its files, as if each had changed. As after a deployment, the files of the first are gone then.
 */

import { createServer, request } from 'node:http';
import { setting } from './browser.mjs';

/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {{ url: string, publish(): void, close(): Promise<void>, asked: string[] }} Builds */

/** What the names of the second build have before their endings. */
export const NEXT = '.next';

/** Models and the code that runs them do not change with every build. */
const SAME = /\.(onnx|wasm)$/;

/** @returns {Promise<Builds>} `asked` lists the paths that were asked for */
export async function builds() {
  const app = setting('FLOW_BASE_URL');
  const worker = await (await fetch(`${app}/sw.js`)).text();
  const version = /version:\W(\w+)/.exec(worker)?.[1] ?? '';
  const names = new Set(worker.match(/\/assets\/[\w.-]+/g)?.map((path) => path.slice('/assets/'.length)));
  const changed = [...names].filter((name) => !SAME.test(name));
  /** @param {string} name */
  const next = (name) => name.replace(/(\.\w+)$/, `${NEXT}$1`);
  const ofNext = new Map(changed.map((name) => [`/assets/${next(name)}`, `/assets/${name}`]));
  const gone = new Set(ofNext.values());
  /** @param {string} text */
  const rewritten = (text) =>
    changed.reduce((done, name) => done.replaceAll(name, next(name)), text.replaceAll(version, `${version}next`));

  let published = false;
  /** @type {string[]} */
  const asked = [];
  const server = createServer((incoming, answer) => {
    const path = incoming.url ?? '/';
    asked.push(path);
    if (published && gone.has(path)) {
      answer.writeHead(404).end();
      return;
    }
    const { 'if-none-match': _, ...headers } = incoming.headers;
    const outgoing = request(new URL((published && ofNext.get(path)) || path, app), {
      method: incoming.method ?? 'GET',
      headers: { ...headers, 'accept-encoding': 'identity' },
    });
    outgoing.on('error', () => answer.destroy());
    outgoing.on('response', async (response) => {
      const { 'content-length': length, etag: _etag, ...rest } = response.headers;
      const isText = /html|javascript|css/.test(response.headers['content-type'] ?? '');
      if (!published || !isText) {
        answer.writeHead(response.statusCode ?? 502, { ...rest, ...(length !== undefined && { 'content-length': length }) });
        response.pipe(answer);
        return;
      }
      answer.writeHead(response.statusCode ?? 502, rest);
      answer.end(rewritten(await textOf(response)));
    });
    incoming.pipe(outgoing);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    publish() {
      published = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @param {Incoming} response */
async function textOf(response) {
  const parts = [];
  for await (const part of response) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
