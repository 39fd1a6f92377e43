/** Calls about what results mean together: problem areas, the report, the extended result of one attempt. */

import { notUnderstood } from './problem';
import type { AttemptDetails, ProblemAreas, Report } from './schema';
import { call, json, type TokenSource } from './transport';

/** What the results of whoever `tokens` are of mean. */
export function insightApi(tokens: TokenSource) {
  const read = async (path: string): Promise<unknown> => json(await call(path, {}, tokens));
  return {
    async problemAreas(): Promise<ProblemAreas> {
      return withLists<ProblemAreas>(await read('/api/problem-areas'), 'areas', 'results');
    },

    async report(): Promise<Report> {
      return withLists<Report>(await read('/api/report'), 'phases', 'progress', 'tests');
    },

    /** The report as a document that needs nothing from anywhere. */
    async reportPage(): Promise<Blob> {
      const page = await call('/api/report.html?download=1', { headers: { accept: 'text/html' } }, tokens);
      return page.blob();
    },

    async details(attempt: string): Promise<AttemptDetails> {
      const path = `/api/attempts/${encodeURIComponent(attempt)}/details`;
      return withLists<AttemptDetails>(await read(path), 'measures');
    },
  };
}

function withLists<T>(value: unknown, ...lists: readonly (keyof T)[]): T {
  const answer = value as Partial<T> | null;
  for (const list of lists)
    if (!Array.isArray(answer?.[list])) throw notUnderstood(`an answer without ${String(list)}`);
  return answer as T;
}
