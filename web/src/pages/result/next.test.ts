import { expect, test } from 'vitest';
import type { ProblemArea, Retests } from '../../api/schema';
import { type Known, type NextStep, nextSteps } from './next';

const VALGUS: ProblemArea = {
  id: 'knee-valgus',
  name: 'Knees move inward',
  priority: 'P2',
  text: 'The knee moves inside the foot under load.',
  confidence: 0.7,
  severe: false,
  sure: true,
  sides: ['left'],
  findings: [],
  causes: [
    { id: 'ankle-mobility', name: 'Ankle mobility', status: 'not-tested', tests: ['ankle-mobility'] },
    {
      id: 'hip-control',
      name: 'Hip abduction control',
      status: 'not-tested',
      tests: ['glute-bridge', 'clamshell'],
    },
  ],
};

function retests(status: 'upcoming' | 'due' | 'overdue'): Retests {
  return {
    quick: [
      {
        test: 'ankle-mobility',
        areas: ['Ankle mobility'],
        measuredOn: '2026-11-02',
        on: '2026-11-16',
        status,
      },
    ],
    full: {
      since: '2026-11-02',
      from: '2026-11-30',
      by: '2026-12-14',
      status: 'upcoming',
      tests: ['ankle-mobility'],
    },
  };
}

const nothing: Known = { areas: [], taken: [], open: [], shut: [] };

test.each<[string, Partial<Known>, readonly Partial<NextStep>[]]>([
  [
    'what would tell a cause comes before any other test without a result',
    { areas: [VALGUS], taken: ['overhead-squat'], open: ['overhead-squat', 'y-balance', 'ankle-mobility'] },
    [
      { kind: 'cause', test: 'ankle-mobility', cause: 'Ankle mobility', pattern: 'Knees move inward' },
      { kind: 'new', test: 'y-balance' },
    ],
  ],
  [
    'of several tests that would tell, the first that can be recorded is named',
    { areas: [VALGUS], taken: ['overhead-squat'], open: ['overhead-squat', 'clamshell'] },
    [{ kind: 'cause', test: 'clamshell', cause: 'Hip abduction control' }],
  ],
  [
    'a cause whose tests the tier lacks is not named',
    { areas: [VALGUS], taken: ['overhead-squat'], open: ['overhead-squat', 'y-balance'] },
    [{ kind: 'new', test: 'y-balance' }],
  ],
  [
    'one test that tells about two areas is named once',
    { areas: [VALGUS, { ...VALGUS, name: 'Heels lift' }], open: ['ankle-mobility'] },
    [{ kind: 'cause', test: 'ankle-mobility', pattern: 'Knees move inward' }],
  ],
  [
    'a re-check that is due comes first',
    { taken: ['ankle-mobility'], open: ['ankle-mobility', 'y-balance'], retests: retests('overdue') },
    [{ kind: 'recheck', due: true }, { kind: 'new', test: 'y-balance' }, { kind: 'reassess' }],
  ],
  [
    'a re-check that is not due yet comes after the tests without a result',
    { taken: ['ankle-mobility'], open: ['ankle-mobility', 'y-balance'], retests: retests('upcoming') },
    [{ kind: 'new', test: 'y-balance' }, { kind: 'recheck', due: false }, { kind: 'reassess' }],
  ],
  [
    'a test that cannot be recorded today is not asked for',
    { taken: ['ankle-mobility'], open: [], retests: retests('due') },
    [{ kind: 'reassess', due: false }],
  ],
  [
    'with all that is left used up for now, that is said',
    { taken: ['plank'], open: ['plank'], shut: ['y-balance'] },
    [{ kind: 'later' }],
  ],
  [
    'with every test taken and no dates, that is said',
    { taken: ['plank'], open: ['plank'] },
    [{ kind: 'complete' }],
  ],
])('%s', (_name, known, expected) => {
  expect(nextSteps({ ...nothing, ...known })).toMatchObject(expected);
});

test('there are never more than three', () => {
  const open = ['ankle-mobility', 'glute-bridge', 'y-balance'] as const;
  const hip: ProblemArea = { ...VALGUS, causes: VALGUS.causes.toReversed() };
  expect(nextSteps({ ...nothing, areas: [VALGUS, hip], open, retests: retests('upcoming') })).toHaveLength(3);
});
