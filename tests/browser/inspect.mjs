// @ts-check
/**
 * A page as it is now, to a screen reader (`snapshots/NAME.yml`), and in every width, light and dark: accessible, and no wider than
 * the window, with enlarged text too. `FLOW_UPDATE_SNAPSHOTS=1` writes the snapshots anew; `FLOW_SCREENSHOTS=FOLDER` keeps pictures.
 */

import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertFitsEnlarged, assertGood } from './browser.mjs';

/** @typedef {import('playwright-core').Page} Page */
/**
 * @typedef {object} Kind
 * @property {boolean} [measured] numbers on the page are measured, so they differ a little between machines: only that there are
 * numbers is compared
 * @property {import('playwright-core').Locator} [dialog] what lies over the page, and is compared instead of it
 */

const SNAPSHOTS = join(dirname(fileURLToPath(import.meta.url)), 'snapshots');
const UPDATES = process.env['FLOW_UPDATE_SNAPSHOTS'] === '1';
const PICTURES = process.env['FLOW_SCREENSHOTS'];
const WIDTHS = [360, 768, 1280];
const SCHEMES = /** @type {const} */ (['light', 'dark']);

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
const MOMENT = new RegExp(`\\d{1,2} ${MONTH}(?: \\d{4})?(?:, \\d{1,2}:\\d{2})?`, 'g');
const SIZE = /\d+(?:\.\d+)? [kM]B/g;
/** But for the levels of headings. */
const NUMBER = /(?<!\[level=)[−-]?\b\d+(?:[.,]\d+)?/g;

/**
 * Leaves the page as it found it.
 * @param {Page} page
 * @param {string} name
 * @param {Kind} kind
 */
export async function inspect(page, name, kind = {}) {
  await compare(page, name, kind);
  await assertFitsEnlarged(page);
  const size = page.viewportSize();
  const wasDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await assertGood(page);
      if (PICTURES !== undefined) {
        const file = join(PICTURES, `${name}-${width}-${colorScheme}.png`);
        // What is behind an open dialog is dimmed in the window only.
        await page.screenshot({ path: file, fullPage: kind.dialog === undefined });
      }
    }
  }
  if (size !== null) await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: wasDark ? 'dark' : 'light' });
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {Kind} kind
 */
async function compare(page, name, { measured = false, dialog }) {
  const lasting = withoutMoments(await (dialog ?? page.locator('body')).ariaSnapshot());
  const seen = `${measured ? lasting.replaceAll(SIZE, 'SIZE').replaceAll(NUMBER, 'NUMBER') : lasting}\n`;
  const file = join(SNAPSHOTS, `${name}.yml`);
  if (UPDATES) {
    mkdirSync(SNAPSHOTS, { recursive: true });
    writeFileSync(file, seen);
  }
  assert.equal(seen, readFileSync(file, 'utf8'), `snapshots/${name}.yml; FLOW_UPDATE_SNAPSHOTS=1 writes it anew`);
}

/** @param {string} snapshot */
function withoutMoments(snapshot) {
  return snapshot
    .replaceAll(/browser-[0-9a-f-]{36}@example\.org/g, 'SOMEBODY')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(MOMENT, 'MOMENT')
    .replaceAll(/Chrome \d+/g, 'Chrome');
}
