/** Calls about accounts that nobody has to be signed in for. */

import { ApiError, notUnderstood } from './problem';
import type {
  LoginRequest,
  OutboxMail,
  OutboxMailList,
  RegisterRequest,
  ResetRequest,
  SignedIn,
} from './schema';
import { call, json, sending } from './transport';

export const accounts = {
  /** Asks for an account; a mail follows. */
  async register(wanted: RegisterRequest): Promise<void> {
    await call('/api/auth/register', sending('POST', wanted));
  },

  /** Confirms an address with the token of a mail. */
  async verifyEmail(token: string): Promise<void> {
    await call('/api/auth/verify', sending('POST', { token }));
  },

  /** Asks for the mail that confirms an address once more. */
  async resendVerification(email: string): Promise<void> {
    await call('/api/auth/verify/resend', sending('POST', { email }));
  },

  async signIn(credentials: LoginRequest): Promise<SignedIn> {
    return signedInFrom(await json(await call('/api/auth/login', sending('POST', credentials))));
  },

  /** Turns the cookie into an access token; undefined when there is no session any more. */
  async refresh(): Promise<SignedIn | undefined> {
    try {
      return signedInFrom(await json(await call('/api/auth/refresh', { method: 'POST' })));
    } catch (error) {
      if (error instanceof ApiError && error.problem.status === 401) return undefined;
      throw error;
    }
  },

  /** Ends the session of this browser. */
  async signOut(): Promise<void> {
    await call('/api/auth/logout', { method: 'POST' });
  },

  /** Asks for a mail with a link to choose another password. */
  async forgotPassword(email: string): Promise<void> {
    await call('/api/auth/forgot', sending('POST', { email }));
  },

  async resetPassword(wanted: ResetRequest): Promise<void> {
    await call('/api/auth/reset', sending('POST', wanted));
  },

  /** Confirms the address that an account changes to, with the token of a mail. */
  async changeEmail(token: string): Promise<void> {
    await call('/api/auth/change-email', sending('POST', { token }));
  },

  /** The mails that would be sent, in development; elsewhere a problem with the status 404. */
  async outbox(): Promise<readonly OutboxMail[]> {
    const list = (await json(await call('/api/dev/outbox', {}))) as Partial<OutboxMailList> | null;
    if (!Array.isArray(list?.items)) throw notUnderstood('an outbox without mails');
    return list.items;
  },
};

function signedInFrom(value: unknown): SignedIn {
  const answer = value as Partial<SignedIn> | null;
  if (typeof answer?.accessToken !== 'string' || typeof answer.expiresIn !== 'number' || !answer.account)
    throw notUnderstood('a sign-in without token or account');
  return answer as SignedIn;
}
