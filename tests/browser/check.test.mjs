// @ts-check
/** From choosing a test to its result, and every way that this can go otherwise. */

import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, assertGood, LAPTOP, LOOKS, pages, PHONE } from './browser.mjs';
import { badClip, chooseTest, getReady, goodClip, progress, result, scored, send, TEST } from './check.mjs';
import { inspect } from './inspect.mjs';
import { signedIn } from './person.mjs';

const withPage = pages();
/** @type {string} */
let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'flow-browser-'));
});

after(() => {
  if (folder) rmSync(folder, { recursive: true });
});

for (const look of LOOKS) {
  test(`a good clip is scored, at ${look.viewport.width} px in the ${look.colorScheme}`, async () => {
    await withPage(look, async (page) => {
      await getReady(page);
      await assertGood(page);
      await send(page, goodClip());

      await progress(page);
      assert.equal(await page.getByRole('progressbar').count(), 1);
      await result(page);

      await page.getByText(/Confidence \d+%/).waitFor();
      assert.equal(await page.locator('h1').evaluate((heading) => heading === document.activeElement), true);
      assert.ok(
        (await page.getByRole('table').first().getByRole('row').count()) > 1,
        'a row for each measure',
      );
      const drawings = page.getByRole('img', { name: /Drawn skeleton/ });
      await drawings.first().waitFor();
      const width = await drawings
        .first()
        .evaluate((image) => /** @type {HTMLImageElement} */ (image).naturalWidth);
      assert.ok(width > 0, 'the skeleton is drawn');
      await page.getByText('Flow Logic is a wellness product').waitFor();
      await assertGood(page);
    });
  });
}

test('a clip that cannot be scored says why, and a tap away is the next one', async () => {
  await withPage(PHONE, async (page) => {
    await getReady(page);
    await send(page, badClip());
    const dialog = page.getByRole('dialog', { name: 'This video could not be scored' });
    await scored(page, dialog);
    const reasons = await dialog.getByRole('listitem').allInnerTexts();
    assert.ok(reasons.length > 0, 'at least one reason');
    for (const reason of reasons) assert.match(reason, /^.{5,}\n+.{15,}$/, 'a heading and an instruction');
    assert.equal(await dialog.evaluate((box) => box.contains(document.activeElement)), true);
    await inspect(page, 'refused', { dialog });

    await dialog.locator('input[type=file]').last().setInputFiles(goodClip());
    await dialog.waitFor({ state: 'detached' });
    const heading = page.getByRole('heading', { name: 'Your video' });
    assert.equal(
      await heading.evaluate((title) => title === document.activeElement),
      true,
      'the video is next',
    );
    await page.getByRole('button', { name: 'Score this video' }).click();
    await result(page);
  });
});

test('pain stops the test', async () => {
  await withPage(LAPTOP, async (page) => {
    await signedIn(page);
    await page.getByRole('radio', { name: TEST }).check();
    await page.getByRole('radio', { name: 'Yes' }).check();
    await page.getByRole('alert').getByText('Then leave this test for now').waitFor();
    assert.equal(await page.locator('input[type=file]').count(), 0, 'no way to send a video');
    await assertAccessible(page);
  });
});

/**
 * Goes on with the Tab key alone, past no more than a few other things.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} wanted
 */
async function tabTo(page, wanted) {
  for (let presses = 0; presses < 5; presses += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`${wanted} is not within five presses of Tab`);
}

test('the keyboard alone gets to the video', async () => {
  await withPage(LAPTOP, async (page) => {
    await signedIn(page);
    await page.reload();
    await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    await skip.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('radio').first().waitFor();
    await tabTo(page, page.getByRole('radio').first());
    await page.keyboard.press('Space');
    await page.getByRole('heading', { name: 'What to do' }).waitFor();
    await tabTo(page, page.getByRole('radio', { name: 'No, I feel fine' }));
    await page.keyboard.press('Space');
    await tabTo(page, page.getByRole('button', { name: 'Record a video' }));
    await tabTo(page, page.locator('#video-file'));
    await assertAccessible(page);
  });
});

