/**
 * The video in somebody's hands, kept while the page lives: who signs in again, or looks at another page, finds it where it was.
 * Nobody else does.
 */

import type { TestSlug } from '../api/types';
import type { ChosenVideo } from './chosen';

export interface Kept {
  /** Id of the account whose video it is. */
  readonly owner: string;
  readonly test: TestSlug;
  readonly video: ChosenVideo;
}

let kept: Kept | undefined;

export function keep(next: Kept): void {
  kept = next;
}

export function keptOf(owner: string | undefined): Kept | undefined {
  return kept?.owner === owner ? kept : undefined;
}

/** Its result is there, or it is not to be sent. */
export function forget(): void {
  kept = undefined;
}
