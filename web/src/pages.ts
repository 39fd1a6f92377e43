import type { TestId } from './api/schema';

/**
 * The addresses of the client's pages, as patterns: a part that begins with `:` stands for any. The build writes them to `pages.json`, by which the server knows what
 * is a page and what does not exist.
 */

export const PAGES = {
  start: '/',
  signUp: '/sign-up',
  signIn: '/sign-in',
  verifyEmail: '/verify-email',
  changeEmail: '/change-email',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  tests: '/tests',
  results: '/results',
  result: '/results/:id',
  report: '/report',
  account: '/account',
  plans: '/plans',
  outbox: '/dev/outbox',
} as const;

/** Which test the page of the tests opens at. */
export const TEST_PARAMETER = 'test';

/** The address of the tests, opened at one of them. */
export function testPage(test: TestId): string {
  return `${PAGES.tests}?${TEST_PARAMETER}=${encodeURIComponent(test)}`;
}

/** The address of the tests, at an attempt: where it goes on, if it does. */
export function attemptPage(id: string): string {
  return `${PAGES.tests}#attempt=${encodeURIComponent(id)}`;
}

/** The address of a result. */
export function resultPage(id: string): string {
  return PAGES.result.replace(':id', encodeURIComponent(id));
}