test('what is no video or over the limits is refused before anything is sent', async () => {
  const notes = join(folder, 'notes.mp4');
  writeFileSync(notes, 'Dear diary, today I did not film anything.');
  const large = join(folder, 'large.mp4');
  const file = openSync(large, 'w');
  ftruncateSync(file, 50_000_001);
  closeSync(file);
  const long = join(folder, 'long.webm');
  const source = 'color=size=64x48:rate=5:duration=47';
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-c:v', 'libvpx', long]);

  await withPage(PHONE, async (page) => {
    /** @type {string[]} */
    const sent = [];
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.startsWith('/api/attempts')) sent.push(request.url());
    });
    await getReady(page);
    for (const [path, reason] of [
      [notes, /this file is not MP4, MOV or WebM inside/],
      [large, /50\.0 MB; 50 MB is the limit/],
      [long, /lasts 47\.\d s; 45 seconds is the limit/],
    ]) {
      await page.locator('#video-file').setInputFiles(/** @type {string} */ (path));
      await page.getByText(reason).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Score this video' }).count(), 0);
    }
    await assertGood(page);
    assert.deepEqual(sent, []);
  });
});

test('a photo is no video of a movement, but may be one of standing still', async () => {
  const photo = join(folder, 'photo.mp4');
  const still = ['-loop', '1', '-t', '6', '-r', '15', '-i', join(folder, 'photo.png')];
  execFileSync('ffmpeg', ['-v', 'error', '-i', goodClip(), '-frames:v', '1', join(folder, 'photo.png')]);
  execFileSync('ffmpeg', ['-v', 'error', ...still, '-pix_fmt', 'yuv420p', photo]);
  await withPage(PHONE, async (page) => {
    await getReady(page);
    await page.locator('#video-file').setInputFiles(photo);
    await page.getByText('Nothing moves in this video.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Score this video' }).count(), 0);
    await assertAccessible(page);
    await page.getByRole('radio', { name: 'Single-leg balance' }).check();
    await page.getByRole('radio', { name: 'No, I feel fine' }).check();
    const ready = page.getByRole('button', { name: 'Score this video' });
    await ready.waitFor();

    await page.getByRole('link', { name: 'Results' }).click();
    await page.getByRole('heading', { name: 'Your results' }).waitFor();
    await page.getByRole('link', { name: 'Tests' }).click();
    await ready.waitFor();
    await chooseTest(page);
    await page.getByText('Nothing moves in this video.').waitFor();
    assert.equal(await ready.count(), 0, 'also after a look at another page it is looked at for the other test');
  });
});

test('a connection that drops while a video is scored is picked up again', async () => {
  const dropped = [/ERR_CONNECTION_RESET|ERR_FAILED/];
  await withPage(
    LAPTOP,
    async (page) => {
      let calls = 0;
      await page.route('**/score', (route) =>
        ++calls === 1 ? route.abort('connectionreset') : route.continue(),
      );
      await getReady(page);
      await send(page, goodClip());
      await page.getByText('Connection lost').first().waitFor();
      await result(page);
      assert.equal(calls, 2);
    },
    dropped,
  );
});

test('a reload while a video is scored comes back to it', async () => {
  await withPage(LAPTOP, async (page) => {
    await getReady(page);
    await send(page, goodClip());
    await progress(page);
    await page.reload();
    await result(page);
    await page.reload();
    await result(page);
  });
});

