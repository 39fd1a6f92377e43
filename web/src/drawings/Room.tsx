/** What is in the room of a test beside the body: floor, wall, seat, something to hold on to. */

import type { Preparation } from '../texts/guides/preparation';
import { ballsOf, type Part } from './body';
import { closed, hullOf, type Look, spotOf } from './projection';
import { extentOf } from './staging';
import type { Vector } from './vector';

/** As much of a wall as is drawn, metres. */
export const WALL_HIGH = 2.15;

interface GroundProps {
  readonly parts: readonly Part[];
  readonly preparation: Preparation;
  readonly look: Look;
  /** Where the wall is, metres towards the camera. */
  readonly wall: number;
}

/** The floor under the body, as a mat where it lies, and the wall behind it. */
export function Ground({ parts, preparation, look, wall }: GroundProps) {
  const { left, right } = extentOf(parts);
  const depths = ballsOf(parts).map(({ at }) => at[2]);
  const [back, front] = [Math.min(...depths) - 0.15, Math.max(...depths) + 0.15];
  return (
    <>
      {preparation.beside === 'wall' && (
        <path
          className="drawing-wall"
          d={planeOf(look, [-0.8, 0, wall], [0.8, 0, wall], [0.8, WALL_HIGH, wall], [-0.8, WALL_HIGH, wall])}
        />
      )}
      <path
        className="drawing-ground"
        d={planeOf(look, [left, 0, back], [right, 0, back], [right, 0, front], [left, 0, front])}
      />
    </>
  );
}

interface BesideProps {
  readonly what: NonNullable<Preparation['beside']>;
  readonly parts: readonly Part[];
  readonly look: Look;
}

/** The seat under the body, or the chair to hold on to. */
export function Beside({ what, parts, look }: BesideProps) {
  if (what === 'wall') return null;
  const hips = parts.find(({ name }) => name === 'trunk')?.pieces[0]?.balls[0]?.at ?? [0, 0.5, 0];
  if (what === 'seat')
    return <Block x={0} z={hips[2] - 0.1} wide={0.44} deep={0.4} high={hips[1] - 0.1} look={look} />;
  return (
    <>
      <Block x={-0.68} z={-0.05} wide={0.4} deep={0.4} high={0.45} look={look} />
      <Block x={-0.68} z={-0.24} wide={0.4} deep={0.04} high={0.9} look={look} />
    </>
  );
}

interface BlockProps {
  readonly x: number;
  readonly z: number;
  readonly wide: number;
  readonly deep: number;
  readonly high: number;
  readonly look: Look;
}

/** Seen from the front right, above: three of its faces show. */
function Block({ x, z, wide, deep, high, look }: BlockProps) {
  const at = (across: number, up: number, near: number): Vector => [
    x + (across * wide) / 2,
    up * high,
    z + (near * deep) / 2,
  ];
  const top: Vector[] = [at(-1, 1, -1), at(1, 1, -1), at(1, 1, 1), at(-1, 1, 1)];
  const front: Vector[] = [at(-1, 0, 1), at(1, 0, 1), at(1, 1, 1), at(-1, 1, 1)];
  const side: Vector[] = [at(1, 0, -1), at(1, 0, 1), at(1, 1, 1), at(1, 1, -1)];
  return [top, front, side].map((face) => (
    <path key={planeOf(look, ...face)} className="drawing-block" d={planeOf(look, ...face)} />
  ));
}

function planeOf(look: Look, ...corners: readonly Vector[]): string {
  return closed(hullOf(corners.map((corner) => spotOf(corner, look))));
}
