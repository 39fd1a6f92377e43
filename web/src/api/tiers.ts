/** What the tiers offer: the same for everybody, and asked for once a visit. */

import { notUnderstood } from './problem';
import type { Tier, TierOffer, TierOfferList } from './schema';
import { call, json } from './transport';

let asked: Promise<readonly TierOffer[]> | undefined;

/** All tiers, cheapest first. */
export function tierOffers(): Promise<readonly TierOffer[]> {
  asked ??= ask().catch((error: unknown) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

async function ask(): Promise<readonly TierOffer[]> {
  const list = (await json(await call('/api/tiers', {}))) as Partial<TierOfferList> | null;
  if (!Array.isArray(list?.items)) throw notUnderstood('a list of tiers without items');
  return list.items;
}

/**
 * The cheapest tier that has a feature, where `tier` lacks it. Where it is not known what a tier has it lacks nothing: the server
 * decides.
 */
export function lackedUntil(
  offers: readonly TierOffer[],
  tier: Tier,
  feature: TierOffer['features'][number],
): Tier | undefined {
  const own = offers.find((offer) => offer.tier === tier);
  if (own === undefined || own.features.includes(feature)) return undefined;
  return offers.find(({ features }) => features.includes(feature))?.tier;
}
