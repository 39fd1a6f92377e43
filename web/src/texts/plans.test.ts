import { expect, test } from 'vitest';
import type { Availability, Obstacle } from '../attempt/availability';
import { noVideoText } from './plans';

const OPEN: Availability = { name: 'open', left: 1, completed: false };
const USED_UP: Availability = { name: 'used-up', again: undefined };
const LATER = '2026-11-03T23:00:00.000Z';

test.each<[string, Availability, Obstacle | undefined, RegExp | undefined]>([
  ['nothing', OPEN, undefined, undefined],
  [
    'an hour that is full, which passes while somebody records',
    OPEN,
    { name: 'hour', until: LATER },
    undefined,
  ],
  ['a day that is full', OPEN, { name: 'day', until: undefined }, /all videos of the day/],
  ['a blocked address', OPEN, { name: 'address', until: LATER }, /internet connection/],
  ['a ban before all else', USED_UP, { name: 'banned', until: undefined }, /this account/],
  [
    'a test that is used up in an hour that is full',
    USED_UP,
    { name: 'hour', until: LATER },
    /No video left/,
  ],
])('what keeps a video from being chosen: %s', (_name, availability, obstacle, words) => {
  const said = noVideoText(availability, obstacle);
  if (words === undefined) expect(said).toBeUndefined();
  else expect(said).toMatch(words);
});
