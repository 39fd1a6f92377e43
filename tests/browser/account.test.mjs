// @ts-check
/** From the first page to a session, and every way that it begins and ends. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { assertGood, LAPTOP, LOOKS, pages, PHONE } from './browser.mjs';
import { chooseTest, goodClip, progress, result, send } from './check.mjs';
import { mailedLink, mailTo, member, PASSWORD, signedIn, signIn, stranger, unconfirmed } from './person.mjs';

const withPage = pages();

/**
 * Signs out in another tab.
 * @param {import('playwright-core').Page} page
 */
async function endElsewhere(page) {
  const second = await page.context().newPage();
  await second.goto('/tests');
  await second.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You have been signed out').waitFor();
  await second.close();
}

for (const look of LOOKS) {
  test(`somebody signs up, at ${look.viewport.width} px in the ${look.colorScheme}`, async () => {
    await withPage(look, async (page) => {
      const { email, password } = stranger();
      await page.goto('/');
      await page.getByRole('heading', { name: 'See how you move' }).waitFor();
      await assertGood(page);
      await page.getByRole('link', { name: 'Create a free account' }).click();

      await page.getByRole('heading', { name: 'Create your account' }).waitFor();
      await assertGood(page);
      await page.getByLabel('E-mail address').fill(email);
      const typed = page.getByLabel('Password');
      await typed.fill(password);
      assert.equal(await typed.getAttribute('type'), 'password');
      await page.getByRole('button', { name: 'Show password' }).click();
      assert.equal(await typed.getAttribute('type'), 'text');
      await assertGood(page);
      const create = page.getByRole('button', { name: 'Create your account' });
      await create.click();
      assert.equal(await page.getByRole('heading', { name: 'Check your mail' }).count(), 0, 'nothing was agreed to');
      await page.getByLabel('I am 18 or older').check();
      await page.getByLabel('I have read and agree').check();
      await create.click();
      await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
      await page.getByText(email).waitFor();
      await assertGood(page);

      const mail = await mailTo(page, email);
      await assertGood(page);
      await mail.getByRole('link').click();
      await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
      assert.equal(new URL(page.url()).hash, '', 'the token is out of the address');
      await assertGood(page);
      await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
      await assertGood(page);
      await signIn(page, { email, password });
      await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
      assert.equal(new URL(page.url()).pathname, '/tests');
      await assertGood(page);
    });
  });
}

