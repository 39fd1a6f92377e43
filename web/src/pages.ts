/**
 * The addresses of the client's pages, as patterns. The build writes them to `pages.json`, by which the server knows what
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
  outbox: '/dev/outbox',
} as const;
