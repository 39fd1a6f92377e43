/** There is no picture: why, what to do, and the way with a file. */

import { useEffect, useRef } from 'react';
import { FileButton } from '../../../components/FileButton';
import type { CameraProblem } from '../../../recorder/camera';
import { CAMERA_PROBLEMS, RECORDER } from '../../../texts/recorder';
import { UI } from '../../../texts/ui';

interface Props {
  readonly problem: CameraProblem;
  readonly onRetry: () => void;
  readonly onFile: (file: File) => void;
}

export function Blocked({ problem, onRetry, onFile }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { title, whatToDo } = CAMERA_PROBLEMS[problem];
  return (
    <div className="recorder-page">
      <div className="callout callout-stop stack-close">
        <h3 ref={heading} tabIndex={-1}>
          {title}
        </h3>
        <ul>
          {whatToDo.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
      <div className="actions">
        <button type="button" className="button" onClick={onRetry}>
          {UI.tryAgain}
        </button>
        <FileButton id="recorder-file" label={RECORDER.chooseInstead} quiet onFile={onFile} />
      </div>
    </div>
  );
}
