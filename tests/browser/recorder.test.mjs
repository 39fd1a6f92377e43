// @ts-check
/** Recording in the page: from the camera to a result, and what happens without a camera. The camera shows the good clip over and over. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { assertGood, LAPTOP, LOOKS, pages, PHONE } from './browser.mjs';
import { followsBody, openRecorder as open, pagesWithCamera, recordFrom, withCores } from './camera.mjs';
import { badClip, chooseTest, getReady, goodClip, result, scored, send } from './check.mjs';
import { inspect } from './inspect.mjs';
import { joined } from './person.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Long enough for the whole of the good clip, from wherever the camera is in it. */
const WHOLE_CLIP = 15_000;

const withCamera = pagesWithCamera(goodClip);

const withoutCamera = pages(() => ['--use-fake-device-for-media-stream', '--deny-permission-prompts']);

/**
 * Opens the recorder on a page that keeps count of the cameras that are on.
 * @param {Page} page
 */
async function openRecorder(page) {
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    /** @type {MediaStreamTrack[]} */
    const tracks = [];
    devices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    };
    Object.assign(window, { camerasOn: () => tracks.filter(({ readyState }) => readyState === 'live').length });
  });
  await getReady(page);
  return open(page);
}

/** @param {Page} page */
function camerasOn(page) {
  return page.evaluate(() => /** @type {any} */ (window).camerasOn());
}

/**
 * Where a button goes that had the focus, the title of the recorder takes it.
 * @param {import('playwright-core').Locator} recorder
 */
async function assertTitled(recorder) {
  const title = recorder.getByRole('heading', { name: /^Record your/ });
  assert.equal(await title.evaluate((heading) => heading === document.activeElement), true);
}

test('on a phone on its side the picture and what starts the recording are in sight together', async () => {
  const viewport = { width: 740, height: 360 };
  await withCamera({ viewport, hasTouch: true }, async (page) => {
    const recorder = await openRecorder(page);
    const start = recorder.getByRole('button', { name: 'Start', exact: true });
    await start.waitFor();
    for (const part of [start, recorder.getByLabel('What the camera sees')]) {
      const box = await part.boundingBox();
      assert.ok(box !== null && box.y + box.height <= viewport.height, JSON.stringify(box));
    }
    await assertGood(page);
  });
});

for (const look of LOOKS) {
  test(`somebody records, looks, records again and is scored, at ${look.viewport.width} px`, async () => {
    await withCamera(look, async (page) => {
      const recorder = await openRecorder(page);
      const start = recorder.getByRole('button', { name: 'Start', exact: true });
      await start.waitFor();
      const preview = recorder.getByLabel('What the camera sees');
      await preview.evaluate((video) => /** @type {HTMLVideoElement} */ (video).play());
      assert.match((await preview.getAttribute('class')) ?? '', /mirrored/);
      await assertGood(page);

      await recorder.getByLabel('10 seconds').check();
      await start.click();
      await recorder.getByRole('button', { name: 'Do not start yet' }).waitFor();
      await assertGood(page);
      await page.keyboard.press('Escape');
      await start.waitFor();
      await assertTitled(recorder);

      await recordFrom(recorder);
      await assertGood(page);
      const stop = recorder.getByRole('button', { name: 'Stop', exact: true });
      assert.equal(await stop.evaluate((button) => button === document.activeElement), true);
      await page.keyboard.press('Space');
      const review = recorder.getByRole('heading', { name: 'Look at your recording' });
      await review.waitFor();
      assert.equal(await review.evaluate((heading) => heading === document.activeElement), true);
      assert.equal(await camerasOn(page), 0, 'nobody is filmed who looks at a recording');
      const recorded = recorder.getByLabel('Your recording');
      assert.doesNotMatch((await recorded.getAttribute('class')) ?? '', /mirrored/);
      await recorder.getByText('Looking at the file…').waitFor({ state: 'detached' });
      await assertGood(page);

      await recorder.getByRole('button', { name: 'Record again' }).click();
      await start.waitFor();
      await assertTitled(recorder);
      await recordFrom(recorder);
      await page.waitForTimeout(WHOLE_CLIP);
      await stop.click();
      await recorder.getByRole('button', { name: 'Use this video' }).click();
      await recorder.waitFor({ state: 'detached' });
      const next = page.getByRole('heading', { name: 'Your video' });
      assert.equal(await next.evaluate((heading) => heading === document.activeElement), true);
      assert.equal(await camerasOn(page), 0);
      await assertGood(page);
      await page.getByRole('button', { name: 'Score this video' }).click();
      await result(page);
    });
  });
}

