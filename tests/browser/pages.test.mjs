// @ts-check
/**
 * Every page as it looks to a screen reader (`snapshots/NAME.yml`), in every width and in light and dark: accessible, and no wider
 * than the window, with enlarged text too. `FLOW_UPDATE_SNAPSHOTS=1` writes the snapshots anew; `FLOW_SCREENSHOTS=FOLDER` keeps pictures.
 */

import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertFitsEnlarged, assertGood, pages } from './browser.mjs';
import { signedIn } from './person.mjs';

const withPage = pages();

/** @typedef {import('playwright-core').Page} Page */

const SNAPSHOTS = join(dirname(fileURLToPath(import.meta.url)), 'snapshots');
const UPDATES = process.env['FLOW_UPDATE_SNAPSHOTS'] === '1';
const PICTURES = process.env['FLOW_SCREENSHOTS'];
const WIDTHS = [360, 768, 1280];
const SCHEMES = /** @type {const} */ (['light', 'dark']);

/** @type {[name: string, path: string, ready: string][]} */
const OPEN = [
  ['landing', '/', '$19.99'],
  ['plans', '/plans', '$19.99'],
  ['sign-up', '/sign-up', 'Create your account'],
  ['sign-in', '/sign-in', 'Forgot your password?'],
  ['forgot-password', '/forgot-password', 'Send the link'],
  ['verify-email', '/verify-email', 'This link is not complete'],
  ['not-found', '/nowhere', 'There is no page here'],
];

/** @type {[name: string, path: string, ready: string][]} */
const OWN = [
  ['tests', '/tests', '9 of 9 videos today'],
  ['results', '/results', 'No results yet'],
  ['report-locked', '/report', 'part of Pro'],
  ['account', '/account', 'Delete the account'],
];

/** @param {string} snapshot */
function withoutMoments(snapshot) {
  return snapshot
    .replaceAll(/browser-[0-9a-f-]{36}@example\.org/g, 'SOMEBODY')
    .replaceAll(/\d{1,2} [A-Z][a-z]{2,3} \d{4}(, \d{1,2}:\d{2})?/g, 'MOMENT')
    .replaceAll(/Chrome \d+/g, 'Chrome');
}

/**
 * @param {string} name
 * @param {Page} page
 */
async function compare(name, page) {
  const seen = `${withoutMoments(await page.locator('body').ariaSnapshot())}\n`;
  const file = join(SNAPSHOTS, `${name}.yml`);
  if (UPDATES) {
    mkdirSync(SNAPSHOTS, { recursive: true });
    writeFileSync(file, seen);
  }
  assert.equal(seen, readFileSync(file, 'utf8'), `snapshots/${name}.yml; FLOW_UPDATE_SNAPSHOTS=1 writes it anew`);
}

/**
 * @param {Page} page
 * @param {[name: string, path: string, ready: string]} visit
 */
async function inspect(page, [name, path, ready]) {
  await page.goto(path);
  await page.getByText(ready).first().waitFor();
  await compare(name, page);
  await assertFitsEnlarged(page);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await assertGood(page);
      if (PICTURES !== undefined) {
        const file = join(PICTURES, `${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true });
      }
    }
  }
}

for (const visit of OPEN) {
  test(`${visit[0]}, for everybody`, async () => {
    const missing = visit[0] === 'not-found' ? [/status of 404/] : [];
    await withPage({}, (page) => inspect(page, visit), missing);
  });
}

test('the pages of who is signed in', async (t) => {
  const run = async (/** @type {Page} */ page) => {
    await signedIn(page);
    for (const visit of OWN) await t.test(visit[0], () => inspect(page, visit));
  };
  // Free lacks the report.
  await withPage({}, run, [/status of 403/]);
});
