// @ts-check
/** Every page that can be opened by its address alone, as `inspect.mjs` looks at it. */

import { test } from 'node:test';
import { pages } from './browser.mjs';
import { inspect } from './inspect.mjs';
import { signedIn } from './person.mjs';

const withPage = pages();

/** @typedef {import('playwright-core').Page} Page */

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
  ['tests-guide', '/tests?test=overhead-squat', '9 of 9 videos today'],
  ['results', '/results', 'No results yet'],
  ['report-locked', '/report', 'part of Pro'],
  ['account', '/account', 'Delete the account'],
];

/**
 * @param {Page} page
 * @param {[name: string, path: string, ready: string]} visit
 */
async function visited(page, [name, path, ready]) {
  await page.goto(path);
  await page.getByText(ready).first().waitFor();
  await inspect(page, name);
}

for (const visit of OPEN) {
  test(`${visit[0]}, for everybody`, async () => {
    const missing = visit[0] === 'not-found' ? [/status of 404/] : [];
    await withPage({}, (page) => visited(page, visit), missing);
  });
}

test('the pages of who is signed in', async (t) => {
  const run = async (/** @type {Page} */ page) => {
    await signedIn(page);
    for (const visit of OWN) await t.test(visit[0], () => visited(page, visit));
  };
  // Free lacks the report.
  await withPage({}, run, [/status of 403/]);
});
