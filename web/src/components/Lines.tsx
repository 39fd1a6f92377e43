/** Lines that will be words: the shape of a part of a page that is on its way. */

import { ACCOUNT } from '../texts/account';

export function Lines({ count }: { readonly count: number }) {
  return (
    <div className="lines" role="status">
      <span className="hidden">{ACCOUNT.working}</span>
      {Array.from({ length: count }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all alike and never move
        <span className="line" key={line} />
      ))}
    </div>
  );
}
