// @ts-check
/** A video on a line that breaks. */

import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pages, PHONE } from './browser.mjs';
import { getReady, goodClip, result, send } from './check.mjs';
import { tunnel } from './tunnel.mjs';

const withPage = pages();

const MEBIBYTE = 1 << 20;

/** @type {string} */
let folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flow-browser-'));
});

after(async () => {
  if (folder) rmSync(folder, { recursive: true });
});

/** A clip with a box at its end that players skip. */
function padded() {
  const clip = readFileSync(goodClip());
  const padding = Buffer.alloc(6 * MEBIBYTE);
  padding.writeUInt32BE(padding.length);
  padding.write('free', 4);
  const path = join(folder, 'padded.mp4');
  writeFileSync(path, Buffer.concat([clip, padding]));
  return path;
}

test('an upload goes on from where the line broke', async () => {
  const way = await tunnel(4 * MEBIBYTE);
  const broke = [/ERR_(CONNECTION_RESET|CONNECTION_CLOSED|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|FAILED)/];
  try {
    await withPage(
      { baseURL: way.url },
      async (page) => {
        /** @type {{ method: string, from: number }[]} */
        const sent = [];
        page.on('request', (request) => {
          if (!request.url().endsWith('/video') || request.method() === 'GET') return;
          const from = Number(request.headers()['upload-offset'] ?? 0);
          sent.push({ method: request.method(), from });
        });
        await getReady(page);
        await send(page, padded());
        await page.getByText('Connection lost').first().waitFor();
        await result(page);
        const [first, ...rest] = sent;
        assert.deepEqual(first, { method: 'PUT', from: 0 });
        assert.ok(rest.length > 0, 'it went on');
        let before = 0;
        for (const { method, from } of rest) {
          assert.equal(method, 'PATCH');
          assert.ok(from > before && from % MEBIBYTE === 0, `${from} bytes are not sent again`);
          before = from;
        }
      },
      broke,
    );
  } finally {
    await way.close();
  }
});

test('a stop and a reload in the middle of an upload cost no second attempt', async () => {
  await withPage(PHONE, async (page) => {
    /** @type {string[]} */
    const asked = [];
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.accept();
    });
    // What is sent never arrives, and never breaks.
    await page.route('**/video', (route) =>
      route.request().method() === 'GET' ? route.continue() : undefined,
    );
    await getReady(page);
    await send(page, goodClip());
    const sending = page.getByText('Sending your video', { exact: true });
    await sending.waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Score this video' }).click();
    await sending.waitFor();
    await page.reload();
    assert.deepEqual(asked, ['beforeunload'], 'nobody loses a video without being asked');

    await page.unroute('**/video');
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('radio', { name: 'No, I feel fine' }).check();
    await send(page, goodClip());
    await result(page);
    await page.getByRole('link', { name: 'Results' }).click();
    await page.getByRole('heading', { name: 'Your results' }).waitFor();
    assert.equal(await page.getByRole('main').getByRole('listitem').count(), 1);
  });
});
