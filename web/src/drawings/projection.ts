/** From space to the picture: how a point and a body look from a direction, in parallel lines of sight. */

import type { Ball } from './body';
import { dot, type Vector } from './vector';

export type Spot = readonly [x: number, y: number];

export interface Look {
  /** Units of the drawing per metre. */
  readonly scale: number;
  readonly right: Vector;
  readonly up: Vector;
  readonly towards: Vector;
}

/**
 * From `aroundDeg` to the right of the line from the body to its camera (+z), `aboveDeg` above the floor. With 0 and 0 it is what
 * the camera sees: x to the right, y up.
 */
export function lookFrom(aroundDeg: number, aboveDeg: number, scale: number): Look {
  const [around, above] = [aroundDeg, aboveDeg].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
  ];
  const [sin, cos] = [Math.sin(around), Math.cos(around)];
  const [low, flat] = [Math.sin(above), Math.cos(above)];
  return {
    scale,
    right: [cos, 0, -sin],
    up: [-sin * low, flat, -cos * low],
    towards: [sin * flat, low, cos * flat],
  };
}

export function spotOf(at: Vector, { scale, right, up }: Look): Spot {
  return [dot(at, right) * scale, -dot(at, up) * scale];
}

/** Turns a pose's [ahead, up, left] to the camera: at 0 it faces it, at 90 it shows its right side. */
export function turned([ahead, up, left]: Vector, headingDeg: number): Vector {
  const heading = (headingDeg * Math.PI) / 180;
  const [sin, cos] = [Math.sin(heading), Math.cos(heading)];
  return [ahead * sin + left * cos, up, ahead * cos - left * sin];
}

/** How near balls are to who looks at them, metres: along the floor, for what is higher up hides nothing. */
export function nearness(balls: readonly Ball[], { towards: [x, , z] }: Look): number {
  return balls.reduce((sum, { at }) => sum + dot(at, [x, 0, z]), 0) / balls.length;
}

/** The outline of balls wrapped together, as a path. */
export function outlineOf(balls: readonly Ball[], look: Look): string {
  const points = balls.flatMap(({ at, radius }) => ringAround(spotOf(at, look), radius * look.scale));
  return closed(hullOf(points));
}

export function closed(points: readonly Spot[]): string {
  return `M${points.map((point) => point.map((value) => value.toFixed(1)).join(' ')).join('L')}Z`;
}

const RING = 20;

function ringAround([x, y]: Spot, radius: number): Spot[] {
  return Array.from({ length: RING }, (_, index) => {
    const angle = (2 * Math.PI * index) / RING;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** The convex hull, always in the same direction, so that overlapping pieces of one path add up (monotone chain). */
export function hullOf(points: readonly Spot[]): Spot[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...chain(sorted), ...chain(sorted.toReversed())];
}

function chain(points: readonly Spot[]): Spot[] {
  const kept: Spot[] = [];
  for (const point of points) {
    for (let end = kept.length; end > 1 && !turnsLeft(kept[end - 2], kept[end - 1], point); end--) kept.pop();
    kept.push(point);
  }
  return kept.slice(0, -1);
}

function turnsLeft(a: Spot | undefined, b: Spot | undefined, c: Spot): boolean {
  return (
    a !== undefined && b !== undefined && (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
  );
}
