// @ts-check
/** People with accounts, as the browser tests need them. */

import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { setting } from './browser.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ email: string, password: string }} Person */
/** @typedef {'free' | 'basic' | 'pro' | 'pro-plus'} Tier */

/** A password that nothing is wrong with. */
export const PASSWORD = 'seven quiet herons';

/** @returns {Person} somebody who has no account yet */
export function stranger() {
  return { email: `browser-${randomUUID()}@example.org`, password: PASSWORD };
}

/**
 * The address of the link in the newest mail to somebody, in the outbox of development.
 * @param {Page} page
 * @param {string} email
 */
export async function mailedLink(page, email) {
  const answer = await page.request.get('/api/dev/outbox');
  assert.equal(answer.status(), 200, await answer.text());
  /** @type {{ items: { to: string, text: string }[] }} */
  const { items } = await answer.json();
  const mail = items.find(({ to }) => to === email);
  assert.ok(mail, `a mail to ${email}`);
  const link = /https?:\/\/\S+#token=\S+/.exec(mail.text)?.[0];
  assert.ok(link, `a link in: ${mail.text}`);
  const { pathname, hash } = new URL(link);
  return `${pathname}${hash}`;
}

/**
 * The mails to somebody, on the page of the outbox.
 * @param {Page} page
 * @param {string} email
 */
export async function mailTo(page, email) {
  await page.goto('/dev/outbox');
  const mail = page.getByRole('article').filter({ hasText: email });
  await mail.waitFor();
  return mail;
}

/**
 * From the first page to the tests, as somebody new goes.
 * @param {Page} page
 */
export async function joined(page) {
  const person = stranger();
  await page.goto('/');
  await page.getByRole('link', { name: 'Create a free account' }).click();
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByLabel('I am 18 or older').check();
  await page.getByLabel('I have read and agree').check();
  await page.getByRole('button', { name: 'Create your account' }).click();
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
  const mail = await mailTo(page, person.email);
  await mail.getByRole('link').click();
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, person);
  await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
}

/**
 * Somebody with an account whose address is not confirmed yet, made without the pages.
 * @param {Page} page
 * @returns {Promise<Person>}
 */
export async function unconfirmed(page) {
  const person = stranger();
  const registered = await page.request.post('/api/auth/register', {
    data: { ...person, timeZone: 'Europe/Berlin', consent: { version: '2026-11' }, adult: true },
  });
  assert.equal(registered.status(), 202, await registered.text());
  return person;
}

/**
 * Somebody with an account whose address is confirmed.
 * @param {Page} page
 * @returns {Promise<Person>}
 */
export async function member(page) {
  const person = await unconfirmed(page);
  const token = (await mailedLink(page, person.email)).split('#token=')[1];
  const verified = await page.request.post('/api/auth/verify', { data: { token } });
  assert.equal(verified.status(), 204, await verified.text());
  return person;
}

/**
 * Gives somebody a tier, as an operator does.
 * @param {Page} page
 * @param {Person} person
 * @param {Tier} tier
 */
async function setTier(page, { email, password }, tier) {
  const signedIn = await page.request.post('/api/auth/login', { data: { email, password } });
  assert.equal(signedIn.status(), 200, await signedIn.text());
  const { account } = await signedIn.json();
  const set = await page.request.put(`/api/ops/accounts/${account.id}/tier`, {
    data: { tier },
    headers: { authorization: `Bearer ${setting('FLOW_OPERATOR_TOKEN')}` },
  });
  assert.equal(set.status(), 200, await set.text());
}

/**
 * Signs in on the page that is open.
 * @param {Page} page
 * @param {Person} person
 */
export async function signIn(page, { email, password }) {
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

/**
 * A new member, signed in, who looks at the tests.
 * @param {Page} page
 * @param {Tier} tier
 * @returns {Promise<Person>}
 */
export async function signedIn(page, tier = 'free') {
  const person = await member(page);
  if (tier !== 'free') await setTier(page, person, tier);
  await page.goto('/sign-in');
  await signIn(page, person);
  await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
  return person;
}
