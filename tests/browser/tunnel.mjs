// @ts-check
/** A way to the app that can be closed and opened again: what a browser's own switch does not do to service workers. */

import { connect, createServer } from 'node:net';
import { setting } from './browser.mjs';

/** @typedef {{ url: string, close(): Promise<void>, open(): Promise<void> }} Tunnel */

/**
 * @param {number} carries bytes from the browser after which a connection breaks: every one, because a browser repeats by itself what
 * broke on a connection that it had used before
 * @returns {Promise<Tunnel>}
 */
export async function tunnel(carries = Number.POSITIVE_INFINITY) {
  const { hostname, port } = new URL(setting('FLOW_BASE_URL'));
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(one);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      // Broken off on purpose: the browser notices by itself.
      one.on('error', () => one.destroy());
    }
    near.on('data', () => {
      if (near.bytesRead > carries) near.destroy();
    });
    near.pipe(far);
    far.pipe(near);
  });
  /** @param {number} wanted */
  const listen = (wanted) =>
    new Promise((resolve) => server.listen(wanted, '127.0.0.1', () => resolve(undefined)));
  await listen(0);
  const address = server.address();
  const own = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${own}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    open: () => listen(own).then(() => undefined),
  };
}
