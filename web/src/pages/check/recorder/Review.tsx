/** After a recording: see it, see what stands against it, and use it or record again. */

import { useEffect, useRef, useState } from 'react';
import type { TestSlug } from '../../../api/types';
import { type ChosenVideo, examine } from '../../../attempt/chosen';
import { FileButton } from '../../../components/FileButton';
import type { Recorded } from '../../../recorder/recording';
import { fileSize, seconds } from '../../../texts/format';
import { ENDS, RECORDER } from '../../../texts/recorder';
import { objectionText, UI } from '../../../texts/ui';

interface Props {
  readonly recorded: Recorded;
  readonly test: TestSlug;
  /** What is left of the day, in words. */
  readonly left: string | undefined;
  readonly onUse: (video: ChosenVideo) => void;
  readonly onAgain: () => void;
  readonly onFile: (file: File) => void;
}

export function Review({ recorded, test, left, onUse, onAgain, onFile }: Props) {
  const { file, end } = recorded;
  const address = useAddressOf(file);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [video, setVideo] = useState<ChosenVideo | undefined>();
  useEffect(() => {
    let wanted = true;
    examine(file, test).then((examined) => wanted && setVideo(examined));
    return () => {
      wanted = false;
    };
  }, [file, test]);
  const ready = video?.objections.length === 0 ? video : undefined;

  return (
    <>
      <div className="film">
        {address !== undefined && (
          <video
            className="film-layer"
            src={address}
            aria-label={RECORDER.reviewVideo}
            controls
            muted
            playsInline
            preload="auto"
          />
        )}
      </div>
      <div className="recorder-panel stack">
        <h3 ref={heading} tabIndex={-1}>
          {RECORDER.review}
        </h3>
        <p className="soft">
          {seconds(video?.seconds ?? recorded.seconds)}, {fileSize(file.size)}
        </p>
        {ENDS[end] !== undefined && <p className="callout">{ENDS[end]}</p>}
        <div aria-live="polite">
          {video === undefined && <p className="soft">{UI.checking}</p>}
          {video !== undefined && video.objections.length > 0 && (
            <div className="callout callout-stop stack-close">
              <h4 className="callout-title">{UI.objections}</h4>
              <ul>
                {video.objections.map((objection) => (
                  <li key={objection.reason}>{objectionText(objection)}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
        {left !== undefined && <p className="soft">{left}</p>}
        <div className="actions">
          {ready !== undefined && (
            <button type="button" className="button" onClick={() => onUse(ready)}>
              {RECORDER.use}
            </button>
          )}
          <button
            type="button"
            className={ready === undefined && video !== undefined ? 'button' : 'button button-quiet'}
            onClick={onAgain}
          >
            {RECORDER.again}
          </button>
          <FileButton id="recorder-file" label={RECORDER.chooseInstead} quiet onFile={onFile} />
        </div>
      </div>
    </>
  );
}

/** An address under which the page plays a file, as long as it is shown. */
function useAddressOf(file: File): string | undefined {
  const [address, setAddress] = useState<string | undefined>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
