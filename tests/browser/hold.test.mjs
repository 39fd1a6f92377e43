// @ts-check
/** The hold timer of the recorder: it runs in position, and for nobody else. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { LAPTOP } from './browser.mjs';
import { followsBody, openRecorder, pagesWithCamera, recordFrom, withCores } from './camera.mjs';
import { goodClip, holdClip } from './check.mjs';
import { signedIn } from './person.mjs';

/** @typedef {import('playwright-core').Locator} Locator */

const withBalance = pagesWithCamera(holdClip);
const withSquat = pagesWithCamera(goodClip);

/** Longest time until somebody who loses a position takes it again, in milliseconds: once around the clip. */
const ONCE_AROUND = 30_000;

/**
 * Records single-leg balance in front of a camera, and looks on.
 * @param {import('node:test').TestContext} t
 * @param {ReturnType<typeof pagesWithCamera>} withCamera
 * @param {(recorder: Locator, clock: Locator) => Promise<void>} look
 */
async function recordBalance(t, withCamera, look) {
  await withCamera(LAPTOP, async (page) => {
    await withCores(page, 8);
    await signedIn(page);
    await page.getByRole('radio', { name: 'Single-leg balance' }).check();
    await page.getByRole('radio', { name: 'No, I feel fine' }).check();
    const recorder = await openRecorder(page);
    if (!(await followsBody(page, recorder))) {
      t.skip('this machine is too slow to follow a body while it records');
      return;
    }
    await recordFrom(recorder);
    await look(recorder, recorder.locator('.film-clock-hold'));
  });
}

test('who stands on one leg is timed', async (t) => {
  await recordBalance(t, withBalance, async (recorder, clock) => {
    await clock.filter({ hasText: /^0:0[2-9]$/ }).waitFor({ timeout: ONCE_AROUND });
    await recorder.getByText('On your left leg').waitFor();
    await recorder.getByText(/^Longest so far: 0:0[2-9]$/).waitFor();
    await recorder.getByText('A live estimate. The result comes from the video.').waitFor();
  });
});

test('who stands on both is not', async (t) => {
  await recordBalance(t, withSquat, async (recorder, clock) => {
    await recorder.page().waitForTimeout(6000);
    assert.equal(await clock.innerText(), '0:00');
    await recorder.getByText('Runs while you are in position').waitFor();
  });
});
