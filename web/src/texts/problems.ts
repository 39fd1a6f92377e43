/** What to tell a person when a call to the API ends with a problem: what happened and what to do now. */

import { BUG, NO_CONNECTION, NOT_UNDERSTOOD, type Problem } from '../api/problem';

export interface Advice {
  readonly title: string;
  readonly whatToDo: string;
}

const BY_TYPE: Readonly<Record<string, Advice>> = {
  [NO_CONNECTION]: {
    title: 'The connection was lost',
    whatToDo: 'Check your internet connection, then try again. Nothing is lost: we pick up where it stopped.',
  },
  [NOT_UNDERSTOOD]: {
    title: 'We got an answer we did not expect',
    whatToDo: 'Reload the page to get the current version, then try again.',
  },
  [BUG]: {
    title: 'Something broke in this page',
    whatToDo: 'That is a fault of ours. Load the page again, then try once more.',
  },
  // Kinds whose detail is written for developers; the others are told in the server's own words.
  '/problems/sign-in-required': { title: 'You are not signed in', whatToDo: 'Sign in and try again.' },
  '/problems/session-ended': { title: 'You have been signed out', whatToDo: 'Sign in and try again.' },
  '/problems/wrong-credentials': {
    title: 'Address and password do not match',
    whatToDo: 'Check both, or choose another password by mail.',
  },
  '/problems/token-invalid': {
    title: 'This link does not work any more',
    whatToDo: 'Links are good once and for a limited time. Ask for a new one.',
  },
  '/problems/broken-body': {
    title: 'The upload broke off',
    whatToDo: 'Try again: the video is sent once more.',
  },
  '/problems/length-mismatch': {
    title: 'The upload broke off',
    whatToDo: 'Try again: the video is sent once more.',
  },
  '/problems/hash-mismatch': {
    title: 'The video was damaged on its way',
    whatToDo: 'Try again: it is sent once more.',
  },
  '/problems/idempotency-key-reused': {
    title: 'That did not fit together',
    whatToDo: 'Start over with your video.',
  },
  '/problems/has-video': {
    title: 'This attempt has its video already',
    whatToDo: 'Start over to send another one.',
  },
  '/problems/no-video': { title: 'Your video has not arrived', whatToDo: 'Start over and choose it again.' },
  '/problems/media-type': {
    title: 'We cannot read this kind of video',
    whatToDo: 'Start over: record here, or choose a video as MP4, MOV or WebM.',
  },
  '/problems/not-a-video': {
    title: 'This file is not a video that we can read',
    whatToDo:
      'Start over: record here, or choose a video as MP4, MOV or WebM. The one you sent counts as one of today’s videos.',
  },
  '/problems/busy': { title: 'We are busy right now', whatToDo: 'Your video is kept.' },
};

/** What is wrong with a value, by the field that it stands in; the server's detail is for developers. */
const INVALID_VALUE = '/problems/invalid-value';
const ADDRESS: Advice = {
  title: 'Check the e-mail address',
  whatToDo: 'This e-mail address cannot be used. Check it for typing errors.',
};
const BY_FIELD: Readonly<Record<string, Advice>> = { email: ADDRESS, newEmail: ADDRESS };

const BY_STATUS: Readonly<Record<number, Advice>> = {
  400: { title: 'This cannot be done right now', whatToDo: 'Check what you sent and try again.' },
  401: { title: 'You are not signed in', whatToDo: 'Sign in and try again. Your video is still here.' },
  402: { title: 'A payment is due', whatToDo: 'Check your subscription, then try again.' },
  403: {
    title: 'This is not open to you yet',
    whatToDo: 'Choose another test, or look at what your plan includes.',
  },
  404: {
    title: 'We could not find that',
    whatToDo: 'It may have been removed. Start again with a new video.',
  },
  405: { title: 'This address cannot do that', whatToDo: 'Reload the page and try again.' },
  408: { title: 'That took too long', whatToDo: 'Try again, with a better connection if you can.' },
  409: { title: 'This is already being done', whatToDo: 'Wait a moment, then try again.' },
  410: { title: 'This is gone', whatToDo: 'Start again with a new video.' },
  411: { title: 'The video arrived without its size', whatToDo: 'Try again, or choose another file.' },
  412: { title: 'This has changed in the meantime', whatToDo: 'Reload the page and try again.' },
  413: {
    title: 'The video is too large',
    whatToDo: 'Record at 720p or less and at most 45 seconds: 50 MB is the limit.',
  },
  415: {
    title: 'We cannot read this kind of video',
    whatToDo: 'Record with your camera app as MP4, MOV or WebM and send that.',
  },
  422: { title: 'We cannot use this', whatToDo: 'Choose another video and try again.' },
  425: { title: 'That came too early', whatToDo: 'Wait a moment, then try again.' },
  428: { title: 'Something was missing', whatToDo: 'Reload the page and try again.' },
  429: { title: 'That is enough for now', whatToDo: 'You have reached a limit. Try again later.' },
  431: {
    title: 'Your browser sent too much',
    whatToDo: 'Clear this site’s data in your browser, then try again.',
  },
  500: {
    title: 'Something broke on our side',
    whatToDo: 'It did not cost you an attempt. Try again in a moment.',
  },
  501: { title: 'This is not ready yet', whatToDo: 'Try another test for now.' },
  502: { title: 'We cannot be reached right now', whatToDo: 'Try again in a moment.' },
  503: { title: 'We are busy right now', whatToDo: 'Your place is kept. Try again in a moment.' },
  504: { title: 'That took too long on our side', whatToDo: 'Try again in a moment.' },
  507: { title: 'We are out of room right now', whatToDo: 'Try again later.' },
};

const REST: Advice = {
  title: 'Something went wrong',
  whatToDo: 'Try again. If it happens again, tell us the reference below.',
};

/** Our own words for the kinds we know; the server's detail for the others, because it knows more. */
export function adviceFor(problem: Problem): Advice {
  const known = BY_TYPE[problem.type] ?? adviceOnField(problem);
  const general = BY_STATUS[problem.status] ?? BY_STATUS[classOf(problem.status)] ?? REST;
  const { title, whatToDo } = known ?? {
    title: general.title,
    whatToDo: sentence(problem.detail ?? general.whatToDo),
  };
  const wait =
    problem.retryAfterSeconds === undefined ? '' : ` Try again in ${inWords(problem.retryAfterSeconds)}.`;
  return { title, whatToDo: whatToDo + wait };
}

function adviceOnField({ type, field }: Problem): Advice | undefined {
  return type === INVALID_VALUE && field !== undefined ? BY_FIELD[field] : undefined;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A status that is not in the table means what the general status of its class means (RFC 9110, section 15). */
function classOf(status: number): number {
  return Math.floor(status / 100) * 100;
}

export function inWords(seconds: number): string {
  if (seconds < 90) return plural(Math.max(1, Math.round(seconds)), 'second');
  if (seconds < 90 * 60) return plural(Math.round(seconds / 60), 'minute');
  return plural(Math.round(seconds / 3600), 'hour');
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
