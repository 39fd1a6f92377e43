/** All attempts, the newest first. */

import { useState } from 'react';
import { Link } from 'wouter';
import type { Attempt, AttemptList } from '../../api/schema';
import { Form } from '../../components/Form';
import { Loaded } from '../../components/Loaded';
import { PageTitle } from '../../components/PageTitle';
import { PAGES, resultPage } from '../../pages';
import { account } from '../../session/browser';
import { HISTORY, STATES } from '../../texts/account';
import { dayAndTime } from '../../texts/format';
import { outcomeOf } from '../../texts/results';
import { testName } from '../../texts/testNames';
import { UI } from '../../texts/ui';
import { HistoryShape } from '../shapes';

const newest = () => account.attempts();

export function HistoryPage() {
  return (
    <Loaded load={newest} shape={<HistoryShape />}>
      {(first) => (
        <section className="narrow stack">
          <PageTitle>{HISTORY.title}</PageTitle>
          {first.items.length === 0 ? (
            <>
              <p className="lead">{HISTORY.none}</p>
              <Link className="button" href={PAGES.tests}>
                {UI.chooseTest}
              </Link>
            </>
          ) : (
            <Attempts first={first} />
          )}
        </section>
      )}
    </Loaded>
  );
}

function Attempts({ first }: { readonly first: AttemptList }) {
  const [pages, setPages] = useState([first]);
  const next = pages.at(-1)?.nextCursor;
  return (
    <>
      <ul className="rows sheet">
        {pages
          .flatMap(({ items }) => items)
          .map((attempt) => (
            <li key={attempt.id} className="row">
              <span className="row-words">
                <Link href={resultPage(attempt.id)}>{testName(attempt.test)}</Link>
                <Outcome attempt={attempt} />
              </span>
              <span className="soft">{dayAndTime(attempt.createdAt)}</span>
            </li>
          ))}
      </ul>
      {next !== undefined && (
        <Form
          submit={HISTORY.more}
          onSubmit={async () => {
            const page = await account.attempts(next);
            setPages((before) => [...before, page]);
          }}
        >
          {null}
        </Form>
      )}
    </>
  );
}

function Outcome({ attempt: { test, state, outcome } }: { readonly attempt: Attempt }) {
  if (outcome === undefined) return <span className="soft">{STATES[state] ?? state}</span>;
  const { headline, tone } = outcomeOf(test, outcome.bucket, outcome.severity ?? null);
  return (
    <span className="outcome-words" data-tone={tone}>
      {headline}
    </span>
  );
}
