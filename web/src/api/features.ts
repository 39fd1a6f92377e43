/** Which tier has what, so that nobody is sent for what they cannot have: the server decides, this only mirrors it. */

import type { Problem, Tier } from './schema';

export type Feature = NonNullable<Problem['feature']>;

const CHEAPEST_FIRST: readonly Tier[] = ['free', 'basic', 'pro', 'pro-plus'];

const SINCE: Readonly<Record<Feature, Tier>> = {
  'extended-results': 'pro',
  report: 'pro',
  'pose-accuracy': 'pro-plus',
};

/** The cheapest tier that has a feature. */
export function tierWith(feature: Feature): Tier {
  return SINCE[feature];
}

export function hasFeature(tier: Tier, feature: Feature): boolean {
  return CHEAPEST_FIRST.indexOf(tier) >= CHEAPEST_FIRST.indexOf(SINCE[feature]);
}
