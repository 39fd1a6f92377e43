/** The pixels of a picture, made small: the models look at 256 by 256 of them at most. */

import { readsTrue } from './readsTrue';

interface Pixels {
  /** Rows from top to bottom, 4 bytes a pixel. */
  readonly rgba: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A body rarely fills the picture: its own part should still have about as many pixels as the model looks at. */
const LONG_SIDE = 384;

/** The size in which a picture is looked at: the same shape, never larger. */
export function fitted(width: number, height: number): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, LONG_SIDE / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}

/** Reads the pixels of pictures with one canvas of its own; closes the pictures. */
export function pixelReader(): (bitmap: ImageBitmap) => Pixels {
  const canvas = new OffscreenCanvas(LONG_SIDE, LONG_SIDE);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('there is no canvas to read pictures with');
  if (!readsTrue(context)) throw new Error('this browser does not let pictures be read');
  return (bitmap) => {
    const { width, height } = fitted(bitmap.width, bitmap.height);
    // Setting a size clears the canvas and takes time, even where it is the same.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    const { buffer } = context.getImageData(0, 0, width, height).data;
    return { rgba: new Uint8Array(buffer), width, height };
  };
}
