/** The shape of something that is on its way: seen only when that takes a moment, and told to who does not see it. */

import { type CSSProperties, type ReactNode, useEffect, useState } from 'react';
import { ACCOUNT } from '../../texts/account';
import { Wait } from './wait';

interface Props {
  /** What lays out the thing itself, so that nothing moves when it comes. */
  readonly className?: string;
  readonly says?: string;
  readonly children: ReactNode;
}

const wait = new Wait();

export function Shape({ className, says = ACCOUNT.working, children }: Props) {
  const [waited] = useState(() => wait.before(performance.now()));
  useEffect(() => wait.show(performance.now(), waited), [waited]);
  return (
    <div className="shape" role="status" style={{ '--waited': `${waited}ms` } as CSSProperties}>
      <span className="hidden">{says}</span>
      <div className={className} aria-hidden="true">
        {children}
      </div>
    </div>
  );
}
