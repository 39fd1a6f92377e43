// @ts-check
/** What the first visit costs: bytes and requests. How long it takes on a slow phone is told, and held by nothing: machines differ. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { pages, PHONE } from './browser.mjs';
import { getReady, goodClip, result, send, TEST } from './check.mjs';

const withPage = pages();

/** @typedef {import('playwright-core').Page} Page */

/** Script of a first visit, compressed as it travels. */
const SCRIPT_BYTES = 150_000;
const ALL_BYTES = 400_000;
const REQUESTS = 25;

/** Lighthouse's slow 4G (1.6 Mbit/s down, 150 ms) and a phone of the middle class. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 };
const SLOWER_CPU = 4;

/**
 * What travels until `ready` is there.
 * @param {Page} page
 * @param {() => Promise<void>} visit
 */
async function traffic(page, visit) {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Network.enable');
  /** @type {Map<string, string>} */
  const types = new Map();
  const bytes = { script: 0, all: 0 };
  devTools.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
  devTools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    if (types.get(requestId) === 'Script') bytes.script += encodedDataLength;
  });
  await visit();
  await page.waitForLoadState('networkidle');
  await devTools.detach();
  return { ...bytes, requests: types.size };
}

for (const path of ['/', '/sign-in', '/plans']) {
  test(`a first visit of ${path} is small`, async (t) => {
    await withPage({}, async (page) => {
      const { script, all, requests } = await traffic(page, async () => {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
      });
      t.diagnostic(`${script} bytes of script, ${all} in all, ${requests} requests`);
      assert.ok(script > 0 && script < SCRIPT_BYTES, `${script} bytes of script`);
      assert.ok(all < ALL_BYTES, `${all} bytes`);
      assert.ok(requests < REQUESTS, `${requests} requests`);
    });
  });
}

test('tests and a result come up on a slow phone', async (t) => {
  await withPage(PHONE, async (page) => {
    await getReady(page);
    await send(page, goodClip());
    await result(page);
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Network.enable');
    await devTools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await devTools.send('Network.emulateNetworkConditions', SLOW_4G);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU });
    await page.goto('/results');
    const latest = await page.getByRole('link', { name: TEST }).first().getAttribute('href');
    assert.ok(latest);
    for (const [path, ready] of [
      ['/tests', page.getByRole('radio').first()],
      [latest, page.getByRole('heading', { name: 'What we measured' })],
    ]) {
      const begin = performance.now();
      await page.goto(/** @type {string} */ (path), { waitUntil: 'commit' });
      await /** @type {import('playwright-core').Locator} */ (ready).waitFor();
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(undefined))));
      t.diagnostic(`${path}: interactive after ${Math.round(performance.now() - begin)} ms`);
    }
  });
});
