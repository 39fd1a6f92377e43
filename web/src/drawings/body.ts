/** A body in space, in metres, made of balls that are wrapped together: what a pose looks like before anyone looks at it. */

import { type Arm, flippedAll, type Leg, type Pose } from './poses';
import { add, between, cross, dot, scaled, unit, type Vector } from './vector';

export interface Ball {
  readonly at: Vector;
  readonly radius: number;
}

export type Tone = 'skin' | 'top' | 'legs' | 'hair';

/** A convex piece: the skin around its balls. */
export interface Piece {
  readonly tone: Tone;
  readonly balls: readonly Ball[];
  /** Whether it grows out of another part, so that no gap separates it from that. */
  readonly attached?: true;
}

export interface Part {
  readonly name: 'trunk' | 'head' | 'left-arm' | 'right-arm' | 'left-leg' | 'right-leg';
  readonly pieces: readonly Piece[];
}

/** Loose clothes hide where the limbs are. */
export type Clothes = 'fitting' | 'loose';

/** Someone 1.70 m tall: lengths of the parts, metres. The head is a seventh and a half of it. */
const TRUNK = 0.49;
const SHOULDER_LINE = 0.44;
const SHOULDERS = 0.17;
const HIPS = 0.085;
const UPPER_ARM = 0.28;
const FOREARM = 0.25;
const HAND = 0.1;
const THIGH = 0.43;
const SHIN = 0.41;

/** Stands on the floor, which is at height 0, with the hips above the origin. */
export function bodyOf(pose: Pose, clothes: Clothes = 'fitting'): readonly Part[] {
  const { arm, leg, rightArm = flippedAll(arm), rightLeg = flippedAll(leg) } = pose;
  const left = unit(pose.left ?? [0, 0, 1]);
  const trunk = unit(pose.trunk);
  const shoulders = scaled(trunk, SHOULDER_LINE);
  const loose = clothes === 'loose';
  const parts: Part[] = [
    { name: 'trunk', pieces: trunkOf(trunk, left, loose) },
    { name: 'head', pieces: headOf(trunk, unit(pose.head ?? trunk), unit(pose.face)) },
    { name: 'left-arm', pieces: armOf(add(shoulders, left, SHOULDERS), arm, loose) },
    { name: 'right-arm', pieces: armOf(add(shoulders, left, -SHOULDERS), rightArm, loose) },
    { name: 'left-leg', pieces: legOf(scaled(left, HIPS), leg, loose) },
    { name: 'right-leg', pieces: legOf(scaled(left, -HIPS), rightLeg, loose) },
  ];
  const floor = Math.min(...ballsOf(parts).map(({ at, radius }) => at[1] - radius));
  return movedBy(parts, [0, -floor, 0]);
}

export function ballsOf(parts: readonly Part[]): Ball[] {
  return parts.flatMap(({ pieces }) => pieces.flatMap(({ balls }) => balls));
}

export function mapped(parts: readonly Part[], move: (at: Vector) => Vector): Part[] {
  return parts.map((part) => ({
    ...part,
    pieces: part.pieces.map((piece) => ({
      ...piece,
      balls: piece.balls.map(({ at, radius }) => ({ at: move(at), radius })),
    })),
  }));
}

export function movedBy(parts: readonly Part[], by: Vector): Part[] {
  return mapped(parts, (at) => add(at, by));
}

function trunkOf(trunk: Vector, left: Vector, loose: boolean): Piece[] {
  const front = cross(left, trunk);
  const ball = (up: number, aside: number, ahead: number, radius: number): Ball => ({
    at: add(add(scaled(trunk, up), left, aside), front, ahead),
    radius: loose ? radius + 0.035 : radius,
  });
  const pair = (up: number, aside: number, radius: number) => [
    ball(up, aside, 0, radius),
    ball(up, -aside, 0, radius),
  ];
  const waist = pair(0.17, 0.055, 0.082);
  return [
    {
      tone: 'legs',
      balls: [...pair(0.01, 0.075, 0.095), ball(0.01, 0, -0.025, 0.1), ...waist],
      attached: true,
    },
    {
      tone: 'top',
      balls: [
        ...pair(SHOULDER_LINE, 0.135, 0.056),
        ball(TRUNK - 0.03, 0, -0.012, 0.06),
        ball(0.33, 0, 0.012, 0.105),
        ...waist,
      ],
    },
    ...(loose ? [{ tone: 'top', balls: [...waist, ...pair(-0.12, 0.13, 0.1)] } as const] : []),
  ];
}

