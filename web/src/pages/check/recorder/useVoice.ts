/** Speaks what is shown to those who are too far away to read it. */

import { useEffect, useRef, useState } from 'react';
import type { RecorderPhase } from '../../../recorder/phases';
import { canSpeak, isVoiceWanted, rememberVoice, speak } from '../../../recorder/voice';
import { RECORDER } from '../../../texts/recorder';

export interface Voice {
  readonly available: boolean;
  readonly on: boolean;
  readonly set: (on: boolean) => void;
}

const SPOKEN: Partial<Readonly<Record<RecorderPhase['name'], string>>> = {
  countdown: RECORDER.spokenStart,
  recording: RECORDER.spokenGo,
  review: RECORDER.spokenDone,
};

const COUNTED_ALOUD = 3;

export function useVoice(phase: RecorderPhase['name'], count: number | undefined): Voice {
  const available = canSpeak();
  const [on, setOn] = useState(() => available && isVoiceWanted());
  const before = useRef(phase);

  const counted = count !== undefined && count <= COUNTED_ALOUD ? String(count) : undefined;
  useEffect(() => {
    const from = before.current;
    before.current = phase;
    // A countdown that begins with a number that is said aloud begins with that.
    const words = counted ?? (from === phase ? undefined : SPOKEN[phase]);
    if (on && words !== undefined) speak(words);
  }, [on, phase, counted]);

  // Closing the recorder ends what it says.
  useEffect(() => () => (available ? window.speechSynthesis.cancel() : undefined), [available]);

  const set = (wanted: boolean) => {
    setOn(wanted);
    rememberVoice(wanted);
    // Some phones speak only after they have been made to by a touch.
    if (wanted) speak(RECORDER.spokenVoice);
  };
  return { available, on, set };
}

/** Speaks these words whenever they change. */
export function useSpoken(voice: Voice, words: string | undefined): void {
  useEffect(() => {
    if (voice.on && words !== undefined) speak(words);
  }, [voice.on, words]);
}
