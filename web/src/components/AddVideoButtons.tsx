/** Two ways to a video: recording it, in the page where the browser can and with the device's camera elsewhere, and a file. */

import { canRecord } from '../recorder/formats';
import { FileButton } from './FileButton';

interface Props {
  /** Distinguishes the inputs of one page. */
  readonly id: string;
  readonly recordLabel: string;
  readonly chooseLabel: string;
  readonly describedBy?: string;
  /** Something else is the main thing to do now. */
  readonly quiet?: boolean;
  readonly onRecord: () => void;
  readonly onFile: (file: File) => void;
}

export function AddVideoButtons(props: Props) {
  const { id, recordLabel, chooseLabel, describedBy, quiet = false, onRecord, onFile } = props;
  const way = { describedBy, onFile };
  return (
    <>
      {canRecord(window) ? (
        <button type="button" className={quiet ? 'button button-quiet' : 'button'} onClick={onRecord}>
          {recordLabel}
        </button>
      ) : (
        <FileButton id={`${id}-camera`} label={recordLabel} quiet={quiet} capture {...way} />
      )}
      <FileButton id={`${id}-file`} label={chooseLabel} quiet {...way} />
    </>
  );
}
