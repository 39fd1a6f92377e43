/** The tiers on the first page, in a chunk of their own: they name all tests. */

import { Link } from 'wouter';
import { tierOffers } from '../../api/tiers';
import { LoadedPart } from '../../components/LoadedPart';
import { TierCards } from '../../components/TierCards';
import { PAGES } from '../../pages';
import { PLANS } from '../../texts/plans';

export function Prices() {
  return (
    <LoadedPart load={tierOffers}>
      {(offers) => (
        <>
          <TierCards offers={offers} heading="h3" />
          <p className="soft">{PLANS.paying}</p>
          <p>
            <Link href={PAGES.plans}>{PLANS.all}</Link>
          </p>
        </>
      )}
    </LoadedPart>
  );
}
