/** Calls of somebody who is signed in, about their own account. */

import { notUnderstood } from './problem';
import type {
  AccountDetails,
  AttemptList,
  DeleteRequest,
  EmailChangeRequest,
  Limits,
  PasswordRequest,
  Session,
  SessionList,
} from './schema';
import { call, json, sending, type TokenSource } from './transport';

/** The account of whoever `tokens` are of. */
export function accountApi(tokens: TokenSource) {
  return {
    async show(): Promise<AccountDetails> {
      return details(await json(await call('/api/account', {}, tokens)));
    },

    async changeTimeZone(timeZone: string): Promise<AccountDetails> {
      return details(await json(await call('/api/account', sending('PATCH', { timeZone }), tokens)));
    },

    async changePassword(wanted: PasswordRequest): Promise<void> {
      await call('/api/account/password', sending('POST', wanted), tokens);
    },

    /** Asks for another address; a mail to it follows. */
    async changeEmail(wanted: EmailChangeRequest): Promise<void> {
      await call('/api/account/email', sending('POST', wanted), tokens);
    },

    /** Everything there is of the account, as a zip. */
    async exported(): Promise<Blob> {
      return (await call('/api/account/export', { headers: { accept: 'application/zip' } }, tokens)).blob();
    },

    /** Deletes the account with everything of it. */
    async remove(wanted: DeleteRequest): Promise<void> {
      await call('/api/account/delete', sending('POST', wanted), tokens);
    },

    async sessions(): Promise<readonly Session[]> {
      const found: Session[] = [];
      let cursor: string | undefined;
      do {
        const page = await list<SessionList>('/api/auth/sessions', cursor, tokens);
        found.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return found;
    },

    async endSession(id: string): Promise<void> {
      await call(`/api/auth/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }, tokens);
    },

    async endOtherSessions(): Promise<void> {
      await call('/api/auth/sessions', { method: 'DELETE' }, tokens);
    },

    /** What may still be sent. */
    async limits(): Promise<Limits> {
      const limits = (await json(await call('/api/limits/status', {}, tokens))) as Partial<Limits> | null;
      if (limits?.remainingPerTest === undefined) throw notUnderstood('limits without tests');
      return limits as Limits;
    },

    /** A page of the attempts, the newest first. */
    attempts(cursor?: string): Promise<AttemptList> {
      return list<AttemptList>('/api/attempts', cursor, tokens);
    },
  };
}

async function list<T extends { readonly items: readonly unknown[] }>(
  path: string,
  cursor: string | undefined,
  tokens: TokenSource,
): Promise<T> {
  const query = cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`;
  const page = (await json(await call(`${path}${query}`, {}, tokens))) as Partial<T> | null;
  if (!Array.isArray(page?.items)) throw notUnderstood('a list without items');
  return page as T;
}

function details(value: unknown): AccountDetails {
  const account = value as Partial<AccountDetails> | null;
  if (typeof account?.id !== 'string' || typeof account.email !== 'string')
    throw notUnderstood('an account without id or address');
  return account as AccountDetails;
}
