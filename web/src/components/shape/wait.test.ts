import { expect, test } from 'vitest';
import { Wait } from './wait';

test('who has not waited yet waits from the beginning', () => {
  const wait = new Wait();
  expect(wait.before(500)).toBe(0);
});

test('a shape after another goes on with its wait, whichever of them leaves first', () => {
  const wait = new Wait();
  const leaveFirst = wait.show(1000, wait.before(1000));
  const waited = wait.before(1200);
  expect(waited).toBe(200);
  leaveFirst();
  const leaveSecond = wait.show(1200, waited);
  expect(wait.before(1500)).toBe(500);
  const leaveThird = wait.show(1500, wait.before(1500));
  leaveSecond();
  expect(wait.before(1600)).toBe(600);
  leaveThird();
});

test('a wait that is over is not gone on with', () => {
  const wait = new Wait();
  const leave = wait.show(1000, wait.before(1000));
  leave();
  expect(wait.before(1010)).toBe(0);
});
