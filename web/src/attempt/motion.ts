/**
 * How much moves in a video, 0..1 (product requirement G5): small grey pictures in, one number out.
 *
 * Of each picture its mean is taken off, so that a camera that adapts to the light moves nothing. How much each point then varies over
 * time (standard deviation) is divided by the contrast of the picture that stays (standard deviation over its points): dark, pale and
 * small pictures are judged alike. The score is what the liveliest hundredth of the points reach, for a chin that is drawn back moves
 * little else. Still photos that were encoded as videos reach 0.015 at most; of the clips that the scoring is tested with, those of
 * moving tests reach 0.28 and more, 0.3 for the smallest chin tuck.
 */

export const WIDTH = 48;
export const HEIGHT = 36;

/** Less is a photo, or a video that stands still: product requirement G5. */
export const LEAST_MOTION = 0.1;

/** Fewer pictures say nothing. */
export const FEWEST_PICTURES = 4;

const LIVELIEST_SHARE = 0.01;

/** A covered lens, or a browser that draws nothing: said by others, where it matters. */
const LEAST_CONTRAST = 1;

/** Brightness of 48 x 36 points, 0..255, row by row. */
type GreyPicture = ArrayLike<number>;

interface MotionMeter {
  add(picture: GreyPicture): void;
  readonly pictures: number;
  /** Undefined before there are enough pictures, and when they show nothing. */
  score(): number | undefined;
}

/** Keeps sums only: as much memory for a long video as for a short one. */
export function motionMeter(): MotionMeter {
  const points = WIDTH * HEIGHT;
  const sums = new Float64Array(points);
  const squares = new Float64Array(points);
  let pictures = 0;
  return {
    get pictures() {
      return pictures;
    },
    add(picture) {
      let mean = 0;
      for (let at = 0; at < points; at += 1) mean += (picture[at] ?? 0) / points;
      for (let at = 0; at < points; at += 1) {
        const value = (picture[at] ?? 0) - mean;
        sums[at] = (sums[at] ?? 0) + value;
        squares[at] = (squares[at] ?? 0) + value * value;
      }
      pictures += 1;
    },
    score() {
      if (pictures < FEWEST_PICTURES) return undefined;
      const means = sums.map((sum) => sum / pictures);
      const variances = squares.map((square, at) => Math.max(0, square / pictures - (means[at] ?? 0) ** 2));
      const contrast = Math.sqrt(means.reduce((sum, value) => sum + value * value, 0) / points);
      if (contrast < LEAST_CONTRAST) return undefined;
      const lively = Math.sqrt(variances.sort()[Math.floor((1 - LIVELIEST_SHARE) * points)] ?? 0);
      return Math.min(1, lively / contrast);
    },
  };
}
