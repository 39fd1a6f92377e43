/** Signs in the pictures of refused videos: light, time, steps, what is in the way. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface SunProps {
  readonly x: number;
  readonly y: number;
  /** So much of it that it blinds. */
  readonly large?: boolean;
}

export function Sun({ x, y, large = false }: SunProps) {
  return (
    <g className="sign-sun" transform={`translate(${x} ${y})${large ? ' scale(1.35)' : ''}`}>
      <circle r="5" />
      <path d="M0 -8.5v-3M0 8.5v3M-8.5 0h-3M8.5 0h3M-6 -6l-2 -2M6 6l2 2M-6 6l-2 2M6 -6l2 -2" />
    </g>
  );
}

/** Whether anything goes on: two bars, or a triangle. */
export function Going({ on }: { readonly on: boolean }) {
  return (
    <g className="sign" transform="translate(14 14)">
      <circle r="9" />
      <path d={on ? 'M-2.5 -4.5L4.5 0L-2.5 4.5z' : 'M-3 -4v8M3 -4v8'} />
    </g>
  );
}

/** A pot plant between the camera and the body. */
export function Plant({ width, height }: Size) {
  return (
    <g className="sign-plant" transform={`translate(${width * 0.56} ${height - 3})`}>
      <path d="M-10 -17h20l-3 17h-14z" />
      <path d="M0 -17C-4 -32 -18 -34 -21 -46C-8 -44 -2 -34 0 -26C-2 -42 -6 -50 0 -60C7 -50 4 -40 2 -27C5 -38 12 -44 22 -44C18 -31 5 -30 0 -17z" />
    </g>
  );
}

/** How long it went, as a share of what fits. Beyond the end it is too long. */
export function TimeBar({ width, share }: Pick<Size, 'width'> & { readonly share: number }) {
  const [from, length] = [11, (width - 22) * 0.75];
  return (
    <g className="sign-time">
      <path className="sign-time-all" d={`M${from} 14h${length}`} />
      <path className="sign-time-done" d={`M${from} 14h${length * share}`} />
      <path className="sign-time-end" d={`M${from + length} 7v14`} />
    </g>
  );
}

/** Three steps, each done or not. */
export function Steps({ done }: { readonly done: number }) {
  return [0, 1, 2].map((step) => (
    <g key={step} className="sign" transform={`translate(${13 + step * 19} 14)`}>
      <circle r="7.5" />
      {step < done && <path d="M-3 0.5L-1 2.5L3.5 -2.5" />}
    </g>
  ));
}

/** A video that does not play, in the middle of the picture. */
export function Unplayable({ width, height }: Size) {
  return (
    <g className="sign" transform={`translate(${width / 2} ${height / 2 - 4})`}>
      <circle r="18" />
      <path d="M-5 -8L9 0L-5 8zM-12.5 12.5L12.5 -12.5" />
    </g>
  );
}

/** A clock of which a share has passed. */
export function Clock({ share }: { readonly share: number }) {
  const radius = 4;
  const all = 2 * Math.PI * radius;
  return (
    <g className="sign-clock" transform="translate(14 14) rotate(-90)">
      <circle r="9" />
      <circle className="sign-clock-passed" r={radius} strokeDasharray={`${all * share} ${all}`} />
    </g>
  );
}
