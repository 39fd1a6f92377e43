// @ts-check
/** Tiers, prices, and what is left of the limits, as the app itself tells them. */

import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { assertGood, LOOKS, pages } from './browser.mjs';
import { signedIn } from './person.mjs';

const withPage = pages();

/** @typedef {import('playwright-core').Page} Page */

/**
 * Asks for attempts without a page.
 * @param {Page} page
 * @param {import('./person.mjs').Person} person
 * @param {string[]} tests
 */
async function ask(page, person, tests) {
  const { email, password } = person;
  const login = await page.request.post('/api/auth/login', { data: { email, password } });
  const { accessToken } = await login.json();
  for (const slug of tests) {
    const answer = await page.request.post('/api/attempts', {
      headers: { authorization: `Bearer ${accessToken}`, 'idempotency-key': randomUUID() },
      data: { test: slug, contentType: 'video/mp4', sizeBytes: 1000 },
    });
    assert.equal(answer.status(), 201, await answer.text());
  }
}

for (const look of LOOKS) {
  test(`prices are told before anybody signs up, at ${look.viewport.width} px in the ${look.colorScheme}`, async () => {
    await withPage(look, async (page) => {
      await page.goto('/');
      const plans = page.getByRole('region', { name: /Start free/ });
      for (const price of ['$0', '$4.99', '$9.99', '$19.99'])
        await plans.getByText(price, { exact: true }).waitFor();
      await assertGood(page);
      await page.getByRole('link', { name: 'Compare the plans' }).click();
      await page.getByRole('heading', { name: 'Plans' }).waitFor();
      await page.getByText('8 more tests').waitFor();
      await assertGood(page);
      await page.getByRole('link', { name: 'Start with Free' }).click();
      await page.getByRole('heading', { name: 'Create your account' }).waitFor();
    });
  });

  test(`tests of other tiers are shown with what unlocks them, at ${look.viewport.width} px`, async () => {
    await withPage(look, async (page) => {
      await signedIn(page);
      await page.getByText('9 of 9 videos today').waitFor();
      assert.equal(await page.getByRole('radio').count(), 3);
      await page.getByText('4 more tests with Pro, $9.99 a month').click();
      await page.getByText('Dead bug').waitFor();
      await page.getByText('8 more tests with Pro+, $19.99 a month').click();
      await page.getByText('Clamshell').waitFor();
      await assertGood(page);
      await page.getByRole('link', { name: 'See all that Pro has' }).click();
      await page.getByText('Your plan', { exact: true }).waitFor();
    });
  });
}

test('who is banned is told until when, and of nothing that is left', async () => {
  await withPage(LOOKS[0], async (page) => {
    await page.route('**/api/limits/status', async (route) => {
      const answer = await route.fetch();
      const limits = await answer.json();
      await route.fulfill({ json: { ...limits, banned: true, banEndsAt: '2030-01-02T12:00:00Z' } });
    });
    await signedIn(page);
    await page.getByText(/^More was sent .* than is allowed\. New videos are taken from 2 Jan 2030/).waitFor();
    assert.equal(await page.getByText(/videos today|left today/).count(), 0);
    await assertGood(page);
  });
});

test('a test whose videos of the day are sent waits for tomorrow, and an hour that is full says until when', async () => {
  await withPage(LOOKS[0], async (page) => {
    const person = await signedIn(page);
    await ask(page, person, ['overhead-squat', 'overhead-squat', 'overhead-squat']);
    await page.reload();
    await page.getByText(/^No video left today\. More from /).waitFor();
    await page.getByText('6 of 9 videos today').waitFor();
    assert.equal(await page.getByRole('radio', { name: 'Overhead squat' }).isDisabled(), true);
    assert.equal(await page.getByRole('radio', { name: 'Y-balance' }).isDisabled(), false);

    await ask(page, person, ['y-balance', 'y-balance']);
    await page.reload();
    await page.getByText(/^You have sent all videos of the hour\. You can send more from /).waitFor();
    await assertGood(page);
  });
});

const UNTIL = { iso: '2030-01-31T09:30:00Z', words: '31 Jan 2030, 09:30' };

/** What of the standing is another one, and what is said then where the video would be chosen. */
const SHUT = /** @type {const} */ ([
  [
    'a month that is full',
    {
      // Of a tier that had more tests earlier in the month.
      remainingTestsThisMonth: { limit: 3, remaining: 0, resetsAt: UNTIL.iso },
      completedThisMonth: ['overhead-squat', 'plank', 'dead-bug'],
    },
    `Your month is full. More from ${UNTIL.words}`,
  ],
  [
    'a ban',
    { banned: true, banLevel: 'soft', banReason: 'over-daily-quota', banEndsAt: UNTIL.iso },
    `New videos are taken from ${UNTIL.words}. Your results stay.`,
  ],
  [
    'a blocked address',
    { addressBlockedUntil: UNTIL.iso },
    `Many videos came from your internet connection. New ones are taken from ${UNTIL.words}.`,
  ],
]);

for (const [name, change, told] of SHUT) {
  test(`${name} closes the way to a video and says until when`, async () => {
    await withPage({ ...LOOKS[0], timezoneId: 'UTC' }, async (page) => {
      await page.route('**/api/limits/status', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...(await response.json()), ...change } });
      });
      await signedIn(page);
      await page.goto('/tests?test=y-balance');
      await page.getByRole('radio', { name: 'No, I feel fine' }).check();
      const stage = page.getByRole('region', { name: 'Your video' });
      await stage.getByText(told).waitFor();
      assert.equal(await stage.getByRole('button').count(), 0);
      assert.equal(await page.locator('input[type=file]').count(), 0);
      await assertGood(page);
    });
  });
}