test('a session outlives a reload, is shared by tabs, and ends in all of them', async () => {
  await withPage(LAPTOP, async (page) => {
    await signedIn(page);
    await page.reload();
    await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
    await page.goto('/');
    await page.getByRole('heading', { name: 'Choose a test' }).waitFor();

    const second = await page.context().newPage();
    await second.goto('/tests');
    await second.getByRole('heading', { name: 'Choose a test' }).waitFor();
    await second.getByRole('button', { name: 'Sign out' }).click();
    await second.getByRole('heading', { name: 'See how you move' }).waitFor();

    await page.getByText('You have been signed out').waitFor();
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    await assertGood(page);
    await page.goto('/tests');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

test('a video that was chosen is there for who signs in again, and for nobody else', async () => {
  await withPage(PHONE, async (page) => {
    const person = await signedIn(page);
    await chooseTest(page);
    const other = await member(page);
    const ready = page.getByRole('button', { name: 'Score this video' });
    await page.locator('#video-file').setInputFiles(goodClip());
    await ready.waitFor();
    await endElsewhere(page);
    await signIn(page, person);
    await ready.waitFor();
    await endElsewhere(page);
    await signIn(page, other);
    await page.getByText('9 of 9 videos today').waitFor();
    assert.equal(await ready.count(), 0);
    assert.equal(await page.getByRole('radio', { checked: true }).count(), 0);
  });
});

test('who is signed out while a video is scored signs in again to its result', async () => {
  await withPage(PHONE, async (page) => {
    const person = await signedIn(page);
    await chooseTest(page);
    await send(page, goodClip());
    await progress(page);
    const { hash } = new URL(page.url());
    assert.match(hash, /^#attempt=/);
    await endElsewhere(page);
    await signIn(page, person);
    await result(page);
    const { pathname, hash: now } = new URL(page.url());
    assert.equal(`${pathname}${now}`, `/tests${hash}`);
  });
});

test('who has not confirmed the address is told before a video, and has the mail sent again', async () => {
  await withPage(PHONE, async (page) => {
    const person = await unconfirmed(page);
    await page.goto('/sign-in');
    await signIn(page, person);
    const notice = page.getByRole('region', { name: 'Confirm your address to send videos' });
    await notice.getByText(`We have written to ${person.email}.`).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Record a video' }).count(), 0);
    await assertGood(page);
    await notice.getByRole('button', { name: 'Send it again' }).click();
    await notice.getByText('Sent. It can take a minute to arrive.').waitFor();
    await assertGood(page);

    await page.goto(await mailedLink(page, person.email));
    await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
    await page.goto('/tests');
    await page.getByText('9 of 9 videos today').waitFor();
    assert.equal(await notice.count(), 0);
  });
});

test('a video is there after a look at another page and after a stop, unless something hurts', async () => {
  await withPage(PHONE, async (page) => {
    await signedIn(page);
    await chooseTest(page);
    const ready = page.getByRole('button', { name: 'Score this video' });
    const lookAtResults = async () => {
      await page.getByRole('link', { name: 'Results' }).click();
      await page.getByRole('heading', { name: 'Your results' }).waitFor();
      await page.getByRole('link', { name: 'Tests' }).click();
      await page.getByText(/of 9 videos today/).waitFor();
    };
    await page.locator('#video-file').setInputFiles(goodClip());
    await ready.waitFor();
    await lookAtResults();
    await ready.click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await ready.waitFor();
    await page.getByRole('radio', { name: 'Yes' }).check();
    await lookAtResults();
    assert.equal(await page.getByRole('radio', { checked: true }).count(), 0);

    await chooseTest(page);
    await page.locator('#video-file').setInputFiles(goodClip());
    await ready.waitFor();
    await page.getByRole('radio', { name: 'Y-balance' }).check();
    await lookAtResults();
    assert.equal(await page.getByRole('radio', { checked: true }).count(), 0, 'of another test nothing was answered');
  });
});

test('whoever has to sign in comes back to where they were', async () => {
  await withPage(PHONE, async (page) => {
    const person = await member(page);
    await page.goto('/tests?from=mail');
    await signIn(page, person);
    await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
    const { pathname, search } = new URL(page.url());
    assert.equal(`${pathname}${search}`, '/tests?from=mail');
  });
});

test('a wrong password and an unknown address are told alike', async () => {
  await withPage(
    PHONE,
    async (page) => {
      const { email } = await member(page);
      const told = [];
      for (const tried of [
        { email, password: 'seven loud herons' },
        { email: stranger().email, password: PASSWORD },
      ]) {
        await page.goto('/sign-in');
        await signIn(page, tried);
        const alert = page.getByRole('alert').filter({ hasText: 'do not match' });
        await alert.waitFor();
        assert.equal(await alert.evaluate((box) => box === document.activeElement), true);
        told.push(await alert.innerText());
        await assertGood(page);
      }
      assert.equal(told[0], told[1]);
    },
    [/status of 401/],
  );
});

test('a forgotten password is replaced, and the old one is no longer taken', async () => {
  await withPage(
    PHONE,
    async (page) => {
      const { email } = await member(page);
      await page.goto('/sign-in');
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await page.getByRole('heading', { name: 'Choose another password' }).waitFor();
      await assertGood(page);
      await page.getByLabel('E-mail address').fill(email);
      await page.getByRole('button', { name: 'Send the link' }).click();
      await page.getByText(`If ${email} has an account`).waitFor();

      await page.goto(await mailedLink(page, email));
      await assertGood(page);
      await page.getByLabel('New password').fill('password1');
      await page.getByRole('button', { name: 'Save the password' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByLabel('New password').fill('nine patient otters');
      await page.getByRole('button', { name: 'Save the password' }).click();
      await page.getByRole('heading', { name: 'Your password is changed' }).waitFor();
      await assertGood(page);

      await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
      await signIn(page, { email, password: PASSWORD });
      await page.getByRole('alert').filter({ hasText: 'do not match' }).waitFor();
      await signIn(page, { email, password: 'nine patient otters' });
      await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
    },
    [/status of (401|422)/],
  );
});

test('links that do nothing any more say what to do', async () => {
  await withPage(
    PHONE,
    async (page) => {
      for (const path of ['/verify-email', '/reset-password', '/change-email']) {
        await page.goto(path);
        await page.getByRole('heading', { name: 'This link is not complete' }).waitFor();
        await assertGood(page);
      }
      await page.goto('/verify-email#token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
      await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
      await assertGood(page);
    },
    [/status of 400/],
  );
});

test('an address without a page leads back', async () => {
  await withPage(
    PHONE,
    async (page) => {
      const answer = await page.goto('/nothing/here');
      assert.equal(answer?.status(), 404);
      await page.getByRole('heading', { name: 'There is no page here' }).waitFor();
      await assertGood(page);
      await page.getByRole('link', { name: 'Back to the start' }).click();
      await page.getByRole('heading', { name: 'See how you move' }).waitFor();
    },
    [/status of 404/],
  );
});

test('without a connection the page says so, and goes on when there is one', async () => {
  await withPage(
    PHONE,
    async (page) => {
      await signedIn(page);
      await page.route('**/api/auth/refresh', (route) => route.abort('internetdisconnected'));
      await page.reload();
      await page.getByRole('heading', { name: 'The connection was lost' }).waitFor();
      await assertGood(page);
      await page.unroute('**/api/auth/refresh');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
    },
    [/ERR_INTERNET_DISCONNECTED/],
  );
});
