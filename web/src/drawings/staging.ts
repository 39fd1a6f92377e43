/** A test's body as its camera sees it: turned as the preparation says, and the frame of what has to be in the picture. */

import type { TestSlug } from '../api/types';
import type { BodyView, CameraHeight, Preparation } from '../texts/guides/preparation';
import { ballsOf, bodyOf, type Clothes, mapped, movedBy, type Part } from './body';
import { mirrored, POSES, type Pose } from './poses';
import { turned } from './projection';

/** Metres, as the camera sees them: x to the right of the middle, y above the floor. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Degrees by which a body turns away from facing the camera. */
const HEADINGS: Readonly<Record<BodyView, number>> = {
  front: 0,
  side: 90,
  'right-side': 90,
  'other-side': -90,
  'left-side': -90,
};

/** Metres above the floor, for someone who stands; who sits has the chest lower. */
const HEIGHTS: Readonly<Record<CameraHeight, number>> = {
  floor: 0.22,
  knee: 0.5,
  hip: 0.95,
  chest: 1.22,
  shoulder: 1.4,
};
const CHEST_SITTING = 0.85;

const MARGIN = 0.1;

export function cameraHeight({ height, position }: Preparation): number {
  return position === 'sitting' && height === 'chest' ? CHEST_SITTING : HEIGHTS[height];
}

/** The body in the view with this index. */
export function stagedBody(test: TestSlug, { views, position }: Preparation, index: number): Part[] {
  const view = views[index] ?? views[0];
  return inTheMiddle(posed(shownSide(POSES[test], views, index), HEADINGS[view]), position);
}

/** A body that would be refused: turned by a quarter away from the first view. */
export function wronglyTurned(test: TestSlug, { views }: Preparation): Part[] {
  return posed(POSES[test], HEADINGS[views[0]] - 90);
}

/** A body that is turned away from facing the camera by so much. */
export function posed(pose: Pose, headingDeg: number, clothes?: Clothes): Part[] {
  return mapped(bodyOf(pose, clothes), (at) => turned(at, headingDeg));
}

/** The camera looks at the middle of who lies, at the hips of who does not. */
function inTheMiddle(parts: Part[], position: Preparation['position']): Part[] {
  if (['standing', 'upright', 'sitting'].includes(position)) return parts;
  const { left, right } = extentOf(parts);
  return movedBy(parts, [-(left + right) / 2, 0, 0]);
}

/** A second view of the same kind is for the other side of the body. */
function shownSide(pose: Pose, views: Preparation['views'], index: number): Pose {
  const view = views[index];
  const other = view === 'left-side' || view === 'other-side' || views.indexOf(view ?? views[0]) < index;
  return other ? mirrored(pose) : pose;
}

/** What has to be in the picture. */
export function frameOf(parts: readonly Part[], { picture }: Preparation): Frame {
  const needed = picture.to === 'hips' ? parts.filter(({ name }) => !name.endsWith('leg')) : parts;
  const frame = extentOf(needed);
  return {
    left: frame.left - MARGIN,
    right: frame.right + MARGIN,
    top: frame.top + MARGIN,
    bottom: frame.bottom - (picture.to === 'hips' ? MARGIN : 0.04),
  };
}

/** The same, with as much room on either side: the test is done to both. */
export function bothSides(frame: Frame): Frame {
  const reach = Math.max(-frame.left, frame.right);
  return { ...frame, left: -reach, right: reach };
}

export function extentOf(parts: readonly Part[]): Frame {
  const balls = ballsOf(parts);
  return {
    left: Math.min(...balls.map(({ at, radius }) => at[0] - radius)),
    right: Math.max(...balls.map(({ at, radius }) => at[0] + radius)),
    top: Math.max(...balls.map(({ at, radius }) => at[1] + radius)),
    bottom: Math.min(...balls.map(({ at, radius }) => at[1] - radius)),
  };
}
