/** The numbers behind a result. */

import type { Measure, Repetition, SideResult } from '../../api/types';
import { amount, period, quantity, seconds, seenFrom } from '../../texts/format';
import { inWords, repetitionName, sideName } from '../../texts/measures';
import { SIDE_OUTCOMES } from '../../texts/results';
import { UI } from '../../texts/ui';

export function MeasureTable({ measures }: { readonly measures: readonly Measure[] }) {
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{UI.measure}</th>
            <th scope="col" className="number">
              {UI.value}
            </th>
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => {
            const { name, value, repetitions } = inWords(measure);
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="number">
                  <span className="value">{quantity(value, measure.unit)}</span>
                  {repetitions.length > 1 && (
                    <span className="each">
                      <span className="hidden">{UI.perRepetition}: </span>
                      {repetitions.map((each) => amount(each, measure.unit)).join(' · ')}
                    </span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export function SideTable({ sides }: { readonly sides: readonly SideResult[] }) {
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{UI.side}</th>
            <th scope="col">{UI.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {sides.map(({ side, measured, bucket }) => (
            <tr key={side}>
              <th scope="row">{sideName(side)}</th>
              <td>{measured ? (SIDE_OUTCOMES[bucket ?? ''] ?? bucket ?? UI.measuredSide) : UI.notShown}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function RepetitionTable({ repetitions }: { readonly repetitions: readonly Repetition[] }) {
  const manyViews = new Set(repetitions.map(({ view }) => view)).size > 1;
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{UI.what}</th>
            <th scope="col" className="number">
              {UI.when}
            </th>
          </tr>
        </thead>
        <tbody>
          {repetitions.map((repetition, index) => (
            <tr key={repetition.startT}>
              <th scope="row">
                {index + 1}. {describe(repetition, manyViews)}
              </th>
              <td className="number">
                {period(repetition.startT, repetition.endT)}
                <span className="each">
                  {UI.decisive} {seconds(repetition.keyT)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What was counted; from where it was seen only where that differs within the clip, or nothing else is known. */
function describe({ kind, side, view }: Repetition, manyViews: boolean): string {
  const name = repetitionName(kind, side);
  if (name === undefined) return seenFrom(view);
  return manyViews ? `${name}, ${seenFrom(view)}` : name;
}
