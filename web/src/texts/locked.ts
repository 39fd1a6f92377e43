/** What is said where a tier does not include something. */

export const LOCKED = {
  partOf: (tier: string) => `It is part of ${tier}.`,
  see: (tier: string) => `See what ${tier} includes`,
  tests: 'Go on with your tests',
  kept: 'Your results are kept. Everything you have measured is in it from the first day.',
} as const;
