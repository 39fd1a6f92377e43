/** How to film a test: camera, surroundings, movement. */

import type { TestGuide } from '../../texts/guides/guide';
import { UI } from '../../texts/ui';
import { PreparationDrawings } from './PreparationDrawings';

export function Guide({ guide }: { readonly guide: TestGuide }) {
  return (
    <div>
      <dl className="facts">
        <div>
          <dt>{UI.camera}</dt>
          <dd>{guide.view}</dd>
        </div>
        <div>
          <dt>{UI.oneRecording}</dt>
          <dd>{guide.time}</dd>
        </div>
      </dl>
      <PreparationDrawings guide={guide} />
      <div className="guide-lists">
        <div>
          <h3>{UI.setUp}</h3>
          <ul>
            {guide.setUp.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
        <div>
          <h3>{UI.whatToDo}</h3>
          <ol>
            {guide.steps.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </div>
      </div>
    </div>
  );
}
