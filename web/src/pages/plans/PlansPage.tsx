/** The tiers with their prices, for everybody; who is signed in sees which is theirs. */

import { Link } from 'wouter';
import { tierOffers } from '../../api/tiers';
import { LoadedPart } from '../../components/LoadedPart';
import { PageTitle } from '../../components/PageTitle';
import { TierCards } from '../../components/TierCards';
import { PAGES } from '../../pages';
import { useSession } from '../../session/useSession';
import { PLANS } from '../../texts/plans';
import { TiersShape } from '../shapes';

export function PlansPage() {
  const session = useSession();
  const own = session.name === 'signed-in' ? session.account.tier : undefined;
  return (
    <div className="stack-wide">
      <div className="opening">
        <PageTitle>{PLANS.title}</PageTitle>
        <p className="lead">{PLANS.lead}</p>
      </div>
      <LoadedPart load={tierOffers} shape={<TiersShape foot />}>
        {(offers) => (
          <TierCards
            offers={offers}
            heading="h2"
            foot={(offer) => {
              if (offer.tier === own) return <p className="tier-own">{PLANS.yours}</p>;
              return own === undefined && offer.monthlyPrice.unitAmount === 0 ? (
                <Link className="button" href={PAGES.signUp}>
                  {PLANS.begin}
                </Link>
              ) : null;
            }}
          />
        )}
      </LoadedPart>
      <p className="callout">{PLANS.paying}</p>
      {own !== undefined && <Link href={PAGES.tests}>{PLANS.back}</Link>}
    </div>
  );
}
