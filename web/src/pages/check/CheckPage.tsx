/** From choosing a test to a video that is ready to send. Each stage opens when the one before it is settled. */

import { useState } from 'react';
import type { Attempt, TestSlug } from '../../api/types';
import { type ChosenVideo, examine } from '../../attempt/chosen';
import { Loaded } from '../../components/Loaded';
import { PageTitle } from '../../components/PageTitle';
import { RefusedDialog } from '../../components/RefusedDialog';
import { guideOf } from '../../texts/tests';
import { UI } from '../../texts/ui';
import { Guide } from './Guide';
import { PainQuestion } from './PainQuestion';
import { focusStage, Stage } from './Stage';
import { loadStanding } from './standing';
import { TestChooser } from './TestChooser';
import { VideoPicker } from './VideoPicker';
import { WhatIsLeft } from './WhatIsLeft';

/** How the page opens: on a visit nothing is settled, after a result or a refusal the test is. */
export interface Opening {
  readonly test?: TestSlug;
  /** Someone comes back here from another page, so the focus has to come along. */
  readonly returning?: boolean;
  readonly refused?: Attempt;
}

interface Props {
  readonly opening: Opening;
  readonly onSubmit: (test: TestSlug, video: ChosenVideo) => void;
  /** The refusal has been read. */
  readonly onDismissed?: () => void;
}

export function CheckPage({ opening, onSubmit, onDismissed }: Props) {
  const [test, setTest] = useState(opening.test);
  // Who records the same test again has answered a moment ago.
  const [hurts, setHurts] = useState(opening.test === undefined ? undefined : false);
  const [video, setVideo] = useState<ChosenVideo | 'checking' | undefined>();
  const [refused, setRefused] = useState(opening.refused);
  const guide = test === undefined ? undefined : guideOf(test);

  const chooseTest = (slug: TestSlug | undefined) => {
    setTest(slug);
    setHurts(undefined);
  };
  const takeFile = async (file: File) => {
    setVideo('checking');
    setVideo(await examine(file));
  };

  return (
    <>
      <div className="opening">
        <PageTitle takesFocus={opening.returning === true && refused === undefined}>
          {UI.startTitle}
        </PageTitle>
        <p className="lead">{UI.startLead}</p>
      </div>
      <ol className="stages">
        <Stage name="test" title={UI.chooseTest} open settled={guide !== undefined}>
          <Loaded load={loadStanding}>
            {(standing) => (
              <>
                <WhatIsLeft limits={standing.limits} />
                <TestChooser standing={standing} chosen={test} onChoose={chooseTest} />
              </>
            )}
          </Loaded>
        </Stage>
        <Stage name="ready" title={UI.getReady} open={guide !== undefined} settled={hurts === false}>
          {guide !== undefined && (
            <>
              <Guide guide={guide} />
              <PainQuestion hurts={hurts} onAnswer={setHurts} />
            </>
          )}
        </Stage>
        <Stage name="video" title={UI.video} open={guide !== undefined && hurts === false} settled={false}>
          {guide !== undefined && hurts === false && (
            <VideoPicker video={video} onFile={takeFile} onSubmit={(ready) => onSubmit(guide.slug, ready)} />
          )}
        </Stage>
      </ol>
      {refused !== undefined && (
        <RefusedDialog
          attempt={refused}
          onFile={takeFile}
          onClose={(chosen) => {
            setRefused(undefined);
            onDismissed?.();
            focusStage(chosen ? 'video' : 'ready');
          }}
        />
      )}
    </>
  );
}
