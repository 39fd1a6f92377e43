/** The tiers on the first page, in a chunk of their own: they name all tests. */

import { Link } from 'wouter';
import { tierOffers } from '../../api/tiers';
import { LoadedPart } from '../../components/LoadedPart';
import { TierCards } from '../../components/TierCards';
import { PAGES } from '../../pages';
import { PLANS } from '../../texts/plans';
import { TiersShape } from '../shapes';

export function Prices() {
  return (
    <>
      <LoadedPart load={tierOffers} shape={<TiersShape />}>
        {(offers) => <TierCards offers={offers} heading="h3" />}
      </LoadedPart>
      <p className="soft">{PLANS.paying}</p>
      <p>
        <Link href={PAGES.plans}>{PLANS.all}</Link>
      </p>
    </>
  );
}
