/** Where an account is signed in. */

import { useRef, useState } from 'react';
import { type Problem, problemOf } from '../../api/problem';
import type { Session } from '../../api/schema';
import { Form, FormProblem } from '../../components/Form';
import { LoadedPart } from '../../components/LoadedPart';
import { Rows } from '../../components/shape/Bones';
import { Shape } from '../../components/shape/Shape';
import { account } from '../../session/browser';
import { OWN } from '../../texts/account';
import { dayAndTime } from '../../texts/format';

export function Sessions() {
  return (
    <LoadedPart
      load={account.sessions}
      shape={
        <Shape>
          <Rows count={1} letters={[27]} />
        </Shape>
      }
    >
      {(sessions, reload) => <List sessions={sessions} reload={reload} />}
    </LoadedPart>
  );
}

interface Props {
  readonly sessions: readonly Session[];
  readonly reload: () => void;
}

function List({ sessions, reload }: Props) {
  /** Gone from the list as soon as the button is pressed, and back if they could not be ended. */
  const [ended, setEnded] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<Problem | undefined>();
  const list = useRef<HTMLUListElement>(null);
  const end = async (id: string) => {
    setEnded((before) => [...before, id]);
    setProblem(undefined);
    // The button that had the focus is gone.
    list.current?.focus();
    try {
      await account.endSession(id);
    } catch (error) {
      setEnded((before) => before.filter((other) => other !== id));
      setProblem(problemOf(error));
    }
  };
  const left = sessions.filter(({ id }) => !ended.includes(id));
  return (
    <>
      {problem !== undefined && <FormProblem problem={problem} />}
      <ul className="rows" ref={list} tabIndex={-1} aria-label={OWN.sessions}>
        {left.map((session) => (
          <li key={session.id} className="row">
            <Name session={session} />
            {!session.current && (
              <button type="button" className="button button-quiet" onClick={() => end(session.id)}>
                {OWN.endSession(session.client)}
              </button>
            )}
          </li>
        ))}
      </ul>
      {left.length > 1 && (
        <Form
          submit={OWN.endOthers}
          onSubmit={async () => {
            await account.endOtherSessions();
            reload();
          }}
        >
          {null}
        </Form>
      )}
    </>
  );
}

function Name({ session }: { readonly session: Session }) {
  return (
    <p>
      <strong>{session.client}</strong>{' '}
      <span className="soft">
        {session.current ? OWN.thisDevice : OWN.lastUsed(dayAndTime(session.lastUsedAt))}
      </span>
    </p>
  );
}
