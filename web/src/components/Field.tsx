/** One line of text in a form, with its label. */

import { type InputHTMLAttributes, useId } from 'react';

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string;
}

export function Field({ label, hint, ...input }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} className="field-input" aria-describedby={hint && `${id}-hint`} {...input} />
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
