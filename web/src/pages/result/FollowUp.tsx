/** After a result: what it means together with the other newest results, and what to do next. */

import { useCallback } from 'react';
import { hasFeature } from '../../api/features';
import type { Limits, ProblemAreas, Report, Tier } from '../../api/schema';
import type { Attempt } from '../../api/types';
import { Lines } from '../../components/Lines';
import { LoadedPart } from '../../components/LoadedPart';
import { insight } from '../../session/browser';
import { FOLLOW_UP } from '../../texts/followUp';
import { TESTS } from '../../texts/tests';
import { Meaning } from './Meaning';
import { NextSteps } from './NextSteps';
import { nextSteps } from './next';
import { Part } from './Part';

interface Props {
  readonly attempt: Attempt;
  readonly tier: Tier;
}

type Known = readonly [areas: ProblemAreas, limits: Limits, report: Report | undefined];

export function FollowUp({ attempt, tier }: Props) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt changes what results mean.
  const load = useCallback(
    (): Promise<Known> =>
      Promise.all([
        insight.problemAreas(),
        insight.limits(),
        hasFeature(tier, 'report') ? insight.report() : undefined,
      ]),
    [tier, attempt.id],
  );
  return (
    <div className="follow-up part-wide">
      <LoadedPart
        load={load}
        meanwhile={
          <Part name="meaning" title={FOLLOW_UP.meaning}>
            <Lines count={4} />
          </Part>
        }
      >
        {([areas, limits, report]) => (
          <>
            <Meaning attempt={attempt} areas={areas} hasReport={report !== undefined} />
            <NextSteps
              steps={nextSteps({
                areas: areas.areas,
                taken: areas.tests,
                open: openTests(limits),
                ...(report !== undefined && { retests: report.retests }),
              })}
            />
          </>
        )}
      </LoadedPart>
    </div>
  );
}

/** The tests that may be recorded now, in the order in which they are offered. */
function openTests({ remainingPerTest, enforced }: Limits) {
  return TESTS.map(({ slug }) => slug).filter((test) => {
    const allowance = remainingPerTest[test];
    return allowance !== undefined && (!enforced || allowance.remaining > 0);
  });
}
