/**
 * Who is signed in. The access token lives in memory only; what lasts is a cookie that no script can read, which
 * `POST /api/auth/refresh` turns into the next access token. Tabs take turns at that and tell each other of sign-in
 * and sign-out.
 */

import type { Account, SignedIn } from '../api/schema';

export type SessionState =
  /** Nobody has looked yet whether the cookie is still good. */
  | { readonly name: 'opening' }
  | { readonly name: 'signed-out' }
  | { readonly name: 'signed-in'; readonly account: Account };

/** What a session needs of the browser and of the API; tests bring their own. */
export interface SessionSurroundings {
  /** Turns the cookie into an access token; undefined when there is no session any more. */
  refresh(): Promise<SignedIn | undefined>;
  /** Whether somebody signed in on this device: who never did is spared a call at every visit. */
  readonly hint: { get(): boolean; set(signedIn: boolean): void };
  /** Runs work of all tabs one after the other. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Tells other tabs, and listens to them. */
  tell(news: SessionNews): void;
  listen(hear: (news: SessionNews) => void): void;
  /** Milliseconds of a clock. */
  now(): number;
}

export type SessionNews = 'signed-in' | 'signed-out';

interface Token {
  readonly text: string;
  /** On the clock of the surroundings. */
  readonly goodUntil: number;
}

/** A token is renewed so long before its end that a call on a slow line still arrives in time. */
const MARGIN_MILLISECONDS = 30_000;

export class Session {
  #state: SessionState = { name: 'opening' };
  #token: Token | undefined;
  #refreshing: Promise<void> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #around: SessionSurroundings;

  constructor(around: SessionSurroundings) {
    this.#around = around;
    around.listen((news) => {
      if (news === 'signed-out') this.#become({ name: 'signed-out' }, undefined);
      // Without a connection this tab stays as it is; its next call looks again.
      else if (this.#state.name !== 'signed-in') this.open().catch(() => undefined);
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Calls `listener` after every change until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Picks up the session of an earlier visit, if there is one. A lost connection leaves it as it was. */
  async open(): Promise<void> {
    if (!this.#around.hint.get()) {
      this.#become({ name: 'signed-out' }, undefined);
      return;
    }
    await this.renew();
  }

  /** Somebody has signed in. */
  signIn(answer: SignedIn): void {
    this.#take(answer);
    this.#around.tell('signed-in');
  }

  /** The session is over: here, and in the other tabs. */
  signOut(): void {
    this.#forget();
    this.#around.tell('signed-out');
  }

  /** The token to send; undefined when nobody is signed in. `refused` is one that the API no longer takes. */
  async token(refused?: string): Promise<string | undefined> {
    if (this.#state.name === 'signed-out') return undefined;
    const token = this.#token;
    const good =
      token !== undefined &&
      token.text !== refused &&
      this.#around.now() < token.goodUntil - MARGIN_MILLISECONDS;
    if (!good) await this.renew();
    return this.#token?.text;
  }

  /** Asks for the next token and for the account as it is now; once at a time, whoever asks for it. */
  renew(): Promise<void> {
    this.#refreshing ??= this.#around
      .inTurn(() => this.#around.refresh())
      .then((answer) => (answer === undefined ? this.#forget() : this.#take(answer)))
      .finally(() => {
        this.#refreshing = undefined;
      });
    return this.#refreshing;
  }

  #take(answer: SignedIn): void {
    this.#around.hint.set(true);
    const goodUntil = this.#around.now() + answer.expiresIn * 1000;
    this.#become({ name: 'signed-in', account: answer.account }, { text: answer.accessToken, goodUntil });
  }

  #forget(): void {
    this.#around.hint.set(false);
    this.#become({ name: 'signed-out' }, undefined);
  }

  #become(state: SessionState, token: Token | undefined): void {
    this.#token = token;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
