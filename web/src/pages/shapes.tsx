/** The shapes of the pages, until their script and what they show is here. What is the same for everybody stands in them already. */

import type { Tier } from '../api/schema';
import { ButtonBone, FieldBone, Rows, times, Words } from '../components/shape/Bones';
import { Shape } from '../components/shape/Shape';
import { useSession } from '../session/useSession';
import { ACCOUNT, HISTORY, OWN } from '../texts/account';
import { PLANS } from '../texts/plans';
import { UI } from '../texts/ui';
import { Stage } from './check/Stage';

/** Of a page that has no shape of its own. */
export function PageShape() {
  return (
    <Shape className="narrow stack">
      <h1 className="title">
        <Words letters={16} />
      </h1>
      <p className="lead">
        <Words letters={70} />
      </p>
      <p>
        <Words letters={200} />
      </p>
    </Shape>
  );
}

export function TestsShape() {
  return (
    <Shape>
      <div className="opening">
        <h1 className="title">{UI.startTitle}</h1>
        <p className="lead">{UI.startLead}</p>
      </div>
      <ol className="stages">
        <Stage name="test" title={UI.chooseTest} open settled={false}>
          <Choice />
        </Stage>
        <Stage name="ready" title={UI.getReady} open={false} settled={false} />
        <Stage name="video" title={UI.video} open={false} settled={false} />
      </ol>
    </Shape>
  );
}

/** Of what is left and the tests to choose from. */
export function ChoiceShape() {
  return (
    <Shape className="stack-wide">
      <Choice />
    </Shape>
  );
}

/** How many tests a tier has to choose from, and how many tiers add some: what is not so moves when it comes. */
const CHOICES: Readonly<Record<Tier, { readonly tests: number; readonly tiers: number }>> = {
  free: { tests: 3, tiers: 2 },
  basic: { tests: 3, tiers: 2 },
  pro: { tests: 7, tiers: 1 },
  'pro-plus': { tests: 15, tiers: 0 },
};

function Choice() {
  const session = useSession();
  const { tests, tiers } = CHOICES[session.name === 'signed-in' ? session.account.tier : 'free'];
  return (
    <>
      <ul className="left">
        {[19, 16, 33].map((letters) => (
          <li key={letters}>
            <Words letters={letters} />
          </li>
        ))}
      </ul>
      <div className="tests">
        {times(tests, (test) => (
          <div key={test} className="test">
            <span className="figure" />
            <span className="test-words">
              <span className="test-name">
                <Words letters={14} />
              </span>
              <Words letters={52} />
              <span className="test-left">
                <Words letters={19} />
              </span>
            </span>
          </div>
        ))}
      </div>
      {times(tiers, (tier) => (
        <div key={tier} className="other-tests">
          <p>
            <Words letters={30} />
          </p>
        </div>
      ))}
    </>
  );
}

export function PlansShape() {
  return (
    <Shape className="stack-wide">
      <div className="opening">
        <h1 className="title">{PLANS.title}</h1>
        <p className="lead">{PLANS.lead}</p>
      </div>
      <Tiers foot />
    </Shape>
  );
}

/** Of the tiers beside each other. */
export function TiersShape({ foot = false }: { readonly foot?: boolean }) {
  return (
    <Shape>
      <Tiers foot={foot} />
    </Shape>
  );
}

/** The letters of what each tier has: the highest card gives all of them their height. */
const TIERS = [
  { name: 4, contents: [54, 36, 30, 39] },
  { name: 5, contents: [39] },
  { name: 3, contents: [63, 65, 69, 37, 34] },
  { name: 4, contents: [137, 62, 37, 35, 39] },
];

/** `foot`: with something to do below the first. */
function Tiers({ foot }: { readonly foot: boolean }) {
  return (
    <ul className="tiers">
      {TIERS.map(({ name, contents }, index) => (
        <li key={contents.length * name} className="tier stack-close">
          <h2 className="tier-name">
            <Words letters={name} />
          </h2>
          <p className="tier-price">
            <strong>
              <Words letters={5} />
            </strong>
          </p>
          {index > 0 && (
            <p>
              <Words letters={24} />
            </p>
          )}
          <ul className="tier-contents">
            {contents.map((letters) => (
              <li key={letters}>
                <Words letters={letters} />
              </li>
            ))}
          </ul>
          {foot && index === 0 && <ButtonBone />}
        </li>
      ))}
    </ul>
  );
}

export function HistoryShape() {
  return (
    <Shape className="narrow stack">
      <h1 className="title">{HISTORY.title}</h1>
      <Rows count={5} letters={[14, 26]} className="sheet" />
    </Shape>
  );
}

export function ResultShape() {
  return (
    <Shape>
      <p className="back">
        <Words letters={11} />
      </p>
      <div className="result">
        <div className="outcome stack">
          <p className="outcome-test">
            <Words letters={14} />
          </p>
          <h1 className="title">
            <Words letters={24} />
          </h1>
          <p className="lead">
            <Words letters={61} />
          </p>
          <div className="confidence">
            <span className="bone scale scale-bone" />
            <p>
              <Words letters={44} />
            </p>
          </div>
        </div>
        <div className="wide stack">
          <h2>{UI.noticed}</h2>
          <p>
            <Words letters={150} />
          </p>
        </div>
      </div>
    </Shape>
  );
}

export function ReportShape() {
  return (
    <Shape className="report">
      <div className="report-head stack">
        <p className="report-tier">
          <Words letters={4} />
        </p>
        <h1 className="title">
          <Words letters={20} />
        </h1>
        <p className="lead">
          <Words letters={50} />
        </p>
        <div className="actions">
          <ButtonBone />
          <ButtonBone />
        </div>
      </div>
      <dl className="glance">
        {times(4, (figure) => (
          <div key={figure} className="glance-figure">
            <dt>
              <Words letters={15} />
            </dt>
            <dd>
              <Words letters={2} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="stack">
        <h2>{UI.noticed}</h2>
        <p>
          <Words letters={100} />
        </p>
        <ul className="areas">
          {times(2, (area) => (
            <li key={area} className="area">
              <Words letters={220} />
            </li>
          ))}
        </ul>
      </div>
    </Shape>
  );
}

export function AccountShape() {
  return (
    <Shape className="narrow stack-wide">
      <h1 className="title">{OWN.title}</h1>
      <div className="sheet stack">
        <dl className="details">
          {[ACCOUNT.email, OWN.plan, OWN.since].map((name, index) => (
            <Detail key={name} name={name} letters={index === 0 ? 22 : 9} />
          ))}
        </dl>
        <div className="stack form">
          <div>
            <strong>{OWN.timeZone}</strong>
            <FieldBone />
            <p className="soft field-hint">{OWN.timeZoneHint}</p>
          </div>
          <ButtonBone />
        </div>
      </div>
      <div className="sheet stack">
        <h2>{OWN.sessions}</h2>
        <Rows count={1} letters={[27]} />
      </div>
    </Shape>
  );
}

function Detail({ name, letters }: { readonly name: string; readonly letters: number }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <Words letters={letters} />
      </dd>
    </>
  );
}
