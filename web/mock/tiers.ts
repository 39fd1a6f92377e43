/** What the development server says of tiers and limits. */

import type { Allowance, Limits, Tier, TierOffer } from '../src/api/schema.ts';
import type { TestSlug } from '../src/api/types.ts';

const FREE: readonly TestSlug[] = ['overhead-squat', 'y-balance', 'single-leg-balance'];
const PRO: readonly TestSlug[] = [...FREE, 'ankle-mobility', 'shoulder-flexion', 'plank', 'dead-bug'];
const ALL: readonly TestSlug[] = [
  ...PRO,
  'hip-shoulder-90-90',
  'lateral-lunge',
  'wall-slide',
  'glute-bridge',
  'bird-dog',
  'clamshell',
  'neck-flexion-extension',
  'chin-tuck',
];

export const OFFERS: readonly TierOffer[] = [
  offer('free', 'Free', 0, FREE, 15, []),
  offer('basic', 'Basic', 499, FREE, 20, []),
  offer('pro', 'Pro', 999, PRO, 20, ['extended-results', 'report']),
  offer('pro-plus', 'Pro+', 1999, ALL, 30, ['extended-results', 'report', 'pose-accuracy']),
];

function offer(
  tier: TierOffer['tier'],
  title: string,
  unitAmount: number,
  tests: readonly TestSlug[],
  processingSeconds: number,
  features: TierOffer['features'],
): TierOffer {
  const videosPerDay = 3 * tests.length;
  const monthlyPrice = { unitAmount, currency: 'usd' };
  const counts = { testsPerMonth: tests.length, videosPerDay, videosPerTestAndDay: 3 };
  return { tier, title, monthlyPrice, tests, processingSeconds, features, ...counts };
}

const TOMORROW = '2026-11-02T23:00:00.000Z';

/** Somebody who has filmed the overhead squat today. */
export function limitsOf(tier: Tier): Limits {
  const { tests = FREE } = OFFERS.find((offer) => offer.tier === tier) ?? {};
  const perTest = tests.map((test) => [test, left(3, test === 'overhead-squat' ? 1 : 0)] as const);
  return {
    banned: false,
    throttled: false,
    enforced: true,
    remainingToday: { ...left(3 * tests.length, 1), resetsAt: TOMORROW },
    remainingThisHour: { ...left(5, 1), resetsAt: '2026-11-02T18:05:00.000Z' },
    remainingPerTest: Object.fromEntries(perTest),
    remainingTestsThisMonth: { ...left(tests.length, 1), resetsAt: '2026-11-30T23:00:00.000Z' },
    completedThisMonth: ['overhead-squat'],
  };
}

function left(limit: number, used: number): Allowance {
  return { limit, used, remaining: limit - used };
}
