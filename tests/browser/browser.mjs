// @ts-check
/** The browser of the tests: found on the PATH, started once per file, one person per page, and the windows they look through. */

import { strict as assert } from 'node:assert';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} Options */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
export const LAPTOP = { viewport: { width: 1280, height: 900 } };

/** Both sizes and both colour schemes with half of the runs. */
export const LOOKS = [
  { ...PHONE, colorScheme: /** @type {const} */ ('light') },
  { ...LAPTOP, colorScheme: /** @type {const} */ ('dark') },
];
export const OTHER_LOOKS = [
  { ...PHONE, colorScheme: /** @type {const} */ ('dark') },
  { ...LAPTOP, colorScheme: /** @type {const} */ ('light') },
];

/**
 * A variable that the runner must set.
 * @param {string} name
 */
export function setting(name) {
  const value = process.env[name];
  assert.ok(value, `set ${name}; see README.md of the browser tests`);
  return value;
}

/**
 * A browser for the tests of one file, started before the first and closed after the last. Gives the function that opens a page in it:
 * one of a person that nobody has seen before. Whatever the browser complains about fails `run`, but for what is `expected`.
 *
 * @param {() => string[]} more arguments for the browser, asked for when it starts
 * @returns {(options: Options, run: (page: Page) => Promise<void>, expected?: RegExp[]) => Promise<void>}
 */
export function pages(more = () => []) {
  /** @type {import('playwright-core').Browser} */
  let browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: executable(), args: [...ARGUMENTS, ...more()] });
  });
  after(async () => {
    await browser?.close();
  });
  return (options, run, expected = []) => withPage(browser, options, run, expected);
}

function executable() {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  for (const path of NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  throw new Error(`none of ${NAMES.join(', ')} is on the PATH; install Debian's package chromium`);
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {Options} options
 * @param {(page: Page) => Promise<void>} run
 * @param {RegExp[]} expected complaints that belong to the test
 */
async function withPage(browser, options, run, expected) {
  const context = await browser.newContext({
    baseURL: setting('FLOW_BASE_URL'),
    extraHTTPHeaders: { 'x-forwarded-for': someAddress() },
    ...options,
  });
  /** @type {string[]} */
  const complaints = [];
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await run(page);
    const unexpected = complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
    assert.deepEqual(unexpected, [], 'the browser complained');
  } finally {
    await context.close();
  }
}

/** An address of the block for documentation (RFC 3849): what is allowed from one address an hour is too little for all tests. */
function someAddress() {
  return `2001:db8:${randomBytes(8).toString('hex').match(/.{4}/g)?.join(':')}::1`;
}

/**
 * Fails when axe finds a violation of WCAG 2.1 AA, or of good practice, on the page as it is now.
 * @param {Page} page
 */
export async function assertAccessible(page) {
  // Colours are judged where they end up, not half-way through a transition; what is replaced meanwhile takes its own along.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished),
    ),
  );
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const axe = /** @type {any} */ (window)['axe'];
    const { violations: found } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    });
    return found.map(
      (/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ n) => n.html)}`,
    );
  });
  assert.deepEqual(violations, []);
}

/**
 * Fails when the page is wider than the window.
 * @param {Page} page
 */
export async function assertFits(page) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(excess <= 0, `the page is ${excess} px wider than the window`);
}

/**
 * Fails when the page is wider than the window while text is twice as large (WCAG 1.4.4), in a window as narrow as a phone.
 * @param {Page} page
 */
export async function assertFitsEnlarged(page) {
  const before = page.viewportSize();
  const enlarge = (/** @type {string} */ size) =>
    page.evaluate((fontSize) => {
      document.documentElement.style.fontSize = fontSize;
    }, size);
  await page.setViewportSize({ width: 360, height: 740 });
  await enlarge('200%');
  await assertFits(page);
  await enlarge('');
  if (before !== null) await page.setViewportSize(before);
}

/**
 * Fails when the page as it is now cannot be used by everybody, or does not fit into the window.
 * @param {Page} page
 */
export async function assertGood(page) {
  await assertAccessible(page);
  await assertFits(page);
}
