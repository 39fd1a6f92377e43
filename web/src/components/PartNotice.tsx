/** Something went wrong in a part of a page: what, and a way to try again. The rest of the page stays. */

import type { Advice } from '../texts/problems';
import { UI } from '../texts/ui';

interface Props {
  readonly advice: Advice;
  readonly onRetry: () => void;
}

export function PartNotice({ advice: { title, whatToDo }, onRetry }: Props) {
  return (
    <div className="callout stack-close" role="alert">
      <p>
        <strong>{title}.</strong> {whatToDo}
      </p>
      <button type="button" className="button button-quiet" onClick={onRetry}>
        {UI.tryAgain}
      </button>
    </div>
  );
}
