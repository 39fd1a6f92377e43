/** The mails that would be sent, in development. Elsewhere the API has none of them, and this page does not exist. */

import { useEffect, useState } from 'react';
import { addressFrom } from '../../addresses';
import { accounts } from '../../api/accounts';
import { type Problem, problemOf } from '../../api/problem';
import type { OutboxMail } from '../../api/schema';
import { NotFoundPage } from '../../components/NotFoundPage';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { PAGES } from '../../pages';
import { OUTBOX } from '../../texts/account';

export function OutboxPage() {
  const [mails, setMails] = useState<readonly OutboxMail[] | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  useEffect(() => {
    accounts.outbox().then(setMails, (error: unknown) => setProblem(problemOf(error)));
  }, []);

  if (problem?.status === 404) return <NotFoundPage />;
  if (problem !== undefined)
    return <ProblemNotice problem={problem} onLeave={() => window.location.assign(PAGES.start)} />;
  return (
    <section className="narrow stack">
      <PageTitle>{OUTBOX.title}</PageTitle>
      <p className="lead">{mails?.length === 0 ? OUTBOX.empty : OUTBOX.lead}</p>
      {mails?.map((mail) => (
        <article key={mail.id} className="sheet stack-close" aria-labelledby={mail.id}>
          <h2 id={mail.id}>{mail.subject}</h2>
          <p className="soft">{OUTBOX.to(mail.to)}</p>
          <p className="mail">
            <WithLinks text={mail.text} />
          </p>
        </article>
      ))}
    </section>
  );
}

/** Links lead to this server, whatever address the mails of it have. */
function WithLinks({ text }: { readonly text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) => {
    const address = index % 2 === 1 ? addressFrom(part) : undefined;
    // Parts of one text neither move nor change.
    const key = `${index}`;
    return address === undefined ? (
      <span key={key}>{part}</span>
    ) : (
      <a key={key} href={`${address.pathname}${address.search}${address.hash}`}>
        {part}
      </a>
    );
  });
}
