/** Why a video was refused: every reason, with what to do about it and a drawing. */

import type { Attempt } from '../api/types';
import { reasonsOf } from '../attempt/reasons';
import { GateDrawing } from '../drawings/GateDrawing';

export function Reasons({ attempt }: { readonly attempt: Attempt }) {
  return (
    <ul className="reasons">
      {reasonsOf(attempt).map(({ code, title, instruction }) => (
        <li key={title} className="reason">
          <GateDrawing code={code} test={attempt.test} />
          <div className="reason-words">
            <strong>{title}</strong>
            {instruction}
          </div>
        </li>
      ))}
    </ul>
  );
}
