/** What to wear, as a pair: close-fitting and unlike the background, and the opposite of both. */

import { DRAWN } from '../texts/guides/preparation';
import { Mark } from './Mark';
import { STANDING } from './poses';
import { SCREENS, Screen } from './Screen';
import { extentOf, posed } from './staging';

const HEADING = 25;
const FITTING = posed(STANDING, HEADING);
const LOOSE = posed(STANDING, HEADING, 'loose');
const FRAME = extentOf(LOOSE);

export function ClothesDrawings() {
  const [width, height] = SCREENS.upright;
  const pair = [
    { bodies: [FITTING], caption: DRAWN.wearYes, good: true },
    { bodies: [LOOSE], caption: DRAWN.wearNo, good: false },
  ];
  return (
    <ul className="clothes">
      {pair.map(({ bodies, caption, good }) => (
        <li key={caption}>
          <svg
            className="drawing clothes-drawing"
            viewBox={`0 0 ${width} ${height + 6}`}
            aria-hidden="true"
            focusable="false"
          >
            <Screen phone="upright" frame={FRAME} bodies={bodies} className={good ? '' : 'screen-alike'} />
            <Mark x={width - 13} y={height - 8} good={good} />
          </svg>
          <span>
            <span className="clothes-verdict">{good ? DRAWN.yes : DRAWN.no}</span> {caption}
          </span>
        </li>
      ))}
    </ul>
  );
}
