/** One call of the API: who asks, what went wrong, what came back. */

import { noConnection, notUnderstood, problemFrom } from './problem';

/** Where calls get their access token from. */
export interface TokenSource {
  /** The token to send; undefined when nobody is signed in. `refused` is one that was not taken. */
  token(refused?: string): Promise<string | undefined>;
}

/**
 * Makes a call and gives its answer, if that is a success; else throws `ApiError`. With `tokens` it is made as whoever is
 * signed in, once more with a fresh token when the API no longer takes the first one.
 */
export async function call(path: string, init: RequestInit, tokens?: TokenSource): Promise<Response> {
  const response = await authorized(
    (token) => send(path, withToken(init, token)),
    ({ status }) => status === 401,
    tokens,
  );
  if (!response.ok)
    throw problemFrom(response.status, await bodyText(response), (name) => response.headers.get(name));
  return response;
}

/** Does something with a token, and once more with a fresh one when the first was refused. */
export async function authorized<T>(
  work: (token: string | undefined) => Promise<T>,
  isRefused: (outcome: T) => boolean,
  tokens?: TokenSource,
): Promise<T> {
  const token = await tokens?.token();
  const outcome = await work(token);
  if (token === undefined || !isRefused(outcome)) return outcome;
  const fresh = await tokens?.token(token);
  return fresh === undefined ? outcome : work(fresh);
}

/** Sends JSON. */
export function sending(
  method: 'POST' | 'PATCH',
  body: unknown,
  headers: Record<string, string> = {},
): RequestInit {
  return { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** The body of an answer, as JSON. */
export async function json(response: Response): Promise<unknown> {
  return parsed(await bodyText(response));
}

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw notUnderstood('not JSON');
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, headers: { accept: 'application/json', ...init.headers } });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw noConnection();
  }
}

function withToken(init: RequestInit, token: string | undefined): RequestInit {
  return token === undefined
    ? init
    : { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } };
}

async function bodyText(response: Response): Promise<string> {
  return response.text().catch(() => {
    throw noConnection();
  });
}
