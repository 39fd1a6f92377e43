/** Where an account is signed in. */

import type { Session } from '../../api/schema';
import { Form } from '../../components/Form';
import { LoadedPart } from '../../components/LoadedPart';
import { account } from '../../session/browser';
import { OWN } from '../../texts/account';
import { dayAndTime } from '../../texts/format';

export function Sessions() {
  return (
    <LoadedPart load={account.sessions}>
      {(sessions, reload) => (
        <>
          <ul className="rows">
            {sessions.map((session) => (
              <li key={session.id} className="row">
                <Name session={session} />
                {!session.current && (
                  <Form
                    submit={OWN.endSession(session.client)}
                    look="quiet"
                    onSubmit={async () => {
                      await account.endSession(session.id);
                      reload();
                    }}
                  >
                    {null}
                  </Form>
                )}
              </li>
            ))}
          </ul>
          {sessions.length > 1 && (
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
      )}
    </LoadedPart>
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
