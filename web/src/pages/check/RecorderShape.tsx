/** The shape of the recorder while its script is loaded: over the whole window, as it will be. */

import { ButtonBone, Words } from '../../components/shape/Bones';
import { Shape } from '../../components/shape/Shape';
import { RECORDER } from '../../texts/recorder';

/** `test`: the name of what will be recorded. */
export function RecorderShape({ test }: { readonly test: string }) {
  return (
    <Shape className="recorder recorder-shape" says={RECORDER.opening}>
      <div className="recorder-head">
        <h2>{RECORDER.title(test)}</h2>
      </div>
      <div className="film" />
      <div className="recorder-panel stack">
        <p>
          <Words letters={60} />
        </p>
        <div className="actions">
          <ButtonBone />
          <ButtonBone />
        </div>
        <p>
          <Words letters={240} />
        </p>
      </div>
    </Shape>
  );
}
