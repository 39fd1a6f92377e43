/** Where the typical ranges of a result come from, for those who want to know. */

import type { ExtendedMeasure } from '../../api/schema';
import { typicalInWords } from '../../texts/changes';
import { FOLLOW_UP } from '../../texts/followUp';
import { originOf } from '../../texts/sources';

export function Sources({ measures }: { readonly measures: readonly ExtendedMeasure[] }) {
  const sources = new Map<string, string>();
  for (const { words, unit, typical } of measures)
    if (typical !== null) {
      const { limit, better } = typical;
      sources.set(`${words}: ${typicalInWords(limit, unit, better)}`, originOf(typical));
    }
  if (sources.size === 0) return null;
  return (
    <details>
      <summary>{FOLLOW_UP.sources}</summary>
      <ul className="sources">
        {Array.from(sources, ([what, source]) => (
          <li key={what}>
            <strong>{what}</strong>. {source}
          </li>
        ))}
      </ul>
    </details>
  );
}
