/** Asked before every test; yes stops it. */

import { UI } from '../../texts/ui';

interface Props {
  readonly hurts: boolean | undefined;
  readonly onAnswer: (hurts: boolean) => void;
}

export function PainQuestion({ hurts, onAnswer }: Props) {
  const answer = (value: boolean, label: string) => (
    <label className="answer">
      <input type="radio" name="pain" checked={hurts === value} onChange={() => onAnswer(value)} />
      <span>{label}</span>
    </label>
  );
  return (
    <>
      <fieldset className="pain" aria-describedby="pain-hint">
        <legend>{UI.pain}</legend>
        <p id="pain-hint" className="soft">
          {UI.painHint}
        </p>
        <div className="answers">
          {answer(false, UI.painNo)}
          {answer(true, UI.painYes)}
        </div>
      </fieldset>
      <div role="alert">
        {hurts === true && (
          <div className="callout callout-stop stack-close">
            <h3>{UI.painStopTitle}</h3>
            <p>{UI.painStop}</p>
          </div>
        )}
      </div>
    </>
  );
}
