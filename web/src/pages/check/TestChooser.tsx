/** The tests of the person's tier to choose from, as one group of radio buttons, and those that other tiers add. */

import { Link } from 'wouter';
import type { TierOffer } from '../../api/schema';
import type { TestSlug } from '../../api/types';
import { type Availability, availabilityOf } from '../../attempt/availability';
import { FigureDrawing } from '../../components/FigureDrawing';
import { PAGES } from '../../pages';
import type { TestGuide } from '../../texts/guides/guide';
import { LEFT, price, shutText } from '../../texts/plans';
import { TESTS } from '../../texts/tests';
import { UI } from '../../texts/ui';
import type { Standing } from './standing';

interface Props {
  readonly standing: Standing;
  readonly chosen: TestSlug | undefined;
  readonly onChoose: (test: TestSlug) => void;
}

type Offered = Exclude<Availability, { readonly name: 'locked' }>;

export function TestChooser({ standing, chosen, onChoose }: Props) {
  const { tier, offers, limits } = standing;
  const own: [TestGuide, Offered][] = [];
  const others = new Map<TierOffer, TestGuide[]>();
  for (const guide of TESTS) {
    const found = availabilityOf(guide.slug, tier, offers, limits);
    if (found.name === 'locked') others.set(found.offer, [...(others.get(found.offer) ?? []), guide]);
    else own.push([guide, found]);
  }
  return (
    <>
      <fieldset className="tests">
        <legend className="hidden">{UI.chooseTest}</legend>
        {own.map(([guide, availability]) => (
          <OwnTest
            key={guide.slug}
            guide={guide}
            availability={availability}
            checked={guide.slug === chosen}
            onChoose={() => onChoose(guide.slug)}
          />
        ))}
      </fieldset>
      {[...others]
        .sort(([one], [other]) => offers.indexOf(one) - offers.indexOf(other))
        .map(([offer, guides]) => (
          <LockedTests key={offer.tier} offer={offer} guides={guides} />
        ))}
    </>
  );
}

interface OwnTestProps {
  readonly guide: TestGuide;
  readonly availability: Offered;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

function OwnTest({ guide, availability, checked, onChoose }: OwnTestProps) {
  const { slug, name, about, figure } = guide;
  const open = availability.name === 'open';
  const lines = linesOf(availability);
  return (
    <label className={open ? 'test' : 'test test-shut'}>
      <input
        type="radio"
        name="test"
        value={slug}
        checked={checked}
        disabled={!open}
        onChange={onChoose}
        aria-describedby={`about-${slug} left-${slug}`}
      />
      <FigureDrawing figure={figure} />
      <span className="test-words">
        <span className="test-name">{name}</span>
        <span id={`about-${slug}`} className="soft">
          {about}
        </span>
        <span id={`left-${slug}`} className="test-left">
          {lines.join('. ')}
        </span>
      </span>
    </label>
  );
}

function linesOf(availability: Offered): readonly string[] {
  if (availability.name !== 'open') return [shutText(availability) ?? ''];
  const { left, completed } = availability;
  return [...(completed ? [LEFT.completed] : []), ...(left === undefined ? [] : [LEFT.ofTest(left)])];
}

function LockedTests({
  offer,
  guides,
}: {
  readonly offer: TierOffer;
  readonly guides: readonly TestGuide[];
}) {
  return (
    <details className="other-tests">
      <summary>{LEFT.locked(guides.length, offer.title, price(offer.monthlyPrice))}</summary>
      <ul className="other-tests-list">
        {guides.map(({ slug, name, about, figure }) => (
          <li key={slug} className="other-test">
            <FigureDrawing figure={figure} />
            <span>
              <strong>{name}</strong>
              <span className="soft">{about}</span>
            </span>
          </li>
        ))}
      </ul>
      <p>
        <Link href={PAGES.plans}>{LEFT.unlock(offer.title)}</Link>
      </p>
    </details>
  );
}
