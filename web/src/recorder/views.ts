/** How the camera should see a test: what guide, cues and timer have to know of its preparation. */

import type { HoldKind, Preparation } from '../texts/guides/preparation';

export type ViewName = 'standing-front' | 'standing-side' | 'floor-side' | 'sitting' | 'upper-body';

/** What has to be in the picture. */
export type BodyPart = 'head' | 'hands' | 'hips' | 'feet';

export interface TestView {
  readonly view: ViewName;
  readonly parts: readonly BodyPart[];
  /** Arms go up over the head, so the picture needs room there. */
  readonly armsUp: boolean;
  readonly hold: HoldKind | undefined;
}

export function viewOf(preparation: Preparation): TestView {
  const { position, picture, hold } = preparation;
  const hands = picture.from === 'hands';
  return {
    view: nameOf(preparation),
    parts: ['head', ...(hands ? (['hands'] as const) : []), picture.to],
    // Who sits or lies in the picture has room above for raised hands.
    armsUp: hands && position === 'standing',
    hold,
  };
}

function nameOf({ phone, position, picture, views }: Preparation): ViewName {
  if (phone === 'on-its-side') return 'floor-side';
  if (picture.from === 'head' && picture.to === 'hips') return 'upper-body';
  if (position === 'sitting') return 'sitting';
  // A test in several views begins with the first of them.
  return views[0] === 'front' ? 'standing-front' : 'standing-side';
}

/** Somebody on the floor fits into a wide picture, everybody else into a tall one. */
export function isWide({ view }: TestView): boolean {
  return view === 'floor-side';
}
