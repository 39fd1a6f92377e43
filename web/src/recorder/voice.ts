/** The optional voice: whether it is wanted, remembered on this device, and speaking. */

const KEY = 'recorder.voice';

/** Whether the voice is wanted; storage that is switched off remembers nothing. */
export function isVoiceWanted(storage: () => Pick<Storage, 'getItem'> = () => localStorage): boolean {
  try {
    return storage().getItem(KEY) === 'on';
  } catch {
    // Private windows and strict settings forbid storage: the voice is then off, as for a first visit.
    return false;
  }
}

export function rememberVoice(
  wanted: boolean,
  storage: () => Pick<Storage, 'setItem'> = () => localStorage,
): void {
  try {
    storage().setItem(KEY, wanted ? 'on' : 'off');
  } catch {
    // It holds for this recording all the same.
  }
}

export function canSpeak(): boolean {
  return 'speechSynthesis' in window;
}

/** Says this now, instead of what is being said. */
export function speak(words: string): void {
  window.speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(words);
  utterance.lang = 'en';
  window.speechSynthesis.speak(utterance);
}
