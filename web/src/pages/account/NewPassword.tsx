/** A password that is being chosen. */

import { Field } from '../../components/Field';
import { ACCOUNT } from '../../texts/account';

export function NewPassword({ label }: { readonly label: string }) {
  return (
    <Field
      label={label}
      hint={ACCOUNT.passwordHint}
      name="password"
      type="password"
      autoComplete="new-password"
      required
      minLength={8}
      maxLength={128}
    />
  );
}
