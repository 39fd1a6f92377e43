/** What the tiers offer: the same for everybody, and asked for once a visit. */

import { notUnderstood } from './problem';
import type { TierOffer, TierOfferList } from './schema';
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
