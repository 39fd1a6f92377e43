import { describe, expect, test, vi } from 'vitest';
import { type Asked, handlingOf, networkFirst, outdated } from './handling';

const HERE = 'https://flow.example';

function asked(path: string, more: Partial<Asked> = {}): Asked {
  return { method: 'GET', mode: 'cors', range: false, url: new URL(path, HERE).href, ...more };
}

const navigate = { mode: 'navigate' };

test.each<[string, Asked, string]>([
  ['a page', asked('/tests', navigate), 'page'],
  ['a page with a query', asked('/sign-in?next=%2Ftests', navigate), 'page'],
  ['the page of a result', asked('/results/0193e7b0', navigate), 'page'],
  ['the start', asked('/', navigate), 'page'],
  ['an address without a page', asked('/nothing/here', navigate), 'leave'],
  ['the page of no result', asked('/results/', navigate), 'leave'],
  ['the API, opened as a page', asked('/api/report.html', navigate), 'leave'],
  ['a call of the API', asked('/api/report'), 'leave'],
  ['what is sent', asked('/api/attempts', { method: 'POST' }), 'leave'],
  ['the health of the server', asked('/health', navigate), 'leave'],
  ['a built file', asked('/assets/index-a1b2c3.js'), 'asset'],
  ['a built file that somebody posts to', asked('/assets/index-a1b2c3.js', { method: 'POST' }), 'leave'],
  ['part of a built file', asked('/assets/beep-a1b2c3.mp4', { range: true }), 'leave'],
  ['a file without a hash in its name', asked('/favicon.svg'), 'leave'],
  ['the worker itself', asked('/sw.js'), 'leave'],
  ['a file of somebody else', asked('https://other.example/assets/index-a1b2c3.js'), 'leave'],
])('%s', (_name, request, handling) => {
  expect(handlingOf(request, HERE)).toBe(handling);
});

describe('a page comes', () => {
  const never = () => new Promise<never>(() => undefined);
  const soon = () => Promise.resolve();
  const fails = () => Promise.reject(new Error('no connection'));
  const gives = (value: string) => () => Promise.resolve(value);
  const nothing = () => Promise.resolve(undefined);

  test('from the network, and what is kept is not looked at', async () => {
    const kept = vi.fn(gives('kept'));
    expect(await networkFirst(gives('new'), kept, never)).toBe('new');
    expect(kept).not.toHaveBeenCalled();
  });

  test.each([
    ['from what is kept without a connection', fails, gives('kept'), never, 'kept'],
    ['from what is kept when the network is slow', never, gives('kept'), soon, 'kept'],
  ])('%s', async (_name, ask, kept, late, expected) => {
    expect(await networkFirst<string>(ask, kept, late)).toBe(expected);
  });

  test('from a slow network when nothing is kept', async () => {
    const slow = () => new Promise<string>((resolve) => setTimeout(() => resolve('new'), 5));
    expect(await networkFirst<string>(slow, nothing, soon)).toBe('new');
  });

  test('not at all without a connection and without anything kept', async () => {
    await expect(networkFirst(fails, nothing, never)).rejects.toThrow('no connection');
  });
});

test.each<[string, string[], string[]]>([
  ['the first build leaves nothing behind', ['flow-c'], []],
  ['the build before is kept for pages that are open', ['flow-b', 'flow-c'], []],
  ['older ones go', ['flow-0', 'flow-a', 'flow-b', 'flow-c'], ['flow-0', 'flow-a']],
  ['a build that comes back is not taken for an old one', ['flow-c', 'flow-a', 'flow-b'], ['flow-a']],
  ['caches of somebody else stay', ['maps', 'flow-a', 'flow-b', 'flow-c'], ['flow-a']],
])('%s', (_name, names, expected) => {
  expect(outdated(names, 'flow-', 'flow-c')).toEqual(expected);
});
