import { expect, test } from 'vitest';
import { limitsOf, OFFERS } from '../../mock/tiers';
import type { Limits } from '../api/schema';
import { availabilityOf, obstacleIn } from './availability';

const LIMITS = limitsOf('free');
const LATER = '2026-11-03T23:00:00.000Z';

test.each<[string, Partial<Limits>, object]>([
  ['is open with what is left of the day', {}, { name: 'open', left: 2, completed: true }],
  [
    'is open without a count where nothing is counted',
    { enforced: false },
    { name: 'open', left: undefined },
  ],
  [
    'is told without what is left while somebody is banned',
    {
      banned: true,
      remainingPerTest: { 'overhead-squat': { limit: 3, used: 3, remaining: 0, resetsAt: LATER } },
    },
    { name: 'open', left: undefined },
  ],
  [
    'is used up when its videos of the day are sent',
    { remainingPerTest: { 'overhead-squat': { limit: 3, used: 3, remaining: 0, resetsAt: LATER } } },
    { name: 'used-up', again: LATER },
  ],
  [
    'waits for the next month when that is full',
    { completedThisMonth: [], remainingTestsThisMonth: { limit: 3, used: 3, remaining: 0, resetsAt: LATER } },
    { name: 'month-full', again: LATER },
  ],
  [
    'may be repeated in a month that is full',
    { remainingTestsThisMonth: { limit: 3, used: 3, remaining: 0, resetsAt: LATER } },
    { name: 'open', completed: true },
  ],
])('a test of the tier %s', (_name, changes, expected) => {
  const found = availabilityOf('overhead-squat', 'free', OFFERS, { ...LIMITS, ...changes });
  expect(found).toMatchObject(expected);
});

test.each([
  ['plank', 'free', 'pro'],
  ['plank', 'basic', 'pro'],
  ['clamshell', 'free', 'pro-plus'],
  ['clamshell', 'pro', 'pro-plus'],
] as const)('%s is locked in %s and comes with %s', (slug, tier, unlockedBy) => {
  expect(availabilityOf(slug, tier, OFFERS, LIMITS)).toMatchObject({
    name: 'locked',
    offer: { tier: unlockedBy },
  });
});

test.each<[string, Partial<Limits>, string | undefined]>([
  ['nothing', {}, undefined],
  ['the hour', { remainingThisHour: { limit: 5, used: 5, remaining: 0, resetsAt: LATER } }, 'hour'],
  ['the day', { remainingToday: { limit: 9, used: 9, remaining: 0, resetsAt: LATER } }, 'day'],
  ['a blocked address', { addressBlockedUntil: LATER }, 'address'],
  [
    'a ban before all else',
    { banned: true, banEndsAt: LATER, remainingToday: { limit: 9, used: 10, remaining: 0 } },
    'banned',
  ],
  ['nothing where nothing is counted', { banned: true, enforced: false }, undefined],
])('what stands in the way of any video: %s', (_name, changes, expected) => {
  expect(obstacleIn({ ...LIMITS, ...changes })?.name).toBe(expected);
});
