/** What a guide says of a test. */

import type { TestSlug } from '../../api/types';
import { type Preparation, setUpLines, viewLine } from './preparation';

/** A point of a drawing, in units of a 120 x 150 box: x to the right, y down. */
export type Point = readonly [x: number, y: number];

/** A line figure doing the test. */
export interface Figure {
  readonly head: Point;
  /** Limbs and trunk, each drawn as one bent line. */
  readonly limbs: readonly (readonly Point[])[];
  /** What the test looks at: angles as [from, corner, to], reaches and plumb lines as plain lines. */
  readonly angles: readonly (readonly [Point, Point, Point])[];
  readonly guides: readonly (readonly Point[])[];
}

export interface TestGuide {
  readonly slug: TestSlug;
  readonly name: string;
  /** What it tells, in one line. */
  readonly about: string;
  readonly preparation: Preparation;
  /** The views of the preparation, in words. */
  readonly view: string;
  /** How long the recording gets, in words. */
  readonly time: string;
  /** The preparation, in sentences. */
  readonly setUp: readonly string[];
  readonly steps: readonly string[];
  readonly figure: Figure;
}

/** A guide with the sentences that follow from its preparation. */
export function guideTo(guide: Omit<TestGuide, 'view' | 'setUp'>): TestGuide {
  const { preparation } = guide;
  return { ...guide, view: viewLine(preparation), setUp: setUpLines(preparation) };
}
