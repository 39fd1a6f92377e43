import { expect, test } from 'vitest';
import { innerAddress } from './addresses';

test.each([
  ['/tests', '/tests'],
  ['/tests?a=1#b', '/tests?a=1#b'],
  [null, undefined],
  ['', undefined],
  ['tests', undefined],
  ['https://example.org/', undefined],
  ['//example.org/', undefined],
  ['/\\example.org', undefined],
  ['/\t/example.org', undefined],
  ['javascript:alert(1)', undefined],
])('%j leads to %j', (text, expected) => {
  expect(innerAddress(text)).toBe(expected);
});
