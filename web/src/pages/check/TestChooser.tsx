/** The tests to choose from, as one group of radio buttons. */

import type { TestSlug } from '../../api/types';
import { FigureDrawing } from '../../components/FigureDrawing';
import { TESTS } from '../../texts/tests';
import { UI } from '../../texts/ui';

interface Props {
  readonly chosen: TestSlug | undefined;
  readonly onChoose: (test: TestSlug) => void;
}

export function TestChooser({ chosen, onChoose }: Props) {
  return (
    <fieldset className="tests">
      <legend className="hidden">{UI.chooseTest}</legend>
      {TESTS.map(({ slug, name, about, figure }) => (
        <label className="test" key={slug}>
          <input
            type="radio"
            name="test"
            value={slug}
            checked={slug === chosen}
            onChange={() => onChoose(slug)}
            aria-describedby={`about-${slug}`}
          />
          <FigureDrawing figure={figure} />
          <span className="test-words">
            <span className="test-name">{name}</span>
            <span id={`about-${slug}`} className="soft">
              {about}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
