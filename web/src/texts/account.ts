/** What the pages about accounts say. */

import type { AttemptState, Tier } from '../api/schema';

export const ACCOUNT = {
  signUp: 'Create your account',
  signUpLead: 'Free, and without a card. You can delete it at any time.',
  signIn: 'Sign in',
  signOut: 'Sign out',
  menu: 'Pages',
  tests: 'Tests',
  results: 'Results',
  report: 'Report',
  account: 'Account',
  email: 'E-mail address',
  password: 'Password',
  newPassword: 'New password',
  showPassword: (label: string) => `Show ${label.toLowerCase()}`,
  passwordHint:
    'At least 8 characters. Three or four words that have nothing to do with each other are good ones.',
  adult: 'I am 18 or older.',
  consent:
    'I have read and agree to this: Flow Logic is a wellness product and gives no medical advice. I stop when something hurts, and ask a doctor or physiotherapist when I am unsure.',
  haveAccount: 'Already have an account?',
  noAccount: 'No account yet?',
  forgot: 'Forgot your password?',

  checkMail: 'Check your mail',
  checkMailLead: (email: string) => `We have written to ${email}. Follow the link in the mail to go on.`,
  noMail: 'No mail after a few minutes? Look in your spam folder, or have it sent again.',
  sendAgain: 'Send it again',
  sentAgain: 'Sent. It can take a minute to arrive.',

  verifying: 'Confirming your address',
  verified: 'Your address is confirmed',
  verifiedLead: 'Everything is ready for your first test.',
  notVerified: 'Confirm your address to send videos',
  notVerifiedLead: (email: string) => `We have written to ${email}. Follow the link in the mail.`,

  forgotTitle: 'Choose another password',
  forgotLead: 'Tell us your address, and we send you a link.',
  sendLink: 'Send the link',
  linkSent: (email: string) => `If ${email} has an account, a mail with a link is on its way to it.`,
  resetTitle: 'Choose another password',
  resetLead: 'You will be signed out wherever you are signed in.',
  saveAndSignIn: 'Save the password',
  resetDone: 'Your password is changed',
  resetDoneLead: 'Sign in with it now.',

  changingEmail: 'Confirming your new address',
  emailChanged: 'Your address is changed',
  emailChangedLead: 'Use the new one from now on to sign in.',

  noToken: 'This link is not complete',
  noTokenLead: 'Open it from the mail once more, or copy the whole of it into the address bar.',
  goOn: 'Go on',
  backToStart: 'Back to the start',
  ended: 'You have been signed out. Sign in to go on where you were.',
  working: 'One moment …',
} as const;

/** The page about one's own account. */
export const OWN = {
  title: 'Your account',
  plan: 'Plan',
  since: 'Member since',
  timeZone: 'Time zone',
  timeZoneHint: 'Where your days and months begin. It can be changed only once in a while.',
  saveTimeZone: 'Save the time zone',
  timeZoneSaved: 'Saved.',

  sessions: 'Where you are signed in',
  thisDevice: 'this device',
  lastUsed: (when: string) => `last used ${when}`,
  endSession: (client: string) => `Sign out ${client}`,
  endOthers: 'Sign out everywhere else',

  changePassword: 'Change your password',
  currentPassword: 'Current password',
  savePassword: 'Change the password',
  passwordChanged: 'Your password is changed. Other devices are signed out.',

  // With a hyphen at which no line ends.
  changeEmail: 'Change your e\u2011mail address',
  newEmail: 'New e-mail address',
  saveEmail: 'Send a link to the new address',
  emailAsked: (email: string) => `We have written to ${email}. The address changes when you follow the link.`,

  export: 'Take your data with you',
  exportLead: 'Everything we have of you, as a zip with JSON and CSV files.',
  exportNow: 'Download',
  exportName: 'flow-logic.zip',

  remove: 'Delete your account',
  removeLead: 'Your account, results and drawings are deleted at once and cannot be brought back.',
  removeSure: 'Delete everything.',
  removeNow: 'Delete the account',
  removed: 'Your account is deleted.',
} as const;

/** The list of results. */
export const HISTORY = {
  title: 'Your results',
  none: 'No results yet. Film your first test: it takes about a minute.',
  more: 'Show older ones',
  back: 'All results',
  notScored: 'This one was not scored',
} as const;

/** Names of the tiers. */
export const TIERS: Readonly<Record<Tier, string>> = {
  free: 'Free',
  basic: 'Basic',
  pro: 'Pro',
  'pro-plus': 'Pro+',
};

/** What became of an attempt, in a few words. */
export const STATES: Readonly<Record<AttemptState, string>> = {
  created: 'waits for its video',
  uploaded: 'waits to be scored',
  scoring: 'is being scored',
  retrying: 'is being scored again',
  valid: 'scored',
  invalid: 'could not be scored',
  failed: 'failed on our side',
};

/** The page that everybody sees first. */
export const LANDING = {
  lead: 'Fifteen short movement tests, filmed with the camera you have. Flow Logic follows 33 points of your body, measures what they do, and tells you in plain words what stood out.',
  begin: 'Create a free account',
  stepsTitle: 'How it works',
  steps: [
    ['Film', 'Put your phone or laptop on a shelf. We show you where, and what to do.'],
    [
      'Measure',
      'The video is scored in seconds and then deleted. What stays are numbers and a drawn skeleton.',
    ],
    ['Understand', 'You see what was measured, how sure we are, and what is worth working on.'],
  ],
} as const;

export const NOT_FOUND = {
  title: 'There is no page here',
  lead: 'The address may have changed, or was not copied whole.',
} as const;

/** For developers. */
export const OUTBOX = {
  title: 'Outbox',
  lead: 'In development no mail is sent. Here is what would be, the newest first.',
  empty: 'No mail has been written yet.',
  to: (address: string) => `To ${address}`,
} as const;
