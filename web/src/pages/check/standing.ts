/** What decides which tests somebody may film now: their tier, what the tiers have, what is left of the limits. */

import type { Limits, Tier, TierOffer } from '../../api/schema';
import { tierOffers } from '../../api/tiers';
import { account } from '../../session/browser';

export interface Standing {
  readonly tier: Tier;
  readonly offers: readonly TierOffer[];
  readonly limits: Limits;
}

/** Asks for it as it is now. */
export async function loadStanding(): Promise<Standing> {
  const [{ tier }, offers, limits] = await Promise.all([account.show(), tierOffers(), account.limits()]);
  return { tier, offers, limits };
}
