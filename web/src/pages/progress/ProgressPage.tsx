/** What is happening to the video right now. */

import { useEffect, useState } from 'react';
import type { TestSlug } from '../../api/types';
import type { Step } from '../../attempt/run';
import { FigureDrawing } from '../../components/FigureDrawing';
import { PageTitle } from '../../components/PageTitle';
import { guideOf } from '../../texts/tests';
import { UI } from '../../texts/ui';
import { announcement, shareOf, statusOf } from './status';

interface Props {
  readonly step: Step;
  /** Unknown when the page was reloaded. */
  readonly test: TestSlug | undefined;
  readonly onCancel: () => void;
}

export function ProgressPage({ step, test, onCancel }: Props) {
  const guide = test === undefined ? undefined : guideOf(test);
  const { label, detail } = statusOf(step);
  const share = shareOf(step);
  // A dropped connection must not make the bar and the figure jump back while it is picked up again.
  const [last, setLast] = useState({ name: step.name, share });
  useEffect(() => {
    if (step.name !== 'waiting') setLast({ name: step.name, share });
  }, [step.name, share]);
  const shown = step.name === 'waiting' ? last : { name: step.name, share };

  return (
    <section className="sheet progress">
      {guide !== undefined && (
        <FigureDrawing figure={guide.figure} drawn={shown.name === 'scoring' ? (shown.share ?? 0) : 0} />
      )}
      <div className="stack">
        <PageTitle>{UI.running(guide?.name ?? UI.anyTest)}</PageTitle>
        <label className="progress-label" htmlFor="progress">
          <span>{label}</span>
          <span className="progress-detail">{detail}</span>
        </label>
        <progress id="progress" max={1} {...(shown.share === undefined ? {} : { value: shown.share })} />
        <p className="hidden" role="status">
          {announcement(step)}
        </p>
        <div className="actions">
          <button type="button" className="button button-quiet" onClick={onCancel}>
            {UI.cancel}
          </button>
        </div>
      </div>
    </section>
  );
}
