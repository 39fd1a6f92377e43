/** One line of text in a form, with its label, and what is agreed to. */

import { type InputHTMLAttributes, type ReactNode, useId, useState } from 'react';
import { ACCOUNT } from '../texts/account';

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string;
}

export function Field(props: Props) {
  const id = useId();
  return <Line {...props} id={id} />;
}

type PasswordProps = Omit<Props, 'type'>;

/** A password, which can be shown while it is typed. */
export function PasswordField({ label, ...input }: PasswordProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <Line
      label={label}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      {...input}
      id={id}
    >
      <button
        type="button"
        className="text-button field-show"
        aria-controls={id}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        {ACCOUNT.showPassword(label)}
      </button>
    </Line>
  );
}

interface LineProps extends Props {
  readonly id: string;
  /** What can be done with what is typed. */
  readonly children?: ReactNode;
}

function Line({ id, label, hint, children, ...input }: LineProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} className="field-input" aria-describedby={hint && `${id}-hint`} {...input} />
      {children}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="soft field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

/** Something to agree to. */
export function Agreement({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <label className="agreement">
      <input type="checkbox" name={name} required />
      <span>{children}</span>
    </label>
  );
}
