/** Over the preview: where to be in the picture, and the body that is seen there. Decoration: the cues say it in words. */

import { pathOf } from '../../../components/FigureDrawing';
import { BONES, type Body, IN_SIGHT, NOSE } from '../../../recorder/body';
import { type Area, areaOf, fitted, roomOf, type Size, shapeOf } from '../../../recorder/guideDrawing';
import type { TestView } from '../../../recorder/views';
import type { Figure } from '../../../texts/guides/guide';

interface Props {
  readonly view: TestView;
  readonly figure: Figure;
  readonly picture: Size;
  /** The person is where they should be. */
  readonly good: boolean;
  /** The outline is in the way of whoever is filmed already. */
  readonly outlined: boolean;
}

export function FramingGuide({ view, figure, picture, good, outlined }: Props) {
  const area = areaOf(view, picture);
  const shape = shapeOf(view, figure);
  const { x, y, scale } = fitted(shape, area, roomOf(view));
  return (
    <svg
      className="film-layer"
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      data-good={good}
      aria-hidden="true"
      focusable="false"
    >
      <path className="film-corners" d={cornersOf(area)} />
      {outlined && (
        <g className="film-outline" transform={`translate(${x} ${y}) scale(${scale})`}>
          {shape.limbs.map((points) => (
            <path key={pathOf(points)} d={pathOf(points)} />
          ))}
          <circle cx={shape.head[0]} cy={shape.head[1]} r="9" />
        </g>
      )}
    </svg>
  );
}

/** The four corners of an area, as viewfinders show them. */
function cornersOf({ x, y, width, height }: Area): string {
  const arm = Math.min(width, height) * 0.1;
  const corner = (cx: number, cy: number, right: number, down: number) =>
    `M${cx + right * arm} ${cy} H${cx} V${cy + down * arm}`;
  return [
    corner(x, y, 1, 1),
    corner(x + width, y, -1, 1),
    corner(x, y + height, 1, -1),
    corner(x + width, y + height, -1, -1),
  ].join(' ');
}

/** The bones in sight. */
export function Skeleton({ body, picture, mirrored }: { body: Body; picture: Size; mirrored: boolean }) {
  const at = (number: number) => {
    const landmark = body[number];
    if (landmark === undefined || landmark.visibility < IN_SIGHT) return undefined;
    return `${(landmark.x * picture.width).toFixed(1)} ${(landmark.y * picture.height).toFixed(1)}`;
  };
  const bones = BONES.flatMap(([from, to]) => {
    const [start, end] = [at(from), at(to)];
    return start === undefined || end === undefined ? [] : `M${start} L${end}`;
  });
  const nose = body[NOSE];
  return (
    <svg
      className={mirrored ? 'film-layer mirrored' : 'film-layer'}
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      aria-hidden="true"
      focusable="false"
    >
      <path className="film-bones" d={bones.join(' ')} />
      {nose !== undefined && nose.visibility >= IN_SIGHT && (
        <circle className="film-joint" cx={nose.x * picture.width} cy={nose.y * picture.height} r="5" />
      )}
    </svg>
  );
}
