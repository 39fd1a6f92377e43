/** The tiers on the first page, in a chunk of their own: they name all tests. */

import { Link } from 'wouter';
import { tierOffers } from '../../api/tiers';
import { Loaded } from '../../components/Loaded';
import { TierCards } from '../../components/TierCards';
import { PAGES } from '../../pages';
import { PLANS } from '../../texts/plans';

export function Prices() {
  return (
    <Loaded load={tierOffers}>
      {(offers) => (
        <>
          <TierCards offers={offers} heading="h3" />
          <p>
            <Link href={PAGES.plans}>{PLANS.all}</Link>
          </p>
        </>
      )}
    </Loaded>
  );
}
