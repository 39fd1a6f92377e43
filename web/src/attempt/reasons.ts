/** Why an attempt was refused, in the order of what to fix first. */

import type { Attempt } from '../api/types';
import { type GateText, gateText } from '../texts/gates';

interface Reason extends GateText {
  /** The code of the quality gate; empty where the video was refused before any was asked. */
  readonly code: string;
}

/** Never empty for a refused attempt. */
export function reasonsOf({ assessment, feedback }: Attempt): Reason[] {
  const failed = assessment?.quality.checks.filter((check) => !check.passed) ?? [];
  if (failed.length > 0)
    return failed.map(({ code, instruction }) => ({ code, ...gateText(code, instruction ?? undefined) }));
  // The video was refused before anything could be seen in it; the server names the reason in its feedback.
  return [{ code: '', ...gateText('', assessment?.feedback ?? feedback ?? undefined) }];
}
