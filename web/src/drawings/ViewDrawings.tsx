/** How the body is turned to the camera, as pictures on the phone's screen in the order in which they are filmed. */

import type { TestGuide } from '../texts/guides/guide';
import { TURNS, type Turn, turnBetweenViews, viewCaption } from '../texts/guides/preparation';
import { SCREENS, Screen } from './Screen';
import { frameOf, stagedBody } from './staging';

export function ViewDrawings({ guide }: { readonly guide: TestGuide }) {
  const { slug, preparation } = guide;
  const [width, height] = SCREENS[preparation.phone];
  const turn = turnBetweenViews(preparation);
  return (
    <ol className="views">
      {preparation.views.map((view, index) => {
        const parts = stagedBody(slug, preparation, index);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: views never change places, and one can be there twice.
          <li key={index} className="view">
            {index > 0 && (
              <span className="view-turn">
                {turn !== 'choice' && <TurnArrow turn={turn} />}
                {TURNS[turn]}
              </span>
            )}
            <svg
              className={`drawing view-screen view-screen-${preparation.phone}`}
              viewBox={`0 0 ${width} ${height}`}
              aria-hidden="true"
              focusable="false"
            >
              <Screen phone={preparation.phone} frame={frameOf(parts, preparation)} bodies={[parts]} />
            </svg>
            <span className="view-caption">{viewCaption(view)}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** Around the upright axis of the body, a quarter or half of the way; over it for who lies. */
function TurnArrow({ turn }: { readonly turn: Exclude<Turn, 'choice'> }) {
  const ways = {
    quarter: 'M6 10A16 8 0 0 0 22 22M15.5 17.5L22 22L15 25.5',
    half: 'M12 6A16 8 0 1 0 32 8M32.5 15L32 8L39 9.5',
    over: 'M6 24A16 16 0 0 1 38 24M31 19L38 24L42 16.5',
  };
  return (
    <svg className="drawing view-arrow" viewBox="0 0 44 30" aria-hidden="true" focusable="false">
      <path d={ways[turn]} />
    </svg>
  );
}
