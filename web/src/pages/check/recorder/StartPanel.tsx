/** Before a recording: which camera, how much time to get in place, and starting, by hand or by being in frame. */

import { useId, useState } from 'react';
import type { CameraOption } from '../../../recorder/camera';
import { RECORDER } from '../../../texts/recorder';
import type { Voice } from './useVoice';

interface Props {
  readonly cameras: readonly CameraOption[];
  readonly chosen: string | undefined;
  readonly voice: Voice;
  /** The device sees whether somebody is in frame. */
  readonly handsFree: boolean;
  readonly onCamera: (deviceId: string) => void;
  readonly onStart: (delaySeconds: number) => void;
  readonly onStartInFrame: () => void;
}

const DELAYS_SECONDS = [3, 10] as const;

export function StartPanel({ cameras, chosen, voice, handsFree, onCamera, onStart, onStartInFrame }: Props) {
  const id = useId();
  // Alone, one props the phone up and walks back.
  const [delay, setDelay] = useState<number>(10);
  return (
    <div className="stack">
      {cameras.length > 1 && (
        <div className="field">
          <label htmlFor={`${id}-camera`}>{RECORDER.camera}</label>
          <select
            id={`${id}-camera`}
            className="field-input"
            value={chosen ?? ''}
            onChange={(event) => onCamera(event.currentTarget.value)}
          >
            {cameras.map(({ deviceId, label }, index) => (
              <option key={deviceId} value={deviceId}>
                {label === '' ? RECORDER.unnamedCamera(index + 1) : label}
              </option>
            ))}
          </select>
        </div>
      )}
      <fieldset className="delays">
        <legend>{RECORDER.delay}</legend>
        <div className="answers">
          {DELAYS_SECONDS.map((seconds) => (
            <label className="answer" key={seconds}>
              <input
                type="radio"
                name={`${id}-delay`}
                checked={delay === seconds}
                onChange={() => setDelay(seconds)}
              />
              <span>{RECORDER.delaySeconds(seconds)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {voice.available && (
        <label className="agreement">
          <input
            type="checkbox"
            checked={voice.on}
            onChange={(event) => voice.set(event.currentTarget.checked)}
          />
          <span>{RECORDER.voice}</span>
        </label>
      )}
      <div className="actions">
        {handsFree && (
          <button type="button" className="button" onClick={onStartInFrame}>
            {RECORDER.startInFrame}
          </button>
        )}
        <button
          type="button"
          className={handsFree ? 'button button-quiet' : 'button'}
          onClick={() => onStart(delay)}
        >
          {RECORDER.start}
        </button>
      </div>
    </div>
  );
}
