/** Arithmetic with points and directions in space. */

export type Vector = readonly [x: number, y: number, z: number];

export function add([ax, ay, az]: Vector, [bx, by, bz]: Vector, times = 1): Vector {
  return [ax + bx * times, ay + by * times, az + bz * times];
}

export function dot([ax, ay, az]: Vector, [bx, by, bz]: Vector): number {
  return ax * bx + ay * by + az * bz;
}

export function cross([ax, ay, az]: Vector, [bx, by, bz]: Vector): Vector {
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}

/** The direction of `vector`, one long. */
export function unit(vector: Vector): Vector {
  return scaled(vector, 1 / Math.hypot(...vector));
}

export function scaled([x, y, z]: Vector, by: number): Vector {
  return [x * by, y * by, z * by];
}

export function between(from: Vector, to: Vector, share: number): Vector {
  return add(scaled(from, 1 - share), to, share);
}
