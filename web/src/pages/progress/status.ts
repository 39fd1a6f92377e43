/** Steps of an attempt as labels, numbers and announcements. */

import type { Step } from '../../attempt/run';
import { UI } from '../../texts/ui';

/** How much of the present step is done, 0..1; undefined when it cannot be said. */
export function shareOf(step: Step): number | undefined {
  switch (step.name) {
    case 'sending':
      return ratio(step.sentBytes, step.totalBytes);
    case 'scoring':
      return ratio(step.done, step.total);
    default:
      return undefined;
  }
}

/** Whether the video is on its way: what has not left this page would have to be chosen again. */
export function isSending(step: Step): boolean {
  return step.name === 'asking' || step.name === 'sending';
}

export function statusOf(step: Step): { readonly label: string; readonly detail: string } {
  switch (step.name) {
    case 'asking':
      return { label: UI.asking, detail: '' };
    case 'sending':
      return step.sentBytes >= step.totalBytes
        ? { label: UI.sent, detail: '' }
        : { label: UI.sending, detail: UI.bytes(step.sentBytes, step.totalBytes) };
    case 'queued':
      return { label: UI.queued, detail: '' };
    case 'scoring':
      return { label: UI.scoring, detail: UI.frames(step.done, step.total) };
    case 'again':
      return { label: UI.runAgain, detail: '' };
    case 'waiting':
      return { label: step.because === 'busy' ? UI.busy : UI.lost(step.seconds), detail: '' };
  }
}

/** What a screen reader says: every change of step, and every quarter of one, not every frame. */
export function announcement(step: Step): string {
  const share = shareOf(step);
  const { label } = statusOf(step);
  return share === undefined ? label : `${label}: ${Math.floor(share * 4) * 25}%`;
}

function ratio(part: number, whole: number): number | undefined {
  return whole > 0 ? Math.min(1, part / whole) : undefined;
}
