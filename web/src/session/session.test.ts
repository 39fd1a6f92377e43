import { expect, test, vi } from 'vitest';
import type { Account, SignedIn } from '../api/schema';
import { Session, type SessionNews, type SessionSurroundings } from './session';

const ACCOUNT: Account = {
  id: '0193e7b0-1c5a-7000-8000-0123456789ab',
  email: 'ann@example.org',
  emailVerified: true,
  tier: 'free',
  timeZone: 'Europe/Berlin',
};

/** A browser in which somebody signed in, or did not, and an API that gives tokens `1`, `2`, ... */
function browser({ hint = true, over = false } = {}) {
  let given = 0;
  let hears: (news: SessionNews) => void = () => undefined;
  const told: SessionNews[] = [];
  const state = { clock: 0, hint, over };
  const refresh = vi.fn(async () => {
    given += 1;
    return state.over ? undefined : answer(String(given));
  });
  const around: SessionSurroundings = {
    refresh,
    hint: {
      get: () => state.hint,
      set: (signedIn) => {
        state.hint = signedIn;
      },
    },
    inTurn: (work) => work(),
    tell: (news) => told.push(news),
    listen: (hear) => {
      hears = hear;
    },
    now: () => state.clock,
  };
  return { session: new Session(around), state, refresh, told, hear: (news: SessionNews) => hears(news) };
}

function answer(accessToken: string): SignedIn {
  return { accessToken, account: ACCOUNT, expiresIn: 900, tokenType: 'Bearer' };
}

test('who never signed in here is signed out without a call', async () => {
  const { session, refresh } = browser({ hint: false });
  expect(session.state.name).toBe('opening');
  await session.open();
  expect(session.state.name).toBe('signed-out');
  expect(await session.token()).toBeUndefined();
  expect(refresh).not.toHaveBeenCalled();
});

test('the session of an earlier visit is picked up', async () => {
  const { session } = browser();
  await session.open();
  expect(session.state).toEqual({ name: 'signed-in', account: ACCOUNT });
  expect(await session.token()).toBe('1');
});

test('a session that has ended is forgotten', async () => {
  const { session, state, told } = browser({ over: true });
  await session.open();
  expect(session.state.name).toBe('signed-out');
  expect(state.hint).toBe(false);
  expect(told).toEqual([]);
});

test('a lost connection leaves the session as it was', async () => {
  const { session, refresh, state } = browser();
  refresh.mockRejectedValueOnce(new Error('no connection'));
  await expect(session.open()).rejects.toThrow('no connection');
  expect(session.state.name).toBe('opening');
  expect(state.hint).toBe(true);
  await session.open();
  expect(session.state.name).toBe('signed-in');
});

test('a token is renewed before its end, once for all who ask', async () => {
  const { session, state, refresh } = browser({ hint: false });
  session.signIn(answer('a'));
  state.clock = 869_000;
  expect(await session.token()).toBe('a');
  state.clock = 870_000;
  expect(await Promise.all([session.token(), session.token(), session.token()])).toEqual(['1', '1', '1']);
  expect(refresh).toHaveBeenCalledTimes(1);
});

test('a refused token is renewed, and one that was renewed in the meantime is not renewed again', async () => {
  const { session, refresh } = browser({ hint: false });
  session.signIn(answer('a'));
  expect(await session.token('a')).toBe('1');
  expect(await session.token('a')).toBe('1');
  expect(refresh).toHaveBeenCalledTimes(1);
});

test('signing out is told to the other tabs, and heard from them', async () => {
  const { session, state, told, hear } = browser();
  const changes = vi.fn();
  const stop = session.subscribe(changes);
  await session.open();
  session.signOut();
  expect([session.state.name, state.hint, told]).toEqual(['signed-out', false, ['signed-out']]);

  state.hint = true;
  hear('signed-in');
  await vi.waitFor(() => expect(session.state.name).toBe('signed-in'));
  hear('signed-out');
  expect(session.state.name).toBe('signed-out');
  expect(changes).toHaveBeenCalledTimes(4);
  stop();
  session.signOut();
  expect(changes).toHaveBeenCalledTimes(4);
});
