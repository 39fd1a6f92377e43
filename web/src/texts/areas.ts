/** What is said about problem areas. */

import { oneOf } from './lists';

export const AREAS = {
  severe: 'marked',
  unsure: 'unsure: record again',
  restsOn: 'What it rests on',
  confidence: (share: string) => `(confidence ${share})`,
  mayFollow: 'May follow from',
  found: 'found in your tests.',
  notFound: 'tested, and not found.',
  notTested: (tests: readonly string[]) => `not tested yet. ${sentenceCase(oneOf(tests))} would tell.`,
} as const;

function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
