// @ts-check
/** The report: a page that reads well, fits, and prints on A4. */

import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { assertAccessible, assertGood, LAPTOP, pages, PHONE } from './browser.mjs';
import { goodClip, SCORING_TIMEOUT } from './check.mjs';

/** Points of A4, and how far Chromium rounds them. */
const A4 = { width: 595.3, height: 841.9, rounding: 1 };

const withPage = pages();

/** Headers of a person in the tier that has everything, whom nobody has seen before. */
function somebody() {
  return { 'x-dev-user': `browser-${randomUUID()}`, 'x-dev-tier': 'pro-plus' };
}

/**
 * Has the good clip scored, without the page.
 * @param {import('playwright-core').APIRequestContext} api
 */
async function score(api) {
  const video = readFileSync(goodClip());
  const created = await api.post('/api/attempts', {
    data: { test: 'overhead-squat', contentType: 'video/mp4', sizeBytes: video.length },
  });
  assert.equal(created.status(), 201, await created.text());
  const { id } = await created.json();
  const headers = { 'content-type': 'video/mp4' };
  await api.put(`/api/attempts/${id}/video`, { data: video, headers });
  const scored = await api.post(`/api/attempts/${id}/score`, { timeout: SCORING_TIMEOUT });
  assert.match(await scored.text(), /"state":"valid"/);
}

for (const { viewport } of [PHONE, LAPTOP]) {
  test(`the report reads well and fits at ${viewport.width} px`, async () => {
    await withPage({ viewport, extraHTTPHeaders: somebody() }, async (page) => {
      await score(page.request);
      await page.goto('/api/report.html');
      await page.getByRole('heading', { name: 'Movement report', level: 1 }).waitFor();
      for (const name of ['What we noticed', 'When to test again', 'Progress of your key measures', 'Test by test'])
        await page.getByRole('heading', { name }).waitFor();
      assert.ok((await page.getByRole('img').count()) > 0, 'the skeleton is drawn');
      const colour = await page.locator('h2').first().evaluate((title) => getComputedStyle(title).color);
      assert.equal(colour, 'rgb(13, 85, 99)', 'the style sheet passes its own policy');
      await assertGood(page);
    });
  });
}

test('the report prints on A4', async () => {
  await withPage({ extraHTTPHeaders: somebody() }, async (page) => {
    await score(page.request);
    await page.goto('/api/report.html');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByText('print this page').isVisible(), false, 'what is for the screen stays there');
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    const sheets = pdf.match(/\/Type\s*\/Page\b/g) ?? [];
    assert.ok(sheets.length >= 2 && sheets.length <= 4, `${sheets.length} pages`);
    const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)];
    assert.ok(boxes.length > 0, 'the pages have a size');
    for (const [, width, height] of boxes) {
      assert.ok(Math.abs(Number(width) - A4.width) < A4.rounding, `${width} points wide`);
      assert.ok(Math.abs(Number(height) - A4.height) < A4.rounding, `${height} points high`);
    }
  });
});

test('without a result the report says so', async () => {
  await withPage({ extraHTTPHeaders: somebody() }, async (page) => {
    await page.goto('/api/report.html');
    await page.getByText('Nothing can be said before the first test has a result.').waitFor();
    await assertAccessible(page);
  });
});
