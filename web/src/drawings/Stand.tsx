/** The phone on its stand, upright or on its side. */

import type { Preparation } from '../texts/guides/preparation';
import { type Look, outlineOf, spotOf } from './projection';
import type { Vector } from './vector';

/** Half of a phone's sides, metres; twice as large as phones are, so that its direction shows. */
const SHORT = 0.09;
const LONG = 0.17;

interface Props {
  readonly height: number;
  /** Metres from the body. */
  readonly away: number;
  readonly phone: Preparation['phone'];
  readonly look: Look;
}

export function Stand({ height, away, phone, look }: Props) {
  const [wide, tall] = phone === 'upright' ? [SHORT, LONG] : [LONG, SHORT];
  const fork = Math.min(height * 0.5, 0.45);
  const feet = [-0.1, 2.2, 4.3].map((angle): Vector => {
    const reach = 0.1 + fork * 0.3;
    return [reach * Math.sin(angle), 0, away + reach * Math.cos(angle)];
  });
  const path = (...points: readonly Vector[]) =>
    `M${points.map((point) => spotOf(point, look).map((value) => value.toFixed(1))).join('L')}`;
  const plate = (inset: number) =>
    outlineOf(
      [-1, 1].flatMap((across) =>
        [-1, 1].map((up) => ({
          at: [across * (wide - 0.03 - inset), height + up * (tall - 0.03 - inset), away] as Vector,
          radius: 0.03 - inset / 2,
        })),
      ),
      look,
    );
  return (
    <>
      <path
        className="drawing-stand"
        d={
          path([0, height, away], [0, fork, away]) + feet.map((foot) => path([0, fork, away], foot)).join('')
        }
      />
      <path className="drawing-phone" d={plate(0)} />
      <path className="drawing-screen" d={plate(0.018)} />
    </>
  );
}
