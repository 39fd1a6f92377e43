/** Drawn skeletons at decisive moments. Fetched, not linked: an image address cannot say who asks. */

import { useEffect, useState } from 'react';
import type { KeyFrame } from '../../api/types';
import { api } from '../../session/browser';
import { UI } from '../../texts/ui';

interface Props {
  readonly frames: readonly KeyFrame[];
}

export function KeyFrames({ frames }: Props) {
  return (
    // On a phone the list scrolls sideways, which a keyboard must be able to do too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: only what has the focus is scrolled by the keyboard
    <ul className="moments" aria-label={UI.momentsLabel} tabIndex={0}>
      {frames.map((frame) => (
        <li key={frame.number}>
          <Drawing frame={frame} />
        </li>
      ))}
    </ul>
  );
}

function Drawing({ frame }: { readonly frame: KeyFrame }) {
  const [address, setAddress] = useState<string | 'missing' | undefined>();
  useEffect(() => {
    const controller = new AbortController();
    let made: string | undefined;
    api.keyFrame(frame.url, controller.signal).then(
      (svg) => {
        if (controller.signal.aborted) return;
        made = URL.createObjectURL(svg);
        setAddress(made);
      },
      () => {
        if (!controller.signal.aborted) setAddress('missing');
      },
    );
    return () => {
      controller.abort();
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [frame.url]);

  if (address === 'missing')
    return (
      <p className="moment-box soft">
        {frame.caption}. {UI.momentMissing}
      </p>
    );
  if (address === undefined) return <div className="moment-box" />;
  return <img className="moment-box" src={address} alt={UI.momentAlt(frame.caption, frame.atSeconds)} />;
}
