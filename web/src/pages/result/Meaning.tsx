/** The problem areas that a result points to. */

import { Link } from 'wouter';
import type { ProblemAreas } from '../../api/schema';
import type { Attempt } from '../../api/types';
import { Areas } from '../../components/areas/Areas';
import { Section } from '../../components/Section';
import { PAGES } from '../../pages';
import { FOLLOW_UP } from '../../texts/followUp';

interface Props {
  readonly attempt: Attempt;
  readonly areas: ProblemAreas;
  readonly hasReport: boolean;
}

export function Meaning({ attempt, areas: { areas, results }, hasReport }: Props) {
  const touched = areas.filter(({ findings }) => findings.some(({ test }) => test === attempt.test));
  const others = areas.length - touched.length;
  return (
    <Section title={FOLLOW_UP.meaning}>
      {!results.some((source) => source.attempt === attempt.id) && <p className="soft">{FOLLOW_UP.newer}</p>}
      {touched.length === 0 ? <p>{FOLLOW_UP.noArea}</p> : <Areas areas={touched} heading="h3" />}
      {(others > 0 || hasReport) && (
        <p>
          {others > 0 && FOLLOW_UP.otherAreas(others)}{' '}
          {hasReport && <Link href={PAGES.report}>{FOLLOW_UP.report}</Link>}
        </p>
      )}
    </Section>
  );
}
