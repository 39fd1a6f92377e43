/** Something that the person's tier does not include: what it is, what it holds, which tier has it, and the way there. */

import { useId } from 'react';
import { Link } from 'wouter';
import type { Tier } from '../api/schema';
import { PAGES } from '../pages';
import { TIERS } from '../texts/account';
import { LOCKED } from '../texts/locked';
import { PageTitle } from './PageTitle';

interface Props {
  /** What it is, as a heading: "Your movement report". */
  readonly title: string;
  /** The cheapest tier that has it. */
  readonly tier: Tier;
  /** What it holds, in a few words each. */
  readonly holds: readonly string[];
  /** All of a page, or a part of one under a heading of its own. */
  readonly as?: 'page' | 'part';
}

export function Locked({ title, tier, holds, as = 'part' }: Props) {
  const id = useId();
  const name = TIERS[tier] ?? tier;
  return (
    <section
      className={as === 'page' ? 'locked sheet narrow stack' : 'locked sheet stack'}
      {...(as === 'part' && { 'aria-labelledby': id })}
    >
      {as === 'page' ? <PageTitle>{title}</PageTitle> : <h3 id={id}>{title}</h3>}
      <p className={as === 'page' ? 'lead' : undefined}>{LOCKED.partOf(name)}</p>
      <ul>
        {holds.map((what) => (
          <li key={what}>{what}</li>
        ))}
      </ul>
      <div className="actions">
        <Link className={as === 'page' ? 'button' : 'button button-quiet'} href={PAGES.plans}>
          {LOCKED.see(name)}
        </Link>
        {as === 'page' && (
          <Link className="button button-quiet" href={PAGES.tests}>
            {LOCKED.tests}
          </Link>
        )}
      </div>
      {as === 'page' && <p className="soft">{LOCKED.kept}</p>}
    </section>
  );
}
