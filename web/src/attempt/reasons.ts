/** Why an attempt was refused, in the order of what to fix first. */

import type { Attempt, Check } from '../api/types';
import { type GateText, gateText } from '../texts/gates';

interface Reason extends GateText {
  /** What is drawn for it: the code of the quality gate, or of what is known more closely; empty where nothing is known. */
  readonly code: string;
}

/** Never empty for a refused attempt. */
export function reasonsOf({ assessment, feedback }: Attempt): Reason[] {
  const failed = assessment?.quality.checks.filter((check) => !check.passed) ?? [];
  return failed.length > 0
    ? failed.map(reasonOfCheck)
    : [reasonInWords(assessment?.feedback ?? feedback ?? undefined)];
}

function reasonOfCheck(check: Check): Reason {
  const code = check.code === 'BAD_LIGHTING' ? lightOf(check) : check.code;
  // The server's words for bad light are for too little and too much of it.
  const instruction = code === check.code ? (check.instruction ?? undefined) : undefined;
  return { code, ...gateText(code, instruction) };
}

/** The limit of a failed check is the one on whose wrong side the picture is. */
function lightOf({ code, value, limit }: Check): string {
  if (value === null || limit === null) return code;
  return value < limit ? 'TOO_DARK' : 'TOO_BRIGHT';
}

/** How the server begins what it says of a video in which nothing was looked at: its answer has no code for that. */
const BEFORE_ANY_CHECK = [
  { code: 'UNREADABLE_VIDEO', opening: 'This video cannot be scored: ' },
  { code: 'OVER_TIME', opening: 'Scoring this video takes longer than ' },
] as const;

function reasonInWords(words: string | undefined): Reason {
  const known = BEFORE_ANY_CHECK.find(({ opening }) => words?.startsWith(opening));
  if (known === undefined || words === undefined) return { code: '', ...gateText('', words) };
  const { code, opening } = known;
  // The heading says already that the video could not be read: what is left names the reason and what to do.
  return {
    code,
    ...gateText(code, code === 'UNREADABLE_VIDEO' ? capital(words.slice(opening.length)) : words),
  };
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
