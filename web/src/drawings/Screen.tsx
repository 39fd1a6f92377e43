/** The picture of a phone: bodies as its camera sees them, cut off where the picture ends. */

import type { ReactNode } from 'react';
import type { Preparation } from '../texts/guides/preparation';
import { BodyDrawing } from './BodyDrawing';
import type { Part } from './body';
import { lookFrom } from './projection';
import type { Frame } from './staging';

/** Units of a drawing. */
export const SCREENS = { upright: [72, 128], 'on-its-side': [128, 72] } as const;

interface Props {
  readonly phone: Preparation['phone'];
  /** What fits into the picture, with a little room around it. */
  readonly frame: Frame;
  /** Each drawn over the one before. */
  readonly bodies?: readonly (readonly Part[])[];
  readonly x?: number;
  readonly y?: number;
  readonly className?: string;
  /** Before the bodies. */
  readonly children?: ReactNode;
}

export function Screen({ phone, frame, bodies = [], x = 0, y = 0, className = '', children }: Props) {
  const [width, height] = SCREENS[phone];
  const [wide, tall] = [frame.right - frame.left, frame.top - frame.bottom];
  const look = lookFrom(0, 0, Math.min((width - 8) / wide, (height - 10) / tall));
  const left = ((frame.left + frame.right) / 2) * look.scale - width / 2;
  const top = -((frame.top + frame.bottom) / 2) * look.scale - height / 2;
  const ground = <rect x="1" y="1" width={width - 2} height={height - 2} rx="7" />;
  return (
    <svg x={x} y={y} className={`screen ${className}`} width={width} height={height} aria-hidden="true">
      <g className="screen-ground">{ground}</g>
      <svg width={width} height={height} viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true">
        <path className="screen-floor" d={`M${left} 0.8h${width}`} />
        {bodies.map((parts, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bodies never change places.
          <g key={index} className="screen-body">
            <BodyDrawing parts={parts} look={look} />
          </g>
        ))}
      </svg>
      {children}
      <g className="screen-edge">{ground}</g>
    </svg>
  );
}
