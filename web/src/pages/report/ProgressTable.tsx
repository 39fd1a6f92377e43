/** How the key measure of each test has changed, and what that means. */

import type { MeasureProgress, Reading } from '../../api/schema';
import { Section } from '../../components/Section';
import { brief, changeInWords, readingInWords, toneOf, typicalInWords } from '../../texts/changes';
import { shortDay } from '../../texts/format';
import { MEANINGS } from '../../texts/meanings';
import { sideName } from '../../texts/measures';
import { REPORT } from '../../texts/report';
import { testName } from '../../texts/testNames';

interface Props {
  readonly rows: readonly MeasureProgress[];
  readonly today: string;
}

export function ProgressTable({ rows, today }: Props) {
  if (rows.length === 0) return null;
  return (
    <Section title={REPORT.progress} lead={REPORT.progressLead}>
      <div className="table-frame">
        <table className="stacked">
          <thead>
            <tr>
              <th scope="col">{REPORT.measure}</th>
              <th scope="col" className="number">
                {REPORT.before}
              </th>
              <th scope="col" className="number">
                {REPORT.latest}
              </th>
              <th scope="col" className="number">
                {MEANINGS.typical}
              </th>
              <th scope="col" className="number">
                {REPORT.error}
              </th>
              <th scope="col">{REPORT.change}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.test} ${row.measure} ${row.side}`} row={row} today={today} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Row({ row, today }: { readonly row: MeasureProgress; readonly today: string }) {
  const { unit, before, now, typical, better, error } = row;
  const value = (reading: Reading) => {
    const { shown, direction } = readingInWords(reading.value, row);
    return (
      <>
        <span className="value">{shown}</span>
        {direction !== undefined && <span className="each direction">{direction}</span>}
        <span className="each">{shortDay(reading.on)}</span>
      </>
    );
  };
  return (
    <tr>
      <th scope="row">
        <strong>{testName(row.test)}</strong>
        <span className="each">
          {row.words}
          {row.side !== null && `, ${sideName(row.side).toLowerCase()}`}
        </span>
      </th>
      <td className="number" data-label={REPORT.before}>
        {before === null ? '–' : value(before)}
      </td>
      <td className="number" data-label={REPORT.latest}>
        {value(now)}
      </td>
      <td className="number" data-label={MEANINGS.typical}>
        {typical === null ? '–' : typicalInWords(typical, unit, better)}
      </td>
      <td className="number" data-label={REPORT.error}>
        ±{brief(error, unit)}
      </td>
      <td className="change" data-tone={toneOf(row)}>
        <strong>{changeInWords(row) ?? REPORT.notCompared}</strong>
        <span className="each">
          {row.text} {comparison(row, today)}
        </span>
      </td>
    </tr>
  );
}

/** From when on it can be compared, while it cannot; else where it began, if that was before what it is compared with. */
function comparison(row: MeasureProgress, today: string) {
  const { change, before, first, nextComparison } = row;
  if (change === null)
    return nextComparison <= today ? REPORT.againNow : REPORT.againFrom(shortDay(nextComparison));
  if (before === null || first.on >= before.on) return null;
  const { shown, direction } = readingInWords(first.value, row);
  return REPORT.first(direction === undefined ? shown : `${shown} (${direction})`, shortDay(first.on));
}
