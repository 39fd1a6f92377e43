/**
 * The body in the tests, as directions: [ahead, up, to the left] for someone who stands. Who lies on the back has the feet ahead,
 * who is on hands and knees or face down the head, who lies on a side looks ahead.
 */

import type { TestSlug } from '../api/types';
import type { Vector } from './vector';

/** From the joint nearer to the trunk outwards. */
export interface Arm {
  readonly upper: Vector;
  readonly fore: Vector;
  /** In line with the forearm where it is not given. */
  readonly hand?: Vector;
}

export interface Leg {
  readonly thigh: Vector;
  readonly shin: Vector;
  /** From the heel to the toes. */
  readonly foot: Vector;
}

export interface Pose {
  /** From the hips to the neck. */
  readonly trunk: Vector;
  /** From the neck to the crown; in line with the trunk where it is not given. */
  readonly head?: Vector;
  readonly face: Vector;
  /** From the right shoulder to the left one. */
  readonly left?: Vector;
  /** The left one; the right one is its mirror image where it is not given. */
  readonly arm: Arm;
  readonly rightArm?: Arm;
  readonly leg: Leg;
  readonly rightLeg?: Leg;
}

const AHEAD: Vector = [1, 0, 0];
const UP: Vector = [0, 1, 0];
const DOWN: Vector = [0, -1, 0];
const LEFT: Vector = [0, 0, 1];

const HANGING: Arm = { upper: [-0.04, -1, 0.14], fore: [0.16, -1, 0.04] };
const STRAIGHT: Leg = { thigh: [0.03, -1, 0.05], shin: [-0.03, -1, 0.03], foot: [1, 0, 0.16] };

export const STANDING: Pose = { trunk: UP, face: AHEAD, arm: HANGING, leg: STRAIGHT };

