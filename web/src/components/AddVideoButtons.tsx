/** Two ways to a video: the device's camera, where it has one to hand, and a file. */

import type { ChangeEvent } from 'react';

interface Props {
  /** Distinguishes the inputs of one page. */
  readonly id: string;
  readonly recordLabel: string;
  readonly chooseLabel: string;
  readonly describedBy?: string;
  /** Something else is the main thing to do now. */
  readonly quiet?: boolean;
  readonly onFile: (file: File) => void;
}

export function AddVideoButtons({ id, recordLabel, chooseLabel, describedBy, quiet = false, onFile }: Props) {
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    // Emptied so that choosing the same file again, trimmed meanwhile, counts as a change.
    input.value = '';
    if (file !== undefined) onFile(file);
  };
  const way = (name: string, label: string, capture: boolean) => (
    <div className={capture ? 'way way-camera' : 'way'}>
      <input
        type="file"
        id={`${id}-${name}`}
        className="way-input"
        accept="video/*,.mov,.mp4,.webm,.mkv"
        {...(capture ? { capture: 'environment' as const } : {})}
        aria-describedby={describedBy}
        onChange={take}
      />
      <label className={quiet ? 'button button-quiet' : 'button'} htmlFor={`${id}-${name}`}>
        {label}
      </label>
    </div>
  );
  return (
    <>
      {way('camera', recordLabel, true)}
      {way('file', chooseLabel, false)}
    </>
  );
}
