// @ts-check
/** Browsers whose camera shows a clip over and over, and what people do with the recorder. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { pages } from './browser.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

/**
 * Pages whose camera shows a clip.
 * @param {() => string} clip path of a video, asked for when the browser starts
 */
export function pagesWithCamera(clip) {
  const folder = mkdtempSync(join(tmpdir(), 'flow-camera-'));
  after(() => rmSync(folder, { recursive: true }));
  return pages(() => [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film(clip(), folder)}`,
  ]);
}

/**
 * What the browser takes for a camera: Motion JPEG, which it plays at 30 pictures a second. All of the clip is in the middle of a wide
 * picture, so that it is also in a tall one cut out of it.
 * @param {string} clip
 * @param {string} folder
 */
function film(clip, folder) {
  const camera = join(folder, 'camera.mjpeg');
  const filter = 'fps=30,scale=640:480:force_original_aspect_ratio=decrease,pad=640:480:-1:-1:gray';
  execFileSync('ffmpeg', ['-v', 'error', '-i', clip, '-vf', filter, '-q:v', '3', camera]);
  return camera;
}

/**
 * How many cores the page takes the device to have: with one the recorder does not try to follow the body, with many it finds out
 * whether the device is quick enough.
 * @param {Page} page
 * @param {number} cores
 */
export async function withCores(page, cores) {
  await page.addInitScript(
    (value) => Object.defineProperty(navigator, 'hardwareConcurrency', { value }),
    cores,
  );
}

/**
 * Opens the recorder from where a video is asked for.
 * @param {Page} page
 * @returns {Promise<Locator>}
 */
export async function openRecorder(page) {
  await page.getByRole('button', { name: 'Record a video' }).click();
  return page.getByRole('dialog', { name: /^Record your/ });
}

/**
 * Whether the recorder follows the body: waits until it does, or has found that the device is too slow for it.
 * @param {Page} page
 * @param {Locator} recorder
 */
export async function followsBody(page, recorder) {
  const handsFree = recorder.getByRole('button', { name: 'Start when I am in frame' });
  const worker = page.workers()[0] ?? (await page.waitForEvent('worker', { timeout: 30_000 }));
  const ready = handsFree.waitFor({ timeout: 60_000 }).then(() => true);
  const givenUp = worker.waitForEvent('close', { timeout: 60_000 }).then(() => false);
  // Whichever does not come runs into its time, or into the end of the page.
  for (const outcome of [ready, givenUp]) outcome.catch(() => undefined);
  return Promise.race([ready, givenUp]);
}

/** @param {Locator} recorder */
export async function recordFrom(recorder) {
  await recorder.getByLabel('3 seconds').check();
  await recorder.getByRole('button', { name: 'Start', exact: true }).click();
  await recorder.getByText('Recording time').waitFor();
}
