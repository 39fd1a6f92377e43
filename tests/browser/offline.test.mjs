// @ts-check
/** The client without a connection, and as an app of its own on somebody's device. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { assertGood, pages, PHONE } from './browser.mjs';
import { signedIn } from './person.mjs';
import { tunnel } from './tunnel.mjs';

const withPage = pages();

const LOST = [/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/];

/**
 * Until the client is kept for use without a connection.
 * @param {import('playwright-core').Page} page
 */
async function kept(page) {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

test('a second visit without a connection shows the client, says so, and goes on when it is back', async () => {
  const way = await tunnel();
  try {
    await withPage(
      { ...PHONE, baseURL: way.url },
      async (page) => {
        await signedIn(page);
        await kept(page);

        await way.close();
        await page.context().setOffline(true);
        const bar = page.getByText('You are offline.');
        await bar.waitFor();
        await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
        await assertGood(page);

        await page.goto('/results');
        await page.getByRole('link', { name: 'Flow Logic' }).waitFor();
        await bar.waitFor();
        await page.getByRole('heading', { name: 'The connection was lost' }).waitFor();
        await assertGood(page);

        await way.open();
        await page.context().setOffline(false);
        await page.getByRole('heading', { name: 'Your results' }).waitFor();
        await bar.waitFor({ state: 'detached' });
      },
      LOST,
    );
  } finally {
    await way.close();
  }
});

test('a page that is open can be gone through without a connection, and asks again when it is back', async () => {
  const way = await tunnel();
  try {
    await withPage(
      { ...PHONE, baseURL: way.url },
      async (page) => {
        await signedIn(page);
        await kept(page);
        await way.close();
        await page.context().setOffline(true);
        // Its script was never needed before: it comes from what is kept.
        await page.getByRole('link', { name: 'Account', exact: true }).click();
        await page.getByRole('heading', { name: 'The connection was lost' }).waitFor();

        await way.open();
        await page.context().setOffline(false);
        await page.getByRole('heading', { name: 'Your account', exact: true }).waitFor();
      },
      LOST,
    );
  } finally {
    await way.close();
  }
});

test('answers of the API are never kept', async () => {
  await withPage(PHONE, async (page) => {
    await signedIn(page);
    await kept(page);
    await page.getByRole('link', { name: 'Results' }).click();
    await page.getByText('No results yet').waitFor();
    const paths = await page.evaluate(async () => {
      const found = [];
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
      return found;
    });
    assert.ok(paths.length > 5, 'the client is kept');
    assert.deepEqual(
      paths.filter((path) => path !== '/' && !path.startsWith('/assets/')),
      [],
    );
  });
});

test('the worker is looked for anew at every visit, and takes no part in anything but pages', async () => {
  await withPage(PHONE, async (page) => {
    const { status, headers, text } = await answer(page, '/sw.js');
    assert.equal(status, 200);
    assert.match(headers['content-type'] ?? '', /^text\/javascript/);
    assert.equal(headers['cache-control'], 'public, no-cache');
    assert.doesNotMatch(await text(), /^import /m, 'one classic script');
    assert.match(headers['content-security-policy'] ?? '', /worker-src 'self'/);
  });
});

test('the client can be installed, and every icon has the size that it is said to have', async () => {
  await withPage(PHONE, async (page) => {
    await page.goto('/');
    const devtools = await page.context().newCDPSession(page);
    const { errors } = await devtools.send('Page.getAppManifest');
    assert.deepEqual(errors, []);

    const { headers, text } = await answer(page, '/manifest.webmanifest');
    assert.equal(headers['content-type'], 'application/manifest+json');
    const manifest = JSON.parse(await text());
    assert.deepEqual(
      [manifest.start_url, manifest.display, manifest.short_name],
      ['/tests', 'standalone', 'Flow Logic'],
    );
    const pictures = manifest.icons.filter((/** @type {{ type: string }} */ { type }) => type === 'image/png');
    assert.deepEqual(
      pictures.map((/** @type {any} */ { sizes, purpose }) => `${sizes} ${purpose}`),
      ['192x192 any', '512x512 any', '512x512 maskable'],
    );
    const touch = await page.locator('link[rel="apple-touch-icon"]').getAttribute('href');
    for (const { src, sizes } of [...pictures, { src: touch, sizes: '180x180' }])
      assert.equal(await sizeOf(page, src), sizes, src);

    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(ground, rgb(manifest.background_color), 'opens in the colour of the page');
  });
});

/**
 * @param {import('playwright-core').Page} page
 * @param {string} path
 */
async function answer(page, path) {
  const response = await page.request.get(path);
  return { status: response.status(), headers: response.headers(), text: () => response.text() };
}

/**
 * The size of a PNG, as its first chunk says it.
 * @param {import('playwright-core').Page} page
 * @param {string} path
 */
async function sizeOf(page, path) {
  const body = await (await page.request.get(path)).body();
  assert.equal(body.subarray(1, 4).toString(), 'PNG', path);
  return `${body.readUInt32BE(16)}x${body.readUInt32BE(20)}`;
}

/** @param {string} hex */
function rgb(hex) {
  const parts = hex.match(/[0-9a-f]{2}/gi) ?? [];
  return `rgb(${parts.map((part) => Number.parseInt(part, 16)).join(', ')})`;
}
