// @ts-check
/** A line between the browser and the app that breaks when it is told to. */

import { connect, createServer } from 'node:net';

/**
 * @param {string} url of the app
 * @param {number} breaksAfter bytes from the browser on one connection after which that connection breaks, once
 */
export async function breakingLine(url, breaksAfter) {
  const { hostname, port } = new URL(url);
  let broken = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let sent = 0;
    near.on('data', (data) => {
      sent += data.length;
      if (broken === 0 && sent > breaksAfter) {
        broken += 1;
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
    broken: () => broken,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
