/** Choosing a video file: an input that stays reachable by keyboard and screen reader, and the button that is seen. */

import type { ChangeEvent } from 'react';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly describedBy?: string | undefined;
  readonly quiet?: boolean;
  /** Asks for the device's camera rather than for a file. */
  readonly capture?: boolean;
  readonly onFile: (file: File) => void;
}

export function FileButton({ id, label, describedBy, quiet = false, capture = false, onFile }: Props) {
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    // Emptied so that choosing the same file again, trimmed meanwhile, counts as a change.
    input.value = '';
    if (file !== undefined) onFile(file);
  };
  return (
    <div className={capture ? 'way way-camera' : 'way'}>
      <input
        type="file"
        id={id}
        className="way-input"
        accept="video/*,.mov,.mp4,.webm,.mkv"
        {...(capture ? { capture: 'environment' as const } : {})}
        aria-describedby={describedBy}
        onChange={take}
      />
      <label className={quiet ? 'button button-quiet' : 'button'} htmlFor={id}>
        {label}
      </label>
    </div>
  );
}
