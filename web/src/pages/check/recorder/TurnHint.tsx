/** Says when the phone is held the other way than the test needs. */

import { useSyncExternalStore } from 'react';
import { RECORDER } from '../../../texts/recorder';
import { isHandheld, isUpright } from './device';

export function TurnHint({ wide }: { readonly wide: boolean }) {
  const upright = useSyncExternalStore(onTurn, isUpright);
  if (!isHandheld() || upright !== wide) return null;
  return <p className="callout">{wide ? RECORDER.turnWide : RECORDER.turnTall}</p>;
}

function onTurn(changed: () => void): () => void {
  const portrait = window.matchMedia('(orientation: portrait)');
  portrait.addEventListener('change', changed);
  return () => portrait.removeEventListener('change', changed);
}
