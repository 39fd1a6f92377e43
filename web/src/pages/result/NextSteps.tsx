/** What to do after a result, as a short list with a way there. */

import { Link } from 'wouter';
import type { TestId } from '../../api/schema';
import { Section } from '../../components/Section';
import { PAGES, testPage } from '../../pages';
import { FOLLOW_UP } from '../../texts/followUp';
import { testName } from '../../texts/testNames';
import type { NextStep } from './next';

export function NextSteps({ steps }: { readonly steps: readonly NextStep[] }) {
  return (
    <Section title={FOLLOW_UP.next}>
      <ol className="next-steps">
        {steps.map((step) => {
          const [what, why] = inWords(step);
          const test = testNow(step);
          return (
            <li key={what} data-due={'due' in step && step.due}>
              {test === undefined ? <strong>{what}</strong> : <Link href={testPage(test)}>{what}</Link>}
              <span className="each">{why}</span>
            </li>
          );
        })}
      </ol>
      <p>
        <Link href={PAGES.tests}>{FOLLOW_UP.toTests}</Link>
      </p>
    </Section>
  );
}

/** The test that a step asks for now. */
function testNow(step: NextStep): TestId | undefined {
  switch (step.kind) {
    case 'cause':
    case 'new':
      return step.test;
    case 'recheck':
      return step.due ? step.test : undefined;
    default:
      return undefined;
  }
}

function inWords(step: NextStep): readonly [what: string, why: string] {
  switch (step.kind) {
    case 'recheck': {
      const name = testName(step.test);
      return step.due
        ? [FOLLOW_UP.recheckNow(name), FOLLOW_UP.recheckDue(step.areas)]
        : [FOLLOW_UP.recheck(name, step.on), FOLLOW_UP.recheckLater(step.areas)];
    }
    case 'cause':
      return [FOLLOW_UP.take(testName(step.test)), FOLLOW_UP.tells(step.cause, step.pattern)];
    case 'new':
      return [FOLLOW_UP.take(testName(step.test)), FOLLOW_UP.notYet];
    case 'reassess':
      return [
        step.due ? FOLLOW_UP.reassessNow : FOLLOW_UP.reassess(step.from),
        FOLLOW_UP.reassessBy(step.by),
      ];
    case 'later':
      return [FOLLOW_UP.later, FOLLOW_UP.laterLead];
    case 'complete':
      return [FOLLOW_UP.complete, FOLLOW_UP.completeLead];
  }
}
