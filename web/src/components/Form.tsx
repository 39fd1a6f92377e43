/** A form that calls the API: waits, and says what is wrong where the person is looking. */

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { type Problem, problemOf } from '../api/problem';
import { adviceFor } from '../texts/problems';
import { UI } from '../texts/ui';

interface Props {
  readonly submit: string;
  /** For something beside the point of the page, or for what cannot be undone. */
  readonly look?: 'quiet' | 'danger';
  readonly children: ReactNode;
  /** Gets the fields by their names; what it throws is shown. */
  readonly onSubmit: (field: (name: string) => string) => Promise<void>;
}

export function Form({ submit, look, children, onSubmit }: Props) {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    const data = new FormData(event.currentTarget);
    setSending(true);
    setProblem(undefined);
    try {
      await onSubmit((name) => String(data.get(name) ?? ''));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setSending(false);
    }
  };

  return (
    <form className="stack form" onSubmit={send} aria-busy={sending}>
      {problem !== undefined && <FormProblem problem={problem} />}
      {children}
      <div className="actions">
        <button
          type="submit"
          className={look === undefined ? 'button' : `button button-${look}`}
          aria-disabled={sending}
        >
          {submit}
        </button>
      </div>
    </form>
  );
}

export function FormProblem({ problem }: { readonly problem: Problem }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const { title, whatToDo } = adviceFor(problem);
  return (
    <div className="callout callout-stop stack-close" role="alert" tabIndex={-1} ref={box}>
      <h2 className="callout-title">{title}</h2>
      <p>{whatToDo}</p>
      {problem.status >= 500 && problem.requestId !== undefined && (
        <p className="soft">
          {UI.reference}: <code>{problem.requestId}</code>
        </p>
      )}
    </div>
  );
}
