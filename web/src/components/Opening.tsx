/** A page is on its way. */

import { ACCOUNT } from '../texts/account';

export function Opening() {
  return (
    <div className="skeleton" role="status">
      <span className="hidden">{ACCOUNT.working}</span>
    </div>
  );
}
