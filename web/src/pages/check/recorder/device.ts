/** How the device is held. */

/** A phone or tablet, rather than a screen with a keyboard. */
export function isHandheld(): boolean {
  return window.matchMedia('(pointer: coarse)').matches;
}

/** A phone or tablet that stands upright, so that its camera gives a tall picture. */
export function isUpright(): boolean {
  return isHandheld() && window.matchMedia('(orientation: portrait)').matches;
}
