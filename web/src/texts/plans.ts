/** What is said of tiers, prices and limits. */

import type { TierOffer } from '../api/schema';
import type { Availability, Obstacle } from '../attempt/availability';
import { dayAndTime } from './format';

export const PLANS = {
  title: 'Plans',
  lead: 'Every plan measures the same way, with the same care. What changes is how many tests there are, and how much you see of each.',
  landingTitle: 'Start free, add tests when you want more',
  all: 'Compare the plans',
  perMonth: 'a month',
  tests: (names: readonly string[], more: boolean) =>
    `${names.length} ${more ? 'more tests' : 'tests'}: ${names.join(', ')}`,
  everythingIn: (title: string) => `Everything in ${title}, and:`,
  videos: (day: number, each: number) => `Up to ${day} videos a day, ${each} of each test`,
  month: (count: number) => `${count} different tests a calendar month`,
  processing: (seconds: number) => `Up to ${seconds} seconds of scoring for a video`,
  yours: 'Your plan',
  begin: 'Start with Free',
  paying:
    'Paid plans cannot be bought yet. Until they can, you stay in your plan, and everything you make is kept.',
  back: 'Back to the tests',
} as const;

/** What a feature gives, as a line of a list. */
export const FEATURES: Readonly<Record<TierOffer['features'][number], string>> = {
  'extended-results': 'What is typical for each measure, and every repetition on its own',
  report: 'A report to read and print: limitations by priority, phases, progress',
  'pose-accuracy': 'Pose accuracy: in how many frames your body was read plausibly',
};

export const LEFT = {
  title: 'What is left',
  today: (left: number, of: number) => `${left} of ${of} videos today`,
  hour: (left: number, of: number) => `${left} of ${of} this hour`,
  month: (left: number, of: number) => `${left} of ${of} different tests this month`,
  ofTest: (left: number) => (left === 1 ? 'One video left today' : `${left} videos left today`),
  completed: 'Completed this month',
  usedUp: (again: string | undefined) =>
    again === undefined ? 'No video left today' : `No video left today. More from ${dayAndTime(again)}`,
  monthFull: (again: string | undefined) =>
    again === undefined
      ? 'Your month is full. More next month'
      : `Your month is full. More from ${dayAndTime(again)}`,
  partOf: (title: string) => `This test is part of ${title}.`,
  locked: (count: number, title: string, cost: string) =>
    `${count} more tests with ${title}, ${cost} a month`,
  unlock: (title: string) => `See all that ${title} has`,
} as const;

/** Why no video of a test is taken now; undefined where one is. */
export function shutText(availability: Availability): string | undefined {
  switch (availability.name) {
    case 'open':
      return undefined;
    case 'used-up':
      return LEFT.usedUp(availability.again);
    case 'month-full':
      return LEFT.monthFull(availability.again);
    case 'locked':
      return LEFT.partOf(availability.offer.title);
  }
}

/** Why no video of a test is to be chosen now; undefined where one may be. An hour that is full passes while somebody records. */
export function noVideoText(availability: Availability, obstacle: Obstacle | undefined): string | undefined {
  if (obstacle !== undefined && obstacle.name !== 'hour') return obstacleText(obstacle);
  return shutText(availability);
}

/** Why no video is taken now, and until when. */
export function obstacleText(obstacle: Obstacle): string {
  const { name, until } = obstacle;
  const when = until === undefined ? undefined : dayAndTime(until);
  switch (name) {
    case 'banned':
      return when === undefined
        ? 'Far more was sent from this account than is allowed, so it is closed for new videos. Your results stay.'
        : `More was sent from this account than is allowed. New videos are taken from ${when}. Your results stay.`;
    case 'address':
      return `Many videos came from your internet connection. New ones are taken from ${when}.`;
    case 'day':
      return when === undefined
        ? 'You have sent all videos of the day.'
        : `You have sent all videos of the day. You can send more from ${when}.`;
    case 'hour':
      return when === undefined
        ? 'You have sent all videos of the hour. Take a break.'
        : `You have sent all videos of the hour. You can send more from ${when}; record in the meantime if you like.`;
  }
}

/** An amount of money as people read it. */
export function price({ unitAmount, currency }: TierOffer['monthlyPrice']): string {
  const whole = unitAmount % 100 === 0;
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    ...(whole && { minimumFractionDigits: 0 }),
  }).format(unitAmount / 100);
}
