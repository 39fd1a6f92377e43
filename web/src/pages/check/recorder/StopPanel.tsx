/** While something is under way: the one button that ends it, which has the focus, so that Space and Enter press it. */

import { useEffect, useRef } from 'react';
import type { RecorderPhase } from '../../../recorder/phases';
import { RECORDER } from '../../../texts/recorder';

interface Props {
  readonly phase: RecorderPhase['name'];
  readonly onStop: () => void;
}

export function StopPanel({ phase, onStop }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const starting = phase === 'waiting' || phase === 'countdown';
  const shown = starting || phase === 'recording';
  useEffect(() => {
    if (shown) button.current?.focus();
  }, [shown]);
  if (!shown) return null;
  return (
    <div className="stack-close">
      {phase === 'waiting' && <p id="recorder-waiting">{RECORDER.waiting}</p>}
      <button
        ref={button}
        type="button"
        className={starting ? 'button button-quiet recorder-stop' : 'button recorder-stop'}
        aria-describedby={phase === 'waiting' ? 'recorder-waiting' : undefined}
        onClick={onStop}
      >
        {starting ? RECORDER.cancelStart : RECORDER.stop}
      </button>
    </div>
  );
}
