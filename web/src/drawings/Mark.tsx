/** Says of a picture that it is right or wrong: by shape, not by colour alone. */

interface Props {
  readonly x: number;
  readonly y: number;
  readonly good: boolean;
}

export function Mark({ x, y, good }: Props) {
  return (
    <g className={good ? 'mark mark-good' : 'mark mark-bad'} transform={`translate(${x} ${y})`}>
      <circle r="11" />
      <path d={good ? 'M-5 0.5L-1.5 4L5 -4' : 'M-4 -4L4 4M4 -4L-4 4'} />
    </g>
  );
}
