/** The numbers behind a result. */

import type { Measure, Repetition, SideResult } from '../../api/types';
import { amount, period, quantity, seconds, seenFrom } from '../../texts/format';
import { measureName, repetitionName, sideName } from '../../texts/measures';
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
            <th scope="col">{UI.perRepetition}</th>
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => (
            <tr key={`${measure.name} ${measure.side}`}>
              <th scope="row">{measureName(measure.name, measure.side)}</th>
              <td className="number value">{quantity(measure.value, measure.unit)}</td>
              <td className="soft">
                {measure.repetitions.map((value) => amount(value, measure.unit)).join(' · ') || '–'}
              </td>
            </tr>
          ))}
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
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{UI.number}</th>
            <th scope="col">{UI.what}</th>
            <th scope="col">{UI.when}</th>
            <th scope="col">{UI.decisive}</th>
          </tr>
        </thead>
        <tbody>
          {repetitions.map((repetition, index) => (
            <tr key={repetition.startT}>
              <th scope="row">{index + 1}</th>
              <td>{describe(repetition)}</td>
              <td className="times">{period(repetition.startT, repetition.endT)}</td>
              <td className="times">{seconds(repetition.keyT)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function describe({ kind, side, view }: Repetition): string {
  return [repetitionName(kind, side), seenFrom(view)].filter((words) => words !== undefined).join(', ');
}
