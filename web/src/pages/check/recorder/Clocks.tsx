/** The clocks of a recording: how long it runs, and how long somebody has been in position, where that is seen. */

import { type HoldClock, heldSeconds } from '../../../recorder/hold';
import { LONGEST_SECONDS } from '../../../recorder/recording';
import { clock, POSITIONS, RECORDER } from '../../../texts/recorder';

interface Props {
  readonly elapsed: number;
  /** Missing where nothing is held, or where the device does not see it. */
  readonly hold: HoldClock | undefined;
  readonly now: number;
}

export function Clocks({ elapsed, hold, now }: Props) {
  return (
    <dl className="film-clocks">
      {hold !== undefined && <HoldTime hold={hold} now={now} />}
      <div>
        <dt>{RECORDER.recordingTime}</dt>
        <dd className="film-clock">
          <span className="film-light" aria-hidden="true" />
          {RECORDER.clock(clock(elapsed), clock(LONGEST_SECONDS))}
        </dd>
      </div>
    </dl>
  );
}

function HoldTime({ hold, now }: { readonly hold: HoldClock; readonly now: number }) {
  const held = heldSeconds(hold, now);
  const note = hold.longest > 0 ? RECORDER.holdLongest(clock(hold.longest / 1000)) : RECORDER.holdNotYet;
  return (
    <div data-running={held !== undefined}>
      <dt>{hold.position === undefined ? RECORDER.holdTime : POSITIONS[hold.position]}</dt>
      <dd className="film-clock film-clock-hold">{clock(held ?? 0)}</dd>
      <dd className="film-note">{note}</dd>
    </div>
  );
}
