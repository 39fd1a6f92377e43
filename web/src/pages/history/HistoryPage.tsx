/** All attempts, the newest first. */

import { useState } from 'react';
import { Link } from 'wouter';
import type { AttemptList } from '../../api/schema';
import { Form } from '../../components/Form';
import { Loaded } from '../../components/Loaded';
import { PageTitle } from '../../components/PageTitle';
import { PAGES, resultPage } from '../../pages';
import { account } from '../../session/browser';
import { HISTORY, STATES } from '../../texts/account';
import { dayAndTime } from '../../texts/format';
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
          .map(({ id, test, state, createdAt }) => (
            <li key={id} className="row">
              <Link href={resultPage(id)}>{testName(test)}</Link>
              <span className="soft">
                {dayAndTime(createdAt)}, {STATES[state] ?? state}
              </span>
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