test('a result that is not there yet goes on where it is scored, and a refused one says why', async () => {
  await withPage(PHONE, async (page) => {
    await getReady(page);
    await send(page, badClip());
    await progress(page);
    await page.goto('/results');
    await page.getByRole('main').getByRole('link', { name: TEST }).click();
    await progress(page);
    assert.match(page.url(), /\/tests#attempt=[0-9a-f-]{36}$/);
    const dialog = page.getByRole('dialog', { name: 'This video could not be scored' });
    await scored(page, dialog);
    const reasons = await dialog.getByRole('listitem').allInnerTexts();
    const drawings = await dialog.locator('.gate-drawing').count();

    await page.goBack();
    await page.getByRole('main').getByRole('link', { name: TEST }).click();
    await page.getByRole('heading', { name: 'This one was not scored' }).waitFor();
    const main = page.getByRole('main');
    assert.deepEqual(await main.getByRole('listitem').allInnerTexts(), reasons, 'as the dialog said');
    assert.equal(await main.locator('.gate-drawing').count(), drawings);
    await assertGood(page);
    await page.getByRole('link', { name: 'Record this test again' }).click();
    await page.getByRole('heading', { name: 'What to do' }).waitFor();
  });
});

test('a video that never arrived is asked for again, whenever its attempt is opened', async () => {
  await withPage(PHONE, async (page) => {
    await getReady(page);
    /** @type {(value: unknown) => void} */
    let asked = () => {};
    const upload = new Promise((resolve) => {
      asked = resolve;
    });
    // None of it gets there.
    await page.route('**/api/attempts/*/video', () => asked(undefined));
    await send(page, goodClip());
    await upload;
    await page.goto('/results');
    await page.getByRole('main').getByRole('link', { name: TEST }).click();
    await page.getByText('Your video has not arrived in full.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0, 'the video is not here');
    await assertGood(page);
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('heading', { name: 'What to do' }).waitFor();
    assert.equal(await page.getByRole('radio', { name: TEST }).isChecked(), true);
    assert.equal(await page.locator('#video-file').count(), 0, 'whether something hurts is asked first');
  });
});

test('a video that two tabs send at once is scored once, for both', async () => {
  // One of the two learns on its way that the other is further.
  const overtaken = [/status of 409/];
  await withPage(LAPTOP, async (page) => {
    await getReady(page);
    const second = await page.context().newPage();
    await second.goto('/tests');
    await chooseTest(second);
    const tabs = [page, second];
    await Promise.all(tabs.map((tab) => send(tab, goodClip())));
    await Promise.all(tabs.map(result));
    const [one, other] = tabs.map((tab) => new URL(tab.url()).hash);
    assert.match(String(one), /^#attempt=/);
    assert.equal(one, other);

    await page.getByRole('link', { name: 'Results' }).click();
    await page.getByRole('heading', { name: 'Your results' }).waitFor();
    assert.equal(await page.getByRole('main').getByRole('listitem').count(), 1);
    await page.getByRole('link', { name: 'Tests', exact: true }).click();
    await page.getByText('8 of 9 videos today').waitFor();
  }, overtaken);
});

test('a limit is explained, with the reference and a way on', async () => {
  const refused = [/status of 429/];
  await withPage(
    PHONE,
    async (page) => {
      await page.route('**/api/attempts', (route) =>
        route.fulfill({
          status: 429,
          headers: { 'content-type': 'application/problem+json', 'retry-after': '1800' },
          body: JSON.stringify({
            type: '/problems/too-many',
            title: 'Too many videos',
            status: 429,
            detail: 'You have sent 5 videos this hour',
            requestId: 'r-42',
          }),
        }),
      );
      await getReady(page);
      await send(page, goodClip());
      await page.getByText('You have sent 5 videos this hour. Try again in 30 minutes.').waitFor();
      await page.getByText('r-42').waitFor();
      await assertGood(page);
      await page.getByRole('button', { name: 'Start over' }).click();
      await page.getByRole('heading', { name: 'Choose a test' }).waitFor();
    },
    refused,
  );
});

test('a video that the server does not take is to be replaced, not sent again', async () => {
  const refused = [/status of 422/];
  await withPage(
    PHONE,
    async (page) => {
      await page.route('**/api/attempts/*/video', (route) =>
        route.request().method() === 'GET'
          ? route.continue()
          : route.fulfill({
              status: 422,
              headers: { 'content-type': 'application/problem+json' },
              body: JSON.stringify({ type: '/problems/not-a-video', title: 'Not a video', status: 422 }),
            }),
      );
      await getReady(page);
      await send(page, goodClip());
      await page.getByText('counts as one of today’s videos').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0, 'which could not help');
      await assertGood(page);
      await page.getByRole('button', { name: 'Start over' }).click();
      await page.getByRole('button', { name: 'Record a video' }).waitFor();
      assert.equal(await page.getByRole('radio', { name: TEST }).isChecked(), true);
      assert.equal(await page.getByRole('button', { name: 'Score this video' }).count(), 0, 'not this one again');
    },
    refused,
  );
});
