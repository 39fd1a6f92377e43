/** A password that is being chosen. */

import { PasswordField } from '../../components/Field';
import { ACCOUNT } from '../../texts/account';

export function NewPassword({ label }: { readonly label: string }) {
  return (
    <PasswordField
      label={label}
      hint={ACCOUNT.passwordHint}
      name="password"
      autoComplete="new-password"
      required
      minLength={8}
      maxLength={128}
    />
  );
}
