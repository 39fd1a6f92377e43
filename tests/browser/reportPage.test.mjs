// @ts-check
/** The report inside the client, for those whose tier has it and for those whose has not, and what follows a result. */

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { assertFitsEnlarged, assertGood, LAPTOP, LOOKS, pages, PHONE } from './browser.mjs';
import { chooseTest, faultyClip, getReady, goodClip, holdProgress, progress, result, send } from './check.mjs';
import { inspect } from './inspect.mjs';
import { signedIn } from './person.mjs';

const withPage = pages();

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
async function openReport(page) {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Report' }).click();
}

for (const look of LOOKS) {
  // Every width and scheme once is enough.
  const see = (/** @type {Page} */ page, /** @type {string} */ name) =>
    look === LOOKS[1] ? inspect(page, name, { measured: true }) : assertGood(page);

  test(`from nothing measured to the report, at ${look.viewport.width} px in the ${look.colorScheme}`, async () => {
    await withPage(look, async (page) => {
      const goOn = await holdProgress(page);
      await signedIn(page, 'pro');
      await openReport(page);
      await page.getByRole('heading', { name: 'Nothing is measured yet' }).waitFor();
      await assertGood(page);
      await assertFitsEnlarged(page);
      await page.getByRole('link', { name: 'Choose your first test' }).click();
      await chooseTest(page);
      await send(page, faultyClip());
      await progress(page);
      await see(page, 'progress');
      await goOn();
      await result(page);

      // What follows a result comes by itself, once the result is there.
      await page.getByRole('heading', { name: 'What to do next' }).waitFor();
      await page.getByRole('heading', { name: 'What the confidence is made of' }).waitFor();
      await page.getByRole('columnheader', { name: 'Typical' }).waitFor();
      const area = page.getByRole('heading', { name: 'Knees move inward' });
      await area.waitFor();
      await page.getByRole('img', { name: /Drawn skeleton/ }).first().waitFor();
      await see(page, 'result');

      // What may be behind it is one tap away, but nobody is filmed who has not said that nothing hurts.
      await page.getByRole('link', { name: 'Take the test “Ankle mobility”' }).click();
      await page.locator('#stage-ready:focus').waitFor();
      assert.equal(await page.getByRole('radio', { name: 'Ankle mobility' }).isChecked(), true);
      assert.equal(await page.locator('input[type=file]').count(), 0);
      await assertGood(page);
      await page.goBack();
      await result(page);
      await page.getByRole('link', { name: 'See the whole report' }).click();

      await page.getByRole('heading', { name: 'Your movement report', level: 1 }).waitFor();
      for (const name of ['What we noticed', 'When to test again', 'Progress of your key measures'])
        await page.getByRole('heading', { name }).waitFor();
      await area.waitFor();
      await page.getByRole('heading', { name: 'Your program in two phases' }).waitFor();
      await see(page, 'report');

      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download' }).click();
      const download = await downloading;
      assert.match(download.suggestedFilename(), /^flow-logic-report-\d{4}-\d{2}-\d{2}\.html$/);
      assert.match(readFileSync(await download.path(), 'utf8'), /Movement report/);

      await page.getByRole('region', { name: 'Your newest results' }).getByRole('link').click();
      await result(page);
      assert.match(new URL(page.url()).pathname, /^\/results\/[0-9a-f-]{36}$/);
    });
  });
}

test('the report prints without what is for the screen', async () => {
  await withPage({ ...LAPTOP, colorScheme: 'dark' }, async (page) => {
    await getReady(page, 'pro');
    await send(page, goodClip());
    await result(page);
    await openReport(page);
    await page.getByRole('heading', { name: 'Your movement report' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    for (const role of /** @type {const} */ (['banner', 'contentinfo', 'button', 'navigation']))
      assert.equal(await page.getByRole(role).count(), 0, `a ${role} on paper`);
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return [color, backgroundColor];
    });
    assert.deepEqual(colours, ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'], 'black on white');
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = pdf.match(/\/Type\s*\/Page\b/g) ?? [];
    assert.ok(sheets.length >= 1 && sheets.length <= 4, `${sheets.length} pages`);
    const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/.exec(pdf) ?? [];
    assert.deepEqual([Math.round(Number(width)), Math.round(Number(height))], [595, 842], 'A4');
  });
});

test('whose tier lacks the report is told which has it', async () => {
  await withPage(
    PHONE,
    async (page) => {
      await signedIn(page);
      await openReport(page);
      await page.getByRole('heading', { name: 'Your movement report' }).waitFor();
      await page.getByText('It is part of Pro.').waitFor();
      const link = page.getByRole('link', { name: 'See what Pro includes' });
      assert.equal(await link.getAttribute('href'), '/plans');
      await assertGood(page);
      await page.getByRole('link', { name: 'Go on with your tests' }).click();
      await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
    },
    [/status of 403/],
  );
});

test('everybody is told what a result means, and what Pro adds to it', async () => {
  await withPage(LAPTOP, async (page) => {
    await getReady(page);
    await send(page, goodClip());
    await result(page);
    for (const name of ['What this means', 'What to do next', 'This result in detail'])
      await page.getByRole('heading', { name }).waitFor();
    await page.getByText(/^Take the test/).first().waitFor();
    await assertGood(page);
  });
});

test('a part that cannot be loaded leaves the result as it is', async () => {
  await withPage(
    PHONE,
    async (page) => {
      await page.route('**/api/problem-areas', (route) => route.fulfill({ status: 503, body: '' }));
      await getReady(page);
      await send(page, goodClip());
      await result(page);
      const again = page.getByRole('button', { name: 'Try again' });
      await again.waitFor();
      await assertGood(page);
      await page.unroute('**/api/problem-areas');
      await again.click();
      await page.getByRole('heading', { name: 'What to do next' }).waitFor();
    },
    [/status of 503/],
  );
});
