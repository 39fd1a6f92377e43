/** Whether a canvas gives back what was drawn on it: browsers that guard against being recognised give noise instead. */

type Context = Pick<CanvasRenderingContext2D, 'fillStyle' | 'fillRect' | 'getImageData'>;

/** Side in pixels of what is drawn and read back. */
const SIDE = 4;
const DRAWN = [40, 120, 200] as const;
/** Some browsers change each value by one or two, which nothing here minds; noise is off by a hundred and more. */
const TOLERANCE = 8;

/** Draws over the first few pixels. */
export function readsTrue(context: Context): boolean {
  context.fillStyle = `rgb(${DRAWN.join(', ')})`;
  context.fillRect(0, 0, SIDE, SIDE);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  for (let at = 0; at < data.length; at += 4)
    if (DRAWN.some((value, channel) => Math.abs((data[at + channel] ?? 0) - value) > TOLERANCE)) return false;
  return true;
}
