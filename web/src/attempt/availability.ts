/** Which tests somebody may film now, what of the limits is left for each, and what is in the way (the server decides). */

import type { Allowance, Limits, Tier, TierOffer } from '../api/schema';
import type { TestSlug } from '../api/types';

export type Availability =
  /** `left` is how many videos of it are left today; undefined where nothing is counted, or nothing is taken at all. */
  | { readonly name: 'open'; readonly left: number | undefined; readonly completed: boolean }
  /** All videos of the day are sent. */
  | { readonly name: 'used-up'; readonly again: string | undefined }
  /** As many different tests as the tier has are completed, and this is another one. */
  | { readonly name: 'month-full'; readonly again: string | undefined }
  /** The cheapest tier that has it. */
  | { readonly name: 'locked'; readonly offer: TierOffer };

/** What stands in the way of any video. */
export type Obstacle =
  | { readonly name: 'banned'; readonly until: string | undefined }
  | { readonly name: 'address'; readonly until: string }
  | { readonly name: 'day' | 'hour'; readonly until: string | undefined };

/** What somebody of `tier` may do with a test. */
export function availabilityOf(
  test: TestSlug,
  tier: Tier,
  offers: readonly TierOffer[],
  limits: Limits,
): Availability {
  const own = offers.find((offer) => offer.tier === tier);
  const cheapest = offers.find((offer) => offer.tests.includes(test));
  if (own !== undefined && !own.tests.includes(test) && cheapest !== undefined)
    return { name: 'locked', offer: cheapest };
  const completed = limits.completedThisMonth.includes(test);
  if (!limits.enforced || limits.banned) return { name: 'open', left: undefined, completed };
  const day = limits.remainingPerTest[test];
  if (day?.remaining === 0) return { name: 'used-up', again: day.resetsAt };
  const month = limits.remainingTestsThisMonth;
  if (month.remaining === 0 && !completed) return { name: 'month-full', again: month.resetsAt };
  return { name: 'open', left: day?.remaining, completed };
}

export function obstacleIn(limits: Limits): Obstacle | undefined {
  if (!limits.enforced) return undefined;
  if (limits.banned) return { name: 'banned', until: limits.banEndsAt };
  if (limits.addressBlockedUntil !== undefined) return { name: 'address', until: limits.addressBlockedUntil };
  if (isUsedUp(limits.remainingToday)) return { name: 'day', until: limits.remainingToday.resetsAt };
  if (isUsedUp(limits.remainingThisHour)) return { name: 'hour', until: limits.remainingThisHour.resetsAt };
  return undefined;
}

function isUsedUp({ remaining }: Allowance): boolean {
  return remaining === 0;
}
