// @ts-check
/** What people see and do about their own account, and the results that they have. */

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { assertAccessible, assertGood, LAPTOP, OTHER_LOOKS, pages, PHONE, setting } from './browser.mjs';
import { chooseTest, getReady, goodClip, result, send, TEST } from './check.mjs';
import { mailedLink, PASSWORD, signedIn, signIn, stranger } from './person.mjs';

const withPage = pages();

/** @param {import('playwright-core').Page} page */
async function openAccount(page) {
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  await page.getByRole('heading', { name: 'Your account', exact: true }).waitFor();
}

for (const look of OTHER_LOOKS) {
  test(`the account reads well and fits at ${look.viewport.width} px in the ${look.colorScheme}`, async () => {
    await withPage(look, async (page) => {
      const { email } = await signedIn(page);
      await openAccount(page);
      await page.getByText(email).waitFor();
      await page.getByText('this device').waitFor();
      await assertGood(page);
      const here = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Account' });
      assert.equal(await here.getAttribute('aria-current'), 'page');
    });
  });
}

test('other devices are seen and signed out', async () => {
  await withPage(LAPTOP, async (page) => {
    const person = await signedIn(page);
    await withPage(PHONE, async (other) => {
      await other.goto('/sign-in');
      await signIn(other, person);
      await other.getByRole('heading', { name: 'Choose a test' }).waitFor();

      await openAccount(page);
      await page.getByText('last used').waitFor();
      // Gone at once, and back where it could not be done.
      await page.route('**/api/auth/sessions/*', (route) => route.fulfill({ status: 503, body: '' }), { times: 1 });
      await page.getByRole('button', { name: /^Sign out (?!everywhere)./ }).last().click();
      await page.getByRole('alert').getByRole('heading').waitFor();
      await page.getByText('last used').waitFor();
      await assertAccessible(page);
      await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
      await page.getByText('last used').waitFor({ state: 'detached' });

      await other.reload();
      await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    }, [/status of 401/]);
    await page.reload();
    await page.getByText('this device').waitFor();
  }, [/status of 503/]);
});

test('password, address and time zone are changed', async () => {
  await withPage(
    PHONE,
    async (page) => {
      const { email } = await signedIn(page);
      await openAccount(page);
      await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
      await page.getByRole('button', { name: 'Save the time zone' }).click();
      await page.getByText('Saved.').waitFor();

      const password = page.getByRole('region', { name: 'Change your password' });
      await password.getByLabel('Current password').fill('not this one');
      await password.getByLabel('New password').fill('nine patient otters');
      await password.getByRole('button', { name: 'Change the password' }).click();
      await password.getByRole('alert').waitFor();
      await assertAccessible(page);
      await password.getByLabel('Current password').fill(PASSWORD);
      await password.getByRole('button', { name: 'Change the password' }).click();
      await password.getByText('Your password is changed').waitFor();

      const next = stranger().email;
      const address = page.getByRole('region', { name: /^Change your e.mail address/ });
      await address.getByLabel('New e-mail address').fill(next);
      await address.getByLabel('Current password').fill('nine patient otters');
      await address.getByRole('button', { name: /^Send a link/ }).click();
      await address.getByText(`We have written to ${next}`).waitFor();
      await page.goto(await mailedLink(page, next));
      await page.getByRole('heading', { name: 'Your address is changed' }).waitFor();
      await page.getByRole('link', { name: 'Go on' }).click();
      await openAccount(page);
      await page.getByText(next).waitFor();
      assert.equal(await page.getByText(email).count(), 0);
      assert.equal(await page.getByLabel('Time zone').inputValue(), 'Asia/Tokyo');
    },
    [/status of 403/],
  );
});

test('everything can be taken along, and deleted', async () => {
  await withPage(
    LAPTOP,
    async (page) => {
      const person = await signedIn(page);
      await openAccount(page);
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download' }).click();
      const download = await downloading;
      assert.equal(download.suggestedFilename(), 'flow-logic.zip');
      assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), 'PK');

      const remove = page.getByRole('region', { name: 'Delete your account' });
      await remove.getByLabel('Current password').fill(person.password);
      await remove.getByRole('button', { name: 'Delete the account' }).click();
      assert.equal(new URL(page.url()).pathname, '/account', 'nothing is deleted by accident');
      await remove.getByLabel('Delete everything').check();
      await remove.getByRole('button', { name: 'Delete the account' }).click();
      await page.getByText('Your account is deleted').waitFor();
      await assertAccessible(page);

      await page.goto('/sign-in');
      await signIn(page, person);
      await page.getByRole('alert').filter({ hasText: 'do not match' }).waitFor();
    },
    [/status of 401/],
  );
});

test('a result stays in the list and is that of nobody else', async () => {
  await withPage(
    PHONE,
    async (page) => {
      await getReady(page);
      await page.getByRole('link', { name: 'Results' }).click();
      await page.getByText('No results yet').waitFor();
      await assertAccessible(page);
      await page.getByRole('link', { name: 'Choose a test' }).click();
      await chooseTest(page);
      await send(page, goodClip());
      await result(page);
      await page.getByRole('link', { name: 'Tests', exact: true }).click();
      await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
      await page.goBack();
      await result(page);

      await page.getByRole('link', { name: 'Results' }).click();
      await page.getByRole('heading', { name: 'Your results' }).waitFor();
      await page.getByText('You squat well').waitFor();
      await assertGood(page);
      await page.getByRole('link', { name: TEST }).click();
      await result(page);
      await page.getByRole('img', { name: /Drawn skeleton/ }).first().waitFor();
      await assertAccessible(page);

      const { pathname } = new URL(page.url());
      const base = setting('FLOW_BASE_URL');
      await withPage(
        PHONE,
        async (other) => {
          await signedIn(other);
          await other.goto(`${base}${pathname}`);
          await other.getByRole('heading', { name: 'There is no page here' }).waitFor();
        },
        [/status of 404/],
      );
    },
    [],
  );
});
