/** What Flow Logic is, for those who are not signed in. */

import { Link, useSearchParams } from 'wouter';
import { Later } from '../../components/Later';
import { lazily } from '../../components/lazily';
import { PageTitle } from '../../components/PageTitle';
import { PAGES } from '../../pages';
import { ACCOUNT, LANDING, OWN } from '../../texts/account';
import { PLANS } from '../../texts/plans';
import { UI } from '../../texts/ui';
import { TiersShape } from '../shapes';

const Prices = lazily(
  () => import('./Prices'),
  (module) => module.Prices,
);

export function LandingPage() {
  const [search] = useSearchParams();
  return (
    <>
      {search.has('deleted') && (
        <p className="callout" role="status">
          {OWN.removed}
        </p>
      )}
      <div className="opening">
        <PageTitle takesFocus={false}>{UI.startTitle}</PageTitle>
        <p className="lead">{LANDING.lead}</p>
        <div className="actions opening-actions">
          <Link className="button" href={PAGES.signUp}>
            {LANDING.begin}
          </Link>
          <Link className="button button-quiet" href={PAGES.signIn}>
            {ACCOUNT.signIn}
          </Link>
        </div>
      </div>
      <section className="sheet stack" aria-labelledby="steps">
        <h2 id="steps">{LANDING.stepsTitle}</h2>
        <ol className="steps">
          {LANDING.steps.map(([name, what]) => (
            <li key={name}>
              <h3>{name}</h3>
              <p>{what}</p>
            </li>
          ))}
        </ol>
        <p className="soft">{UI.privacy}</p>
      </section>
      <section className="prices stack" aria-labelledby="plans">
        <h2 id="plans">{PLANS.landingTitle}</h2>
        <Later as="part" shape={<TiersShape />}>
          <Prices />
        </Later>
      </section>
    </>
  );
}
