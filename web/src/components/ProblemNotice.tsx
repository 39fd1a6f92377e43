/** Something went wrong: what, and what to do now. */

import type { Problem } from '../api/problem';
import { adviceFor } from '../texts/problems';
import { UI } from '../texts/ui';
import { PageTitle } from './PageTitle';

interface Actions {
  /** Left out where trying again cannot help: then leaving is the way on. */
  readonly onRetry?: (() => void) | undefined;
  readonly onLeave: () => void;
}

type Props = Actions &
  (
    | { readonly problem: Problem }
    | { readonly title: string; readonly whatToDo: string; readonly problem?: never }
  );

export function ProblemNotice(props: Props) {
  const { onRetry, onLeave } = props;
  const { title, whatToDo } = props.problem === undefined ? props : adviceFor(props.problem);
  return (
    <section className="sheet stack">
      <PageTitle>{title}</PageTitle>
      <p className="lead" role="alert">
        {whatToDo}
      </p>
      {props.problem?.requestId !== undefined && (
        <p className="soft">
          {UI.reference}: <code>{props.problem.requestId}</code>
        </p>
      )}
      <div className="actions">
        {onRetry !== undefined && (
          <button type="button" className="button" onClick={onRetry}>
            {UI.tryAgain}
          </button>
        )}
        <button
          type="button"
          className={onRetry === undefined ? 'button' : 'button button-quiet'}
          onClick={onLeave}
        >
          {UI.startOver}
        </button>
      </div>
    </section>
  );
}