export const POSES: Readonly<Record<TestSlug, Pose>> = {
  'overhead-squat': {
    trunk: [0.42, 1, 0],
    head: [0.15, 1, 0],
    face: AHEAD,
    arm: { upper: [0.02, 1, 0.3], fore: [0, 1, 0.12] },
    leg: { thigh: [1, -0.3, 0.42], shin: [-0.5, -1, -0.04], foot: [1, 0, 0.35] },
  },
  'y-balance': {
    trunk: [0.3, 1, 0.12],
    head: [0.1, 1, 0.05],
    face: AHEAD,
    arm: { upper: [-0.35, -0.75, 0.75], fore: [0.5, -0.45, -0.8] },
    leg: { thigh: [0.64, -1, -0.02], shin: [-0.54, -1, 0], foot: [1, 0, 0.1] },
    rightLeg: { thigh: [-0.2, -0.92, -0.72], shin: [-0.36, -0.92, -0.72], foot: [1, -0.3, -0.3] },
  },
  'single-leg-balance': {
    trunk: [0, 1, 0.02],
    face: AHEAD,
    arm: { upper: [0, -1, 0.3], fore: [0.15, -1, 0.2] },
    leg: { thigh: [0, -1, -0.1], shin: [0, -1, -0.04], foot: [1, 0, 0.1] },
    rightLeg: { thigh: [0.85, -0.5, -0.5], shin: [-0.4, -1, 0.3], foot: [1, -0.5, 0] },
  },
  'hip-shoulder-90-90': {
    trunk: UP,
    face: AHEAD,
    arm: { upper: [0.06, 0, 1], fore: [0.06, 1, 0] },
    leg: { thigh: [1, 0, 0.14], shin: [-0.12, -1, 0.02], foot: [1, 0, 0.1] },
  },
  'ankle-mobility': {
    trunk: [0.12, 1, 0],
    head: UP,
    face: AHEAD,
    arm: HANGING,
    leg: { thigh: [-0.45, -1, 0.02], shin: [-1, -0.77, 0], foot: [1, -0.5, 0] },
    rightLeg: { thigh: [0.66, -1, 0], shin: [-0.6, -1, 0], foot: AHEAD },
  },
  'lateral-lunge': {
    trunk: [0.4, 1, -0.1],
    head: [0.12, 1, -0.04],
    face: AHEAD,
    arm: { upper: [0.4, -0.9, 0.3], fore: [0.8, 0.4, -0.62] },
    leg: { thigh: [0.1, -0.63, 0.8], shin: [-0.02, -0.6, 0.8], foot: [1, 0, 0.15] },
    rightLeg: { thigh: [0.62, -0.4, -0.85], shin: [-0.5, -1, -0.02], foot: [1, 0, -0.15] },
  },
  'shoulder-flexion': {
    trunk: UP,
    face: AHEAD,
    arm: HANGING,
    rightArm: { upper: [0.42, 1, -0.24], fore: [0.34, 1, -0.06] },
    leg: STRAIGHT,
  },
  'wall-slide': {
    trunk: UP,
    face: AHEAD,
    arm: { upper: [0, 0.12, 1], fore: [0, 1, 0.06] },
    leg: { thigh: [0.16, -1, 0.06], shin: [0.14, -1, 0.02], foot: [1, 0, 0.2] },
  },
  plank: {
    trunk: [1, 0.11, 0],
    head: [1, 0.1, 0],
    face: [0.25, -1, 0],
    arm: { upper: [0.04, -1, 0.05], fore: [1, -0.02, -0.12] },
    leg: { thigh: [-1, -0.1, 0.02], shin: [-1, -0.1, 0.02], foot: [0.12, -1, 0] },
  },
  'dead-bug': {
    trunk: [-1, 0.02, 0],
    face: UP,
    arm: { upper: UP, fore: UP },
    rightArm: { upper: [-1, 0.3, -0.05], fore: [-1, 0.22, 0] },
    leg: { thigh: [1, 0.3, 0], shin: [1, 0.12, 0], foot: [-0.15, 1, 0] },
    rightLeg: { thigh: [0.06, 1, 0], shin: [1, 0.02, 0], foot: [0, 1, 0] },
  },
  'glute-bridge': {
    trunk: [-1, -0.5, 0],
    head: [-1, 0.22, 0],
    face: UP,
    arm: { upper: [1, -0.1, 0.3], fore: [1, 0.02, 0.1] },
    leg: { thigh: [1, 0.42, 0.04], shin: [-0.02, -1, 0], foot: AHEAD },
    rightLeg: { thigh: [1, 0.46, -0.04], shin: [1, 0.46, 0], foot: [-0.4, 1, 0] },
  },
  'bird-dog': {
    trunk: [1, 0.14, 0],
    head: [1, 0.16, 0],
    face: [0.3, -1, 0],
    arm: { upper: [1, 0.16, 0.03], fore: [1, 0.14, 0] },
    rightArm: { upper: DOWN, fore: [-0.03, -1, 0], hand: AHEAD },
    leg: { thigh: DOWN, shin: [-1, 0.03, 0], foot: [-1, -0.25, 0] },
    rightLeg: { thigh: [-1, 0.12, 0], shin: [-1, 0.06, 0], foot: [-0.35, -1, 0] },
  },
  clamshell: {
    trunk: LEFT,
    head: [0.02, -0.02, 1],
    face: AHEAD,
    left: DOWN,
    arm: { upper: [0.28, -0.04, 1], fore: [0.1, 0, 1] },
    rightArm: { upper: [0.22, 0.1, -1], fore: [0.3, -0.05, -1] },
    leg: { thigh: [0.75, 0, -0.66], shin: [-0.66, 0, -0.75], foot: [0.9, 0, -0.4] },
    rightLeg: { thigh: [0.46, 0.5, -0.74], shin: [-0.36, -0.66, -0.66], foot: [0.9, 0, -0.4] },
  },
  'neck-flexion-extension': {
    trunk: UP,
    head: [0.62, 0.8, 0],
    face: [0.8, -0.62, 0],
    arm: HANGING,
    leg: STRAIGHT,
  },
  'chin-tuck': { ...STANDING, head: [-0.06, 1, 0] },
};

/** The same with left and right exchanged. */
export function mirrored(pose: Pose): Pose {
  const { trunk, head = trunk, face, left = LEFT, arm, rightArm, leg, rightLeg } = pose;
  return {
    trunk: flipped(trunk),
    head: flipped(head),
    face: flipped(face),
    left: flipped(opposite(left)),
    arm: rightArm === undefined ? arm : flippedAll(rightArm),
    rightArm: flippedAll(arm),
    leg: rightLeg === undefined ? leg : flippedAll(rightLeg),
    rightLeg: flippedAll(leg),
  };
}

function flipped([ahead, up, left]: Vector): Vector {
  return [ahead, up, -left];
}

function opposite([ahead, up, left]: Vector): Vector {
  return [-ahead, -up, -left];
}

/** An arm or a leg of the other side. */
export function flippedAll<T extends Arm | Leg>(limb: T): T {
  const entries = Object.entries(limb).map(([name, direction]) => [name, flipped(direction)]);
  return Object.fromEntries(entries) as T;
}
