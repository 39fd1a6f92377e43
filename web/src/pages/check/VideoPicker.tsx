/** Choosing a video: what is allowed, what was chosen, what stands against it, and sending it. */

import type { ChosenVideo } from '../../attempt/chosen';
import { AddVideoButtons } from '../../components/AddVideoButtons';
import { fileSize, seconds } from '../../texts/format';
import { objectionText, UI } from '../../texts/ui';

interface Props {
  readonly video: ChosenVideo | 'checking' | undefined;
  readonly onRecord: () => void;
  readonly onFile: (file: File) => void;
  readonly onSubmit: (video: ChosenVideo) => void;
}

export function VideoPicker({ video, onRecord, onFile, onSubmit }: Props) {
  const chosen = video === 'checking' ? undefined : video;
  const ready = chosen?.objections.length === 0 ? chosen : undefined;
  return (
    <div className="stack">
      <p id="video-limits">{UI.limits}</p>
      <div aria-live="polite">
        {video === 'checking' && <p className="chosen soft">{UI.checking}</p>}
        {chosen !== undefined && (
          <p className="chosen">
            <span className="chosen-name">{chosen.file.name}</span>
            <span className="soft">{factsOf(chosen)}</span>
          </p>
        )}
        {chosen !== undefined && chosen.objections.length > 0 && (
          <div className="callout callout-stop stack-close">
            <h3>{UI.objections}</h3>
            <ul>
              {chosen.objections.map((objection) => (
                <li key={objection.reason}>{objectionText(objection)}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <div className="actions">
        {ready !== undefined && (
          <button type="button" className="button" onClick={() => onSubmit(ready)}>
            {UI.submit}
          </button>
        )}
        <AddVideoButtons
          id="video"
          recordLabel={chosen === undefined ? UI.record : UI.recordAgain}
          chooseLabel={chosen === undefined ? UI.choose : UI.chooseOther}
          describedBy="video-limits"
          quiet={ready !== undefined}
          onRecord={onRecord}
          onFile={onFile}
        />
      </div>
      <p className="soft">{UI.privacy}</p>
    </div>
  );
}

function factsOf({ file, seconds: length, objections }: ChosenVideo): string {
  const size = fileSize(file.size);
  if (length !== undefined) return `${size}, ${seconds(length)}`;
  return objections.length > 0 ? size : `${size}, ${UI.lengthUnknown}`;
}