function headOf(trunk: Vector, up: Vector, face: Vector): Piece[] {
  // The face looks at a right angle to the neck, whatever the pose says roughly.
  const ahead = unit(add(face, up, -dot(face, up)));
  // The neck bends above the shoulders, not at them.
  const neck = scaled(trunk, TRUNK + 0.03);
  const centre = add(neck, up, 0.135);
  const ball = (upward: number, forward: number, radius: number): Ball => ({
    at: add(add(centre, up, upward), ahead, forward),
    radius,
  });
  return [
    {
      tone: 'skin',
      balls: [
        { at: scaled(trunk, TRUNK - 0.02), radius: 0.052 },
        { at: neck, radius: 0.05 },
        ball(-0.06, 0, 0.05),
      ],
      attached: true,
    },
    { tone: 'hair', balls: [ball(0.026, -0.018, 0.09), ball(-0.03, -0.03, 0.066)] },
    { tone: 'skin', balls: [ball(0.012, 0.026, 0.074), ball(-0.066, 0.034, 0.044)] },
    { tone: 'skin', balls: [ball(0.004, 0.09, 0.01), ball(-0.02, 0.102, 0.011), ball(-0.029, 0.086, 0.013)] },
  ];
}

function armOf(shoulder: Vector, { upper, fore, hand = fore }: Arm, loose: boolean): Piece[] {
  const elbow = add(shoulder, unit(upper), UPPER_ARM);
  const wrist = add(elbow, unit(fore), FOREARM);
  const fingers = add(wrist, unit(hand), HAND);
  const sleeve = between(shoulder, elbow, 0.42);
  const wide = loose ? 0.045 : 0;
  return [
    { tone: 'skin', balls: balls([sleeve, 0.044], [elbow, 0.037]) },
    { tone: 'skin', balls: balls([elbow, 0.037], [wrist, 0.027]) },
    { tone: 'skin', balls: balls([wrist, 0.027], [between(wrist, fingers, 0.5), 0.036], [fingers, 0.022]) },
    { tone: 'top', balls: balls([shoulder, 0.06 + wide / 2], [sleeve, 0.05 + wide]), attached: true },
    ...(loose ? [{ tone: 'top', balls: balls([sleeve, 0.09], [elbow, 0.09]) } as const] : []),
  ];
}

function legOf(hip: Vector, { thigh, shin, foot }: Leg, loose: boolean): Piece[] {
  const knee = add(hip, unit(thigh), THIGH);
  const down = unit(shin);
  const ankle = add(knee, down, SHIN);
  const hem = between(knee, ankle, 0.62);
  const toes = unit(foot);
  // Square to the sole, away from the shin.
  const sole = unit(add(down, toes, -dot(down, toes)));
  const onSole = (ahead: number, below: number) => add(add(ankle, toes, ahead), sole, below);
  const upperThigh = between(hip, knee, 0.4);
  return [
    { tone: 'skin', balls: balls([between(knee, ankle, 0.5), 0.048], [ankle, 0.036]) },
    {
      tone: 'skin',
      balls: balls(
        [ankle, 0.036],
        [onSole(-0.045, 0.04), 0.034],
        [onSole(0.12, 0.052), 0.022],
        [onSole(0.17, 0.056), 0.018],
      ),
    },
    { tone: 'legs', balls: balls([hip, 0.094], [upperThigh, 0.083]), attached: true },
    { tone: 'legs', balls: balls([upperThigh, 0.083], [knee, loose ? 0.1 : 0.057]) },
    {
      tone: 'legs',
      balls: loose
        ? balls([knee, 0.1], [ankle, 0.105])
        : balls([knee, 0.057], [between(knee, ankle, 0.3), 0.058], [hem, 0.046]),
    },
  ];
}

function balls(...places: readonly (readonly [Vector, number])[]): Ball[] {
  return places.map(([at, radius]) => ({ at, radius }));
}
