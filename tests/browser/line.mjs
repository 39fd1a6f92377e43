// @ts-check
/** A line between the browser and the app that carries only so much at a time. */

import { connect, createServer } from 'node:net';

/**
 * @param {string} url of the app
 * @param {number} breaksAfter bytes from the browser after which a connection breaks: every one, because a browser repeats by itself
 * what broke on a connection that it had used before
 */
export async function breakingLine(url, breaksAfter) {
  const { hostname, port } = new URL(url);
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let sent = 0;
    near.on('data', (data) => {
      sent += data.length;
      if (sent > breaksAfter) {
        near.destroy();
        far.destroy();
      }
    });
    near.pipe(far).pipe(near);
    for (const socket of [near, far])
      socket.on('error', () => {
        near.destroy();
        far.destroy();
      });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
