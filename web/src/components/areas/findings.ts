/** Which findings of a problem area are worth a line: those that say something that no other line says. */

import type { Finding } from '../../api/schema';

export function worthSaying(findings: readonly Finding[]): readonly Finding[] {
  const said: Finding[] = [];
  for (const finding of findings) {
    // The outcome of a test says nothing beyond the values of the same test and side that it comes from.
    const hasValues = findings.some(
      ({ test, side, value }) =>
        test === finding.test && value !== null && (finding.side === null || side === finding.side),
    );
    // An outcome speaks for all sides that it was found on.
    const again = said.some(({ test, text }) => test === finding.test && text === finding.text);
    if (finding.value !== null || !(hasValues || again)) said.push(finding);
  }
  return said;
}
