/** The tests a person can choose, in the order they are offered. */

import { ANKLE_MOBILITY } from './guides/ankleMobility';
import { BIRD_DOG } from './guides/birdDog';
import { CHIN_TUCK } from './guides/chinTuck';
import { CLAMSHELL } from './guides/clamshell';
import { DEAD_BUG } from './guides/deadBug';
import { GLUTE_BRIDGE } from './guides/gluteBridge';
import type { TestGuide } from './guides/guide';
import { HIP_SHOULDER } from './guides/hipShoulder';
import { LATERAL_LUNGE } from './guides/lateralLunge';
import { NECK_FLEXION_EXTENSION } from './guides/neckFlexionExtension';
import { OVERHEAD_SQUAT } from './guides/overheadSquat';
import { PLANK } from './guides/plank';
import { SHOULDER_FLEXION } from './guides/shoulderFlexion';
import { SINGLE_LEG_BALANCE } from './guides/singleLegBalance';
import { WALL_SLIDE } from './guides/wallSlide';
import { Y_BALANCE } from './guides/yBalance';

export const TESTS: readonly TestGuide[] = [
  OVERHEAD_SQUAT,
  Y_BALANCE,
  SINGLE_LEG_BALANCE,
  HIP_SHOULDER,
  ANKLE_MOBILITY,
  LATERAL_LUNGE,
  SHOULDER_FLEXION,
  WALL_SLIDE,
  PLANK,
  DEAD_BUG,
  GLUTE_BRIDGE,
  BIRD_DOG,
  CLAMSHELL,
  NECK_FLEXION_EXTENSION,
  CHIN_TUCK,
];

export function guideOf(slug: string): TestGuide | undefined {
  return TESTS.find((test) => test.slug === slug);
}
