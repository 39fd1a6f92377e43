/** The extended result: what is typical for each measure, each repetition, and what the confidence is made of. */

import { type ReactNode, useCallback } from 'react';
import type { AttemptDetails, ExtendedMeasure, Tier } from '../../api/schema';
import { lackedUntil, tierOffers } from '../../api/tiers';
import { LoadedPart } from '../../components/LoadedPart';
import { Locked } from '../../components/Locked';
import { insight } from '../../session/browser';
import { brief, typicalInWords, typicalOfOther } from '../../texts/changes';
import { FOLLOW_UP } from '../../texts/followUp';
import { percent } from '../../texts/format';
import { MEANINGS } from '../../texts/meanings';
import { inWords, sideName } from '../../texts/measures';
import { UI } from '../../texts/ui';
import { Sources } from './Sources';

interface Props {
  readonly attempt: string;
  readonly tier: Tier;
  /** What everybody is shown of the measures. */
  readonly basic: ReactNode;
}

export function Details({ attempt, tier, basic }: Props) {
  // Who is known to lack them is spared the call, and told which tier has them.
  const load = useCallback(
    async () => lackedUntil(await tierOffers(), tier, 'extended-results') ?? insight.details(attempt),
    [attempt, tier],
  );
  const locked = (until: Tier) => (
    <>
      {basic}
      <Locked title={FOLLOW_UP.lockedTitle} tier={until} holds={FOLLOW_UP.lockedHolds} />
    </>
  );
  return (
    <LoadedPart load={load} shape={basic} instead={basic} locked={locked}>
      {(found) => (typeof found === 'string' ? locked(found) : <Whole details={found} />)}
    </LoadedPart>
  );
}

function Whole({ details: { measures, confidence, poseAccuracy } }: { readonly details: AttemptDetails }) {
  return (
    <>
      <p className="soft">{FOLLOW_UP.detailsLead}</p>
      <div className="table-frame">
        <table className="stacked">
          <thead>
            <tr>
              <th scope="col">{UI.measure}</th>
              <th scope="col" className="number">
                {FOLLOW_UP.you}
              </th>
              <th scope="col" className="typical-column">
                {MEANINGS.typical}
              </th>
            </tr>
          </thead>
          <tbody>
            {measures.map((measure) => (
              <Row key={`${measure.name} ${measure.side}`} measure={measure} />
            ))}
          </tbody>
        </table>
      </div>
      <h3>{FOLLOW_UP.confidenceTitle}</h3>
      <p>
        {FOLLOW_UP.confidenceParts(
          percent(confidence.tracking),
          percent(confidence.rest),
          percent(confidence.confidence),
        )}{' '}
        <span className="soft">{FOLLOW_UP.confidenceRest}</span>
      </p>
      {poseAccuracy !== undefined && (
        <>
          <h3>{MEANINGS.accuracy}</h3>
          <p>
            <strong>{percent(poseAccuracy)}.</strong> {MEANINGS.accuracyMeans}
          </p>
        </>
      )}
      <Sources measures={measures} />
    </>
  );
}

function Row({ measure }: { readonly measure: ExtendedMeasure }) {
  const { unit, typical } = measure;
  const { name, value, repetitions, turned } = directed(measure);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="number" data-label={FOLLOW_UP.you}>
        <span className="value">{brief(value, unit)}</span>
        {repetitions.length > 1 && (
          <span className="each">
            <span className="hidden">{FOLLOW_UP.eachTime}: </span>
            {repetitions.map((each) => brief(each, unit)).join(' · ')}
          </span>
        )}
      </td>
      <td data-label={MEANINGS.typical}>
        {typical === null ? (
          <span className="soft">{FOLLOW_UP.noTypical}</span>
        ) : (
          <>
            {turned
              ? typicalOfOther(measure, typical.limit, typical.better)
              : typicalInWords(typical.limit, unit, typical.better)}
            {typical.deadBand > 0 && <span className="soft"> ±{brief(typical.deadBand, unit)}</span>}
            <span className="each standing" data-tone={standing(typical).tone}>
              {standing(typical).words}
            </span>
          </>
        )}
      </td>
    </tr>
  );
}

/** A measure with its direction in its name instead of a minus sign, where it has two directions. */
function directed(measure: ExtendedMeasure) {
  const known = inWords(measure);
  if (known.way === 'behind') return { ...known, turned: true };
  const { words, side } = measure;
  const name = side === null ? words : `${words}, ${sideName(side).toLowerCase()}`;
  return { ...known, name, turned: false };
}

function standing({ certainty, within }: NonNullable<ExtendedMeasure['typical']>) {
  if (certainty < 1) return { tone: 'fair', words: FOLLOW_UP.near };
  return within ? { tone: 'well', words: FOLLOW_UP.within } : { tone: 'low', words: FOLLOW_UP.outside };
}
