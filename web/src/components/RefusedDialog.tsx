/** A video that failed its quality gates: every reason, what to do about it, and one tap to the next video. */

import { useEffect, useRef } from 'react';
import type { Attempt } from '../api/types';
import { UI } from '../texts/ui';
import { AddVideoButtons } from './AddVideoButtons';
import { Reasons } from './Reasons';

interface Props {
  readonly attempt: Attempt;
  /** Why no other video of this test is taken now. */
  readonly shut: string | undefined;
  readonly onRecord: () => void;
  readonly onFile: (file: File) => void;
  /** Told whether another video is on its way. */
  readonly onClose: (chosen: boolean) => void;
}

export function RefusedDialog({ attempt, shut, onRecord, onFile, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const chosen = useRef(false);
  const goOn = (next: () => void) => {
    chosen.current = true;
    dialog.current?.close();
    next();
  };
  return (
    <dialog
      ref={dialog}
      className="dialog stack"
      aria-labelledby="refused-title"
      aria-describedby="refused-reasons"
      onClose={() => onClose(chosen.current)}
    >
      <h2 id="refused-title" tabIndex={-1}>
        {UI.refusedTitle}
      </h2>
      <div id="refused-reasons">
        <p>{UI.refusedLead}</p>
        <Reasons attempt={attempt} />
      </div>
      {shut !== undefined && <p className="callout">{shut}</p>}
      <div className="actions">
        {shut === undefined && (
          <AddVideoButtons
            id="retake"
            chooseLabel={UI.chooseOther}
            recordLabel={UI.recordAgain}
            onRecord={() => goOn(onRecord)}
            onFile={(file) => goOn(() => onFile(file))}
          />
        )}
        <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
          {UI.refusedSteps}
        </button>
      </div>
    </dialog>
  );
}