test('where the device is quick enough, the recorder sees the body and starts by itself', async (t) => {
  await withCamera(LAPTOP, async (page) => {
    await withCores(page, 8);
    const recorder = await openRecorder(page);
    if (!(await followsBody(page, recorder))) {
      t.skip('this machine is too slow to follow a body while it records');
      return;
    }
    await recorder.getByText('You are in frame.').first().waitFor();
    await assertGood(page);
    await recorder.getByLabel('3 seconds').check();
    await recorder.getByRole('button', { name: 'Start when I am in frame' }).click();
    await recorder.getByText('Recording time').waitFor();
    await page.waitForTimeout(3000);
    await recorder.getByRole('button', { name: 'Stop', exact: true }).click();
    await recorder.getByRole('button', { name: 'Use this video' }).click();
    await page.getByRole('button', { name: 'Score this video' }).waitFor();
  });
});

test('the recorder reads well before a recording and after it', async () => {
  await withCamera(PHONE, async (page) => {
    await withCores(page, 1);
    const recorder = await openRecorder(page);
    await recorder.getByRole('button', { name: 'Start', exact: true }).waitFor();
    await inspect(page, 'recorder-ready', { dialog: recorder });
    await recordFrom(recorder);
    await page.waitForTimeout(3000);
    await recorder.getByRole('button', { name: 'Stop', exact: true }).click();
    await recorder.getByRole('button', { name: 'Use this video' }).waitFor();
    await inspect(page, 'recorder-review', { dialog: recorder, measured: true });
  });
});

test('the recorder is left at any time, with the camera off and nothing lost', async () => {
  await withCamera(PHONE, async (page) => {
    const recorder = await openRecorder(page);
    await recorder.getByRole('button', { name: 'Start', exact: true }).waitFor();
    assert.equal(await camerasOn(page), 1);
    await page.keyboard.press('Escape');
    await recorder.waitFor({ state: 'detached' });
    assert.equal(await camerasOn(page), 0);

    await page.getByRole('button', { name: 'Record a video' }).click();
    await recordFrom(recorder);
    await page.waitForTimeout(3000);
    await page.keyboard.press('Escape');
    await recorder.getByRole('heading', { name: 'Look at your recording' }).waitFor();
    await recorder.getByRole('button', { name: 'Close' }).click();
    await recorder.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Score this video' }).waitFor();
    assert.equal(await camerasOn(page), 0);

    await page.getByRole('button', { name: 'Record again' }).click();
    await recordFrom(recorder);
    await page.waitForTimeout(3000);
    // The second one comes while the browser finishes the recording, and the third is one too many.
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
    await recorder.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Score this video' }).waitFor();
    assert.equal(await camerasOn(page), 0);
  });
});

