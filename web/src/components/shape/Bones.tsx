/** What shapes are made of: what stands for words, buttons, fields and rows until they are here. */

import type { ReactNode } from 'react';

/** Words of about so many letters: they take the size of the text around them and break over lines as the words to come will. */
export function Words({ letters }: { readonly letters: number }) {
  return <span className="words" data-letters={'notes '.repeat(letters / 6 + 1).slice(0, letters)} />;
}

export function ButtonBone() {
  return <span className="bone button-bone" />;
}

export function FieldBone() {
  return <span className="bone field-bone" />;
}

interface RowsProps {
  readonly count: number;
  /** Of the parts of a row. */
  readonly letters: readonly number[];
  readonly className?: string;
}

export function Rows({ count, letters, className = '' }: RowsProps) {
  return (
    <ul className={`rows ${className}`}>
      {times(count, (row) => (
        <li key={row} className="row">
          {letters.map((part) => (
            <Words key={part} letters={part} />
          ))}
        </li>
      ))}
    </ul>
  );
}

/** The same so many times. */
export function times(count: number, one: (index: number) => ReactNode): readonly ReactNode[] {
  return Array.from({ length: count }, (_, index) => one(index));
}
