import { expect, test } from 'vitest';
import { budgetOf, type DeviceFacts, isFastEnough } from './device';

const phone: DeviceFacts = {
  capable: true,
  saveData: false,
  connection: '4g',
  memoryGigabytes: 8,
  cores: 8,
};

test.each<[string, Partial<DeviceFacts>, number | undefined]>([
  ['a phone of these days', {}, 120],
  [
    'a browser that tells nothing',
    { connection: undefined, memoryGigabytes: undefined, cores: undefined },
    120,
  ],
  ['a browser without vectors', { capable: false }, undefined],
  ['a person who saves data', { saveData: true }, undefined],
  ['a slow connection', { connection: '3g' }, undefined],
  ['just enough memory', { memoryGigabytes: 4 }, 120],
  ['little memory', { memoryGigabytes: 2 }, undefined],
  ['just enough cores', { cores: 4 }, 120],
  ['two cores, which must be faster', { cores: 2 }, 80],
  ['one core', { cores: 1 }, undefined],
])('%s', (_name, changes, budget) => {
  expect(budgetOf({ ...phone, ...changes })).toBe(budget);
});

test.each([
  ['slow only while code is compiled', [400, 130, 60, 55], true],
  ['just within the budget', [120], true],
  ['always over it', [400, 130, 121], false],
  ['nothing was measured', [], false],
])('%s', (_name, milliseconds, expected) => {
  expect(isFastEnough(milliseconds, 120)).toBe(expected);
});