test('a camera that goes away leaves what was recorded', async () => {
  await withCamera(PHONE, async (page) => {
    const recorder = await openRecorder(page);
    await recordFrom(recorder);
    await page.waitForTimeout(3000);
    await recorder.getByLabel('What the camera sees').evaluate((video) => {
      const stream = /** @type {MediaStream} */ (/** @type {HTMLVideoElement} */ (video).srcObject);
      for (const track of stream.getTracks()) {
        // Tracks that a page stops itself do not say that they ended, as those of an unplugged camera do.
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    });
    await recorder.getByText('The camera was disconnected.').waitFor();
    await recorder.getByRole('button', { name: 'Use this video' }).waitFor();
    await assertGood(page);
  });
});

test('somebody signs up, is refused, records again and is scored', async () => {
  await withCamera(PHONE, async (page) => {
    await joined(page);
    await chooseTest(page);
    await send(page, badClip());
    const refused = page.getByRole('dialog', { name: 'This video could not be scored' });
    await scored(page, refused);
    await refused.getByRole('button', { name: 'Record again' }).click();
    await refused.waitFor({ state: 'detached' });
    const recorder = page.getByRole('dialog', { name: /^Record your/ });
    await recorder.getByRole('button', { name: 'Start', exact: true }).waitFor();
    await assertGood(page);

    await recordFrom(recorder);
    await page.waitForTimeout(WHOLE_CLIP);
    await recorder.getByRole('button', { name: 'Stop', exact: true }).click();
    await recorder.getByRole('button', { name: 'Use this video' }).click();
    await page.getByRole('button', { name: 'Score this video' }).click();
    await result(page);
    await page.getByRole('link', { name: 'Results' }).click();
    const rows = page.getByRole('main').getByRole('listitem');
    await rows.nth(1).waitFor();
    assert.match(await rows.nth(0).innerText(), /You squat well/);
    assert.match(await rows.nth(1).innerText(), /could not be scored/);
    await inspect(page, 'results-rows');
  });
});

test('the voice counts down, and the screen stays on while somebody is filmed', async () => {
  await withCamera(PHONE, async (page) => {
    await page.addInitScript(() => {
      /** @type {string[]} */
      const spoken = [];
      speechSynthesis.speak = ({ text }) => void spoken.push(text);
      /** @type {WakeLockSentinel[]} */
      const locks = [];
      const request = navigator.wakeLock.request.bind(navigator.wakeLock);
      navigator.wakeLock.request = async (type) => {
        const lock = await request(type);
        locks.push(lock);
        return lock;
      };
      Object.assign(window, { spoken, isAwake: () => locks.some(({ released }) => !released) });
    });
    const isAwake = () => page.evaluate(() => /** @type {any} */ (window).isAwake());
    const recorder = await openRecorder(page);
    await recorder.getByLabel('Speak the countdown').check();
    await recordFrom(recorder);
    assert.equal(await isAwake(), true);
    await page.waitForTimeout(2000);
    await recorder.getByRole('button', { name: 'Stop', exact: true }).click();
    await recorder.getByRole('heading', { name: 'Look at your recording' }).waitFor();
    assert.equal(await isAwake(), false);
    const spoken = await page.evaluate(() => /** @type {any} */ (window).spoken.join(' '));
    assert.match(spoken, /^Voice on\..* 3 2 1 Go\..* Recording finished\.$/);
  });
});

test('a camera that is not allowed is explained, and a file does as well', async () => {
  await withoutCamera(LAPTOP, async (page) => {
    const recorder = await openRecorder(page);
    const title = recorder.getByRole('heading', { name: 'The camera is not allowed' });
    await title.waitFor();
    assert.equal(await title.evaluate((heading) => heading === document.activeElement), true);
    await recorder.getByText('Allow the camera there').waitFor();
    await assertGood(page);
    await recorder.getByRole('button', { name: 'Try again' }).click();
    await title.waitFor();
    await recorder.locator('input[type=file]').setInputFiles(goodClip());
    await recorder.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Score this video' }).waitFor();
  });
});

test('where a page cannot record, the camera of the device is asked', async () => {
  await withoutCamera(PHONE, async (page) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'MediaRecorder'));
    await getReady(page);
    assert.equal(await page.locator('#video-camera').getAttribute('capture'), 'environment');
    await page.getByText('Record a video').waitFor();
    await page.locator('#video-camera').setInputFiles(goodClip());
    await page.getByRole('button', { name: 'Score this video' }).waitFor();
    await assertGood(page);
  });
});
