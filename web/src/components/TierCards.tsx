/** The tiers beside each other: price, tests, what each adds to the one before it. */

import type { ReactNode } from 'react';
import type { TierOffer } from '../api/schema';
import { FEATURES, PLANS, price } from '../texts/plans';
import { testName } from '../texts/testNames';

interface Props {
  readonly offers: readonly TierOffer[];
  /** What the names of the tiers are in the order of headings. */
  readonly heading: 'h2' | 'h3';
  /** What is below a card's list: a mark, or something to do. */
  readonly foot?: (offer: TierOffer) => ReactNode;
}

export function TierCards({ offers, heading: Heading, foot }: Props) {
  return (
    <ul className="tiers">
      {offers.map((offer, index) => (
        <li key={offer.tier} className="tier stack-close">
          <Heading className="tier-name">{offer.title}</Heading>
          <p className="tier-price">
            <strong>{price(offer.monthlyPrice)}</strong> <span className="soft">{PLANS.perMonth}</span>
          </p>
          <Contents offer={offer} below={offers[index - 1]} />
          {foot?.(offer)}
        </li>
      ))}
    </ul>
  );
}

function Contents({ offer, below }: { readonly offer: TierOffer; readonly below: TierOffer | undefined }) {
  return (
    <>
      {below !== undefined && <p>{PLANS.everythingIn(below.title)}</p>}
      <ul className="tier-contents">
        {linesOf(offer, below).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

/** What an offer has, and the one before it has not. */
function linesOf(offer: TierOffer, below: TierOffer | undefined): readonly string[] {
  const tests = offer.tests.filter((test) => !below?.tests.includes(test));
  const features = offer.features.filter((feature) => !below?.features.includes(feature));
  const { videosPerDay, videosPerTestAndDay, testsPerMonth, processingSeconds } = offer;
  return [
    ...(tests.length > 0 ? [PLANS.tests(tests.map(testName), below !== undefined)] : []),
    ...features.map((feature) => FEATURES[feature] ?? feature),
    ...(videosPerDay === below?.videosPerDay ? [] : [PLANS.videos(videosPerDay, videosPerTestAndDay)]),
    ...(testsPerMonth === below?.testsPerMonth ? [] : [PLANS.month(testsPerMonth)]),
    ...(processingSeconds === below?.processingSeconds ? [] : [PLANS.processing(processingSeconds)]),
  ];
}
