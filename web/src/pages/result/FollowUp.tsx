/** After a result: what it means together with the other newest results, and what to do next. */

import { useCallback } from 'react';
import type { ProblemAreas, Report, TestId, Tier } from '../../api/schema';
import { lackedUntil, tierOffers } from '../../api/tiers';
import type { Attempt } from '../../api/types';
import { availabilityOf } from '../../attempt/availability';
import { LoadedPart } from '../../components/LoadedPart';
import { Section } from '../../components/Section';
import { Words } from '../../components/shape/Bones';
import { Shape } from '../../components/shape/Shape';
import { insight } from '../../session/browser';
import { FOLLOW_UP } from '../../texts/followUp';
import { TESTS } from '../../texts/tests';
import { loadStanding, type Standing } from '../check/standing';
import { Meaning } from './Meaning';
import { NextSteps } from './NextSteps';
import { nextSteps } from './next';

interface Props {
  readonly attempt: Attempt;
  readonly tier: Tier;
}

type Known = readonly [areas: ProblemAreas, standing: Standing, report: Report | undefined];

export function FollowUp({ attempt, tier }: Props) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt changes what results mean.
  const load = useCallback(
    (): Promise<Known> => Promise.all([insight.problemAreas(), loadStanding(), reportFor(tier)]),
    [tier, attempt.id],
  );
  return (
    <div className="follow-up wide">
      <LoadedPart
        load={load}
        shape={
          <Shape>
            <Section title={FOLLOW_UP.meaning}>
              <p>
                <Words letters={200} />
              </p>
            </Section>
          </Shape>
        }
      >
        {([areas, standing, report]) => (
          <>
            <Meaning attempt={attempt} areas={areas} hasReport={report !== undefined} />
            <NextSteps
              steps={nextSteps({
                areas: areas.areas,
                taken: areas.tests,
                ...ownTests(standing),
                ...(report !== undefined && { retests: report.retests }),
              })}
            />
          </>
        )}
      </LoadedPart>
    </div>
  );
}

async function reportFor(tier: Tier): Promise<Report | undefined> {
  const lacks = lackedUntil(await tierOffers(), tier, 'report') !== undefined;
  return lacks ? undefined : insight.report();
}

/** The tests of the tier, by whether they may be recorded now, in the order in which they are offered. */
function ownTests({ tier, offers, limits }: Standing) {
  const open: TestId[] = [];
  const shut: TestId[] = [];
  for (const { slug } of TESTS) {
    const { name } = availabilityOf(slug, tier, offers, limits);
    if (name === 'open') open.push(slug);
    else if (name !== 'locked') shut.push(slug);
  }
  return { open, shut };
}
