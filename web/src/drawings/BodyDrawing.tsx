/** A body, drawn from a direction: far parts first, each set off from what is behind it by a thin gap. */

import type { Part, Piece, Tone } from './body';
import { type Look, nearness, outlineOf } from './projection';

const TONES: readonly Tone[] = ['skin', 'legs', 'top'];
/** Metres by which one of a pair must be farther to be drawn paler. */
const FARTHER = 0.1;

interface Props {
  readonly parts: readonly Part[];
  readonly look: Look;
}

export function BodyDrawing({ parts, look }: Props) {
  const depthOf = ({ pieces }: Part) =>
    nearness(
      pieces.flatMap(({ balls }) => balls),
      look,
    );
  return parts
    .toSorted((a, b) => depthOf(a) - depthOf(b))
    .map((part) => (
      <g key={part.name}>
        <path
          className="body-gap"
          d={pathOf(
            part.pieces.filter(({ attached }) => !attached),
            look,
          )}
        />
        <g className={isFar(part, parts, look) ? 'body-far' : undefined}>
          {layersOf(part, look).map(([tone, d]) => (
            <path key={d} className={`body-${tone}`} d={d} />
          ))}
        </g>
      </g>
    ));
}

/** An arm or leg that hangs on the far side of the body. */
function isFar({ name, pieces }: Part, parts: readonly Part[], look: Look): boolean {
  const [side, limb] = name.split('-');
  const other = parts.find((part) => part.name === `${side === 'left' ? 'right' : 'left'}-${limb}`);
  if (other === undefined) return false;
  return nearness(rootOf(other.pieces), look) - nearness(rootOf(pieces), look) > FARTHER;
}

function rootOf(pieces: readonly Piece[]) {
  return pieces.find(({ attached }) => attached)?.balls.slice(0, 1) ?? [];
}

/** What is drawn over what: cloth over skin, and the hair over the face where the head looks away. */
function layersOf({ name, pieces }: Part, look: Look): (readonly [Tone, string])[] {
  if (name === 'head') {
    // To the millimetre: what is equally near stays in its order.
    const depth = ({ balls }: Piece) => Math.round(nearness(balls, look) * 1000);
    return pieces.toSorted((a, b) => depth(a) - depth(b)).map((piece) => [piece.tone, pathOf([piece], look)]);
  }
  return TONES.map(
    (tone) =>
      [
        tone,
        pathOf(
          pieces.filter((piece) => piece.tone === tone),
          look,
        ),
      ] as const,
  ).filter(([, d]) => d !== '');
}

function pathOf(pieces: readonly Piece[], look: Look): string {
  return pieces.map(({ balls }) => outlineOf(balls, look)).join('');
}
