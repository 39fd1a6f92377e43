/** The room of a test from above one corner: the phone on its stand, the distance, the body, and what has to be in the picture. */

import type { TestGuide } from '../texts/guides/guide';
import { distanceLabel, heightLabel } from '../texts/guides/preparation';
import { BodyDrawing } from './BodyDrawing';
import { closed, hullOf, lookFrom, type Spot, spotOf } from './projection';
import { Beside, Ground, WALL_HIGH } from './Room';
import { Stand } from './Stand';
import { bothSides, cameraHeight, type Frame, frameOf, stagedBody } from './staging';
import type { Vector } from './vector';

const LOOK = lookFrom(47, 17, 86);
const WIDTH = 320;
/** Metres from the wall to the middle of a body that leans on it. */
const WALL = 0.14;
/** About half as wide as a letter of a label, so that labels stay inside. */
const HALF_LETTER = 4;
/** Share of a frame's side that its corners mark. */
const CORNER = 0.16;

export function SetUpDrawing({ guide }: { readonly guide: TestGuide }) {
  const { slug, preparation } = guide;
  const { phone, beside, metres } = preparation;
  const parts = stagedBody(slug, preparation, 0);
  const frame = bothSides(frameOf(parts, preparation));
  const wall = beside === 'wall' ? -WALL : 0;
  const away = metres + wall;
  const height = cameraHeight(preparation);
  const spot = (...at: Vector) => spotOf(at, LOOK);

  const highest = beside === 'wall' ? WALL_HIGH : 0;
  const camera = spot(0, height, away);
  const corners = cornersOf(frame).map(([x, y]) => spot(x, y, 0));
  const box = boxOf([...corners, spot(0, 0, away), spot(0, height + 0.2, away), spot(0, highest, wall)]);
  const label = heightLabel(preparation);
  const middle = spot(0, 0, away / 2);
  return (
    <svg
      className="drawing drawing-room"
      viewBox={`${box.x} ${box.y} ${WIDTH} ${box.height}`}
      aria-hidden="true"
      focusable="false"
    >
      <Ground parts={parts} preparation={preparation} look={LOOK} wall={wall} />
      <path className="drawing-sight" d={closed(hullOf([camera, ...corners]))} />
      <path className="drawing-level" d={line(camera, spot(0, height, wall))} />
      <path className="drawing-dimension" d={line(spot(0, 0, wall), spot(0, 0, away)) + ticks(wall, away)} />
      {beside !== undefined && <Beside what={beside} parts={parts} look={LOOK} />}
      <BodyDrawing parts={parts} look={LOOK} />
      <path className="drawing-frame" d={brackets(frame)} />
      <Stand height={height} away={away} phone={phone} look={LOOK} />
      <text className="drawing-label" x={middle[0] + 8} y={middle[1] + 20}>
        {distanceLabel(preparation)}
      </text>
      <text
        className="drawing-label"
        textAnchor="middle"
        x={Math.max(camera[0], box.x + label.length * HALF_LETTER)}
        y={camera[1] - 22}
      >
        {label}
      </text>
    </svg>
  );
}

function cornersOf({ left, right, top, bottom }: Frame): Spot[] {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

/** The four corners of the frame, upright in the room where the body is. */
function brackets(frame: Frame): string {
  const reach = CORNER * Math.min(frame.right - frame.left, frame.top - frame.bottom);
  return cornersOf(frame)
    .map(([x, y]) => {
      const inward: Spot = [x === frame.left ? reach : -reach, y === frame.top ? -reach : reach];
      const [from, corner, to] = [
        [x + inward[0], y] as const,
        [x, y] as const,
        [x, y + inward[1]] as const,
      ].map(([across, up]) => spotOf([across, up, 0], LOOK).map((value) => value.toFixed(1)));
      return `M${from}L${corner}L${to}`;
    })
    .join('');
}

function ticks(near: number, far: number): string {
  return [near, far].map((z) => line(spotOf([-0.07, 0, z], LOOK), spotOf([0.07, 0, z], LOOK))).join('');
}

function line(from: Spot, to: Spot): string {
  return `M${from.map((value) => value.toFixed(1))}L${to.map((value) => value.toFixed(1))}`;
}

/** Everything in the middle of a drawing of the common width, with room for the labels. */
function boxOf(spots: readonly Spot[]) {
  const across = spots.map(([x]) => x);
  const down = spots.map(([, y]) => y);
  const top = Math.min(...down) - 22;
  const middle = (Math.min(...across) + Math.max(...across)) / 2;
  return {
    x: Math.round(middle - WIDTH / 2),
    y: Math.round(top),
    height: Math.round(Math.max(...down) + 16 - top),
  };
}
