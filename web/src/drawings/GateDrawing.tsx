/** What was wrong with a refused video, and beside it how it should be. Decoration: the words are beside it. */

import { guideOf } from '../texts/tests';
import { gatePictures, type Picture } from './gatePictures';
import { Mark } from './Mark';
import { SCREENS, Screen } from './Screen';
import { frameOf, stagedBody, wronglyTurned } from './staging';

interface Props {
  /** The code of a reason; nothing is drawn for one that is not known here. */
  readonly code: string;
  readonly test: string;
}

const GAP = 30;

export function GateDrawing({ code, test }: Props) {
  const guide = guideOf(test);
  if (guide === undefined) return null;
  const { preparation, slug } = guide;
  const { phone, position } = preparation;
  const [width, height] = SCREENS[phone];
  const body = stagedBody(slug, preparation, 0);
  const frame = frameOf(body, preparation);
  const askew = wronglyTurned(slug, preparation);
  const pictures = gatePictures(code, {
    body,
    askew,
    frame,
    width,
    height,
    almostStill: position === 'upright',
  });
  if (pictures === undefined) return null;
  const screen = (picture: Picture, x: number) => (
    <Screen
      phone={phone}
      x={x}
      frame={picture.frame ?? frame}
      bodies={picture.bodies ?? [body]}
      className={picture.className ?? ''}
    >
      {picture.sign}
    </Screen>
  );
  const second = width + GAP;
  return (
    <svg
      className={`drawing gate-drawing gate-drawing-${phone}`}
      viewBox={`0 0 ${second + width} ${height + 6}`}
      aria-hidden="true"
      focusable="false"
    >
      {screen(pictures[0], 0)}
      <path className="gate-arrow" d={`M${width + 7} ${height / 2}h${GAP - 14}m-5 -5l5 5l-5 5`} />
      {screen(pictures[1], second)}
      <Mark x={width - 13} y={height - 6} good={false} />
      <Mark x={second + width - 13} y={height - 6} good />
    </svg>
  );
}
