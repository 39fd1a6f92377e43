/** Two ways to keep the report: on paper and as a file. */

import { useState } from 'react';
import { type Problem, problemOf } from '../../api/problem';
import { save } from '../../components/save';
import { insight } from '../../session/browser';
import { adviceFor } from '../../texts/problems';
import { REPORT } from '../../texts/report';

export function KeepButtons({ on }: { readonly on: string }) {
  const [loading, setLoading] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const download = async () => {
    if (loading) return;
    setLoading(true);
    setProblem(undefined);
    try {
      save(await insight.reportPage(), REPORT.downloadName(on));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setLoading(false);
    }
  };
  return (
    <div className="screen-only stack-close">
      <div className="actions">
        <button type="button" className="button" onClick={() => window.print()}>
          {REPORT.print}
        </button>
        <button
          type="button"
          className="button button-quiet"
          aria-disabled={loading}
          aria-busy={loading}
          onClick={download}
        >
          {REPORT.download}
        </button>
      </div>
      <p role="alert">{problem && `${REPORT.downloadFailed} ${adviceFor(problem).whatToDo}`}</p>
    </div>
  );
}
