/** The preparation of a test in pictures: the room, what the camera sees, what to wear. The words are in the guide. */

import { ClothesDrawings } from '../../drawings/ClothesDrawings';
import { SetUpDrawing } from '../../drawings/SetUpDrawing';
import { ViewDrawings } from '../../drawings/ViewDrawings';
import type { TestGuide } from '../../texts/guides/guide';
import { DRAWN } from '../../texts/guides/preparation';

export function PreparationDrawings({ guide }: { readonly guide: TestGuide }) {
  return (
    <div className="preparation">
      <SetUpDrawing guide={guide} />
      <div>
        <h3>{DRAWN.cameraSees}</h3>
        <ViewDrawings guide={guide} />
      </div>
      <div>
        <h3>{DRAWN.wear}</h3>
        <ClothesDrawings />
      </div>
    </div>
  );
}
