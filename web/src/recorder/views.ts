/** How the camera should see each test: the one place for what guide, cues, timer and checks have to know of it. */

import type { TestSlug } from '../api/types';

export type ViewName = 'standing-front' | 'standing-side' | 'floor-side' | 'sitting' | 'upper-body';

/** What has to be in the picture. */
export type BodyPart = 'head' | 'hands' | 'hips' | 'feet';

export type HoldKind = 'plank' | 'single-leg';

export interface TestView {
  readonly view: ViewName;
  readonly parts: readonly BodyPart[];
  /** Arms go up over the head, so the picture needs room there. */
  readonly armsUp?: true;
  /** Being still is the test: no motion is asked for, and the time in position is shown. */
  readonly hold?: HoldKind;
}

export const VIEWS: Readonly<Record<TestSlug, TestView>> = {
  'neck-flexion-extension': { view: 'upper-body', parts: ['head', 'hips'] },
  plank: { view: 'floor-side', parts: ['head', 'feet'], hold: 'plank' },
  'y-balance': { view: 'standing-front', parts: ['head', 'feet'] },
  'overhead-squat': { view: 'standing-front', parts: ['head', 'hands', 'feet'], armsUp: true },
  'hip-shoulder-90-90': { view: 'sitting', parts: ['head', 'hands', 'feet'] },
  'ankle-mobility': { view: 'standing-side', parts: ['head', 'feet'] },
  'single-leg-balance': { view: 'standing-front', parts: ['head', 'feet'], hold: 'single-leg' },
  'lateral-lunge': { view: 'standing-front', parts: ['head', 'feet'] },
  'shoulder-flexion': { view: 'standing-side', parts: ['head', 'hands', 'hips'], armsUp: true },
  'wall-slide': { view: 'standing-front', parts: ['head', 'hands', 'hips'], armsUp: true },
  'dead-bug': { view: 'floor-side', parts: ['head', 'hands', 'feet'] },
  'glute-bridge': { view: 'floor-side', parts: ['head', 'feet'] },
  'chin-tuck': { view: 'upper-body', parts: ['head', 'hips'] },
  'bird-dog': { view: 'floor-side', parts: ['head', 'hands', 'feet'] },
  clamshell: { view: 'floor-side', parts: ['head', 'feet'] },
};

/** Somebody on the floor fits into a wide picture, everybody else into a tall one. */
export function isWide({ view }: TestView): boolean {
  return view === 'floor-side';
}
