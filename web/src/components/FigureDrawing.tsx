/** The line figure of a test. Decoration: everything it says is also in words. */

import type { Figure, Point } from '../texts/guides/guide';

interface Props {
  readonly figure: Figure;
  /** How much of the figure is drawn, 0..1; all of it by default. */
  readonly drawn?: number;
}

const ARC_RADIUS = 11;

export function FigureDrawing({ figure, drawn = 1 }: Props) {
  const hidden = Math.min(1, Math.max(0, 1 - drawn));
  const line = { pathLength: 1, strokeDasharray: '1 1', strokeDashoffset: hidden };
  return (
    <svg className="figure" viewBox="0 0 120 150" aria-hidden="true" focusable="false">
      <path className="figure-floor" d="M6 143.5 H114" />
      {figure.guides.map((points) => (
        <path className="figure-guide" key={pathOf(points)} d={pathOf(points)} />
      ))}
      <path className="figure-ghost" d={figure.limbs.map(pathOf).join(' ')} />
      {figure.limbs.map((points) => (
        <path className="figure-limb" key={pathOf(points)} d={pathOf(points)} {...(hidden > 0 ? line : {})} />
      ))}
      <circle className="figure-head" cx={figure.head[0]} cy={figure.head[1]} r="9" />
      {figure.angles.map((angle) => (
        <path className="figure-angle" key={pathOf(angle)} d={arcOf(angle)} />
      ))}
      {figure.angles.map(([, corner]) => (
        <circle className="figure-joint" key={pathOf([corner])} cx={corner[0]} cy={corner[1]} r="2.4" />
      ))}
    </svg>
  );
}

export function pathOf(points: readonly Point[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ');
}

/** The arc of an angle around its corner, on the inner side. */
function arcOf([from, corner, to]: readonly [Point, Point, Point]): string {
  const start = Math.atan2(from[1] - corner[1], from[0] - corner[0]);
  const end = Math.atan2(to[1] - corner[1], to[0] - corner[0]);
  const turn = ((end - start + 3 * Math.PI) % (2 * Math.PI)) - Math.PI;
  const at = (angle: number) =>
    `${(corner[0] + ARC_RADIUS * Math.cos(angle)).toFixed(2)} ${(corner[1] + ARC_RADIUS * Math.sin(angle)).toFixed(2)}`;
  return `M${at(start)} A${ARC_RADIUS} ${ARC_RADIUS} 0 0 ${turn > 0 ? 1 : 0} ${at(end)}`;
}
