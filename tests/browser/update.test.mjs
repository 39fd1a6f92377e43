// @ts-check
/** A new build of the client comes while a page of the one before it is open. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { assertGood, pages, PHONE } from './browser.mjs';
import { builds, NEXT } from './builds.mjs';

const withPage = pages();

/** @typedef {import('playwright-core').Page} Page */

/**
 * Asks for a file of the build as a page does, and waits until it is kept in as many caches.
 * @param {Page} page
 * @param {string} path
 * @param {number} count
 */
async function use(page, path, count) {
  const { status } = await page.evaluate(async (asked) => ({ status: (await fetch(asked)).status }), path);
  assert.equal(status, 200);
  await page.waitForFunction(
    async ([wanted, expected]) => {
      const names = await caches.keys();
      const found = await Promise.all(names.map((cacheName) => caches.match(wanted, { cacheName })));
      return found.filter(Boolean).length === expected;
    },
    /** @type {const} */ ([path, count]),
  );
}

test('a page that is open says so, goes on with its own build, and has the new one after a reload', async () => {
  const both = await builds();
  try {
    await withPage({ ...PHONE, baseURL: both.url }, async (page) => {
      await page.goto('/');
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      const model = /\/assets\/[\w.-]+\.onnx/.exec(await (await page.request.get('/sw.js')).text())?.[0] ?? '';
      await use(page, model, 1);
      const bar = page.getByText('There is a new version of Flow Logic.');
      assert.equal(await bar.count(), 0);

      both.publish();
      await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
      await bar.waitFor();
      await assertGood(page);
      // Its other parts are gone from the server, and still here.
      await page.getByRole('link', { name: 'Compare the plans' }).click();
      await page.getByRole('heading', { name: 'Plans', level: 1 }).waitFor();
      await page.getByText('Up to 30 seconds of scoring').waitFor();
      assert.equal(await page.locator(`script[src*="${NEXT}"]`).count(), 0);

      await page.getByRole('button', { name: 'Reload' }).click();
      await page.locator(`script[src*="${NEXT}"]`).first().waitFor({ state: 'attached' });
      await page.getByRole('heading', { name: 'Plans', level: 1 }).waitFor();
      assert.equal(await bar.count(), 0);
      // A large file that both builds have travels once, and is kept with either of them.
      await use(page, model, 2);
      assert.equal(both.asked.filter((path) => path === model).length, 1);
    });
  } finally {
    await both.close();
  }
});
