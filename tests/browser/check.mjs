// @ts-check
/** What a person does on the page, in the words of the page. */

import { setting } from './browser.mjs';
import { signedIn } from './person.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** The test that the clips show, as the page calls it. */
export const TEST = process.env['FLOW_CLIP_TEST'] ?? 'Overhead squat';

/** Longest time from sending a clip to its result, in milliseconds: product requirement T gives a tier 15 s, slow machines get more. */
export const SCORING_TIMEOUT = 180_000;

/**
 * @param {Page} page
 * @param {import('./person.mjs').Tier} tier
 */
export async function getReady(page, tier = 'free') {
  await signedIn(page, tier);
  await chooseTest(page);
}

/**
 * From the tests to where the video is chosen.
 * @param {Page} page
 */
export async function chooseTest(page) {
  await page.getByRole('radio', { name: TEST }).check();
  await page.getByRole('radio', { name: 'No, I feel fine' }).check();
}

/**
 * @param {Page} page
 * @param {string} clip path of a video
 */
export async function send(page, clip) {
  await page.locator('#video-file').setInputFiles(clip);
  await page.getByRole('button', { name: 'Score this video' }).click();
}

/**
 * Waits for what scoring leads to; a problem on the page ends the wait at once, with what it says.
 * @param {Page} page
 * @param {import('playwright-core').Locator} expected
 */
export async function scored(page, expected) {
  const problem = page.getByRole('button', { name: 'Start over' });
  await expected.or(problem).first().waitFor({ timeout: SCORING_TIMEOUT });
  if (await problem.isVisible())
    throw new Error(`a problem instead: ${await page.locator('main').innerText()}`);
}

/** @param {Page} page */
export async function progress(page) {
  await scored(page, page.getByText(/\d+ of \d+ frames/));
}

/**
 * Shows the page no more of a scoring than its first progress, until the function that it gives is called: to look at what would
 * pass too soon. Comes before the page opens.
 * @param {Page} page
 */
export async function holdProgress(page) {
  await page.addInitScript(() => {
    /** @type {PromiseWithResolvers<void>} */
    const held = Promise.withResolvers();
    Object.assign(window, { goOn: held.resolve });
    const ask = window.fetch.bind(window);
    window.fetch = async (input, init) => {
      const answer = await ask(input, init);
      if (!String(input).endsWith('/score') || answer.body === null) return answer;
      const text = new TextDecoder();
      const slowly = new TransformStream({
        async transform(chunk, controller) {
          controller.enqueue(chunk);
          if (text.decode(chunk).includes('progress')) await held.promise;
        },
      });
      return new Response(answer.body.pipeThrough(slowly), answer);
    };
  });
  return () => page.evaluate(() => /** @type {any} */ (window).goOn());
}

/** @param {Page} page */
export async function result(page) {
  await scored(page, page.getByRole('heading', { name: 'What we measured' }));
}

export const goodClip = () => setting('FLOW_GOOD_CLIP');
/** One whose result points to a problem area. */
export const faultyClip = () => setting('FLOW_FAULTY_CLIP');
/** One of somebody who stands on the left leg. */
export const holdClip = () => setting('FLOW_HOLD_CLIP');
export const badClip = () => setting('FLOW_BAD_CLIP');
