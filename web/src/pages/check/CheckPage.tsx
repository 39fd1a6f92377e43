/** From choosing a test to a video that is ready to send. Each stage opens when the one before it is settled. */

import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { Attempt, TestSlug } from '../../api/types';
import { availabilityOf, obstacleIn } from '../../attempt/availability';
import { type ChosenVideo, examine } from '../../attempt/chosen';
import { forget, type Kept, keep, keptOf } from '../../attempt/kept';
import { LoadedPart } from '../../components/LoadedPart';
import { lazily } from '../../components/lazily';
import { PageTitle } from '../../components/PageTitle';
import { RefusedDialog } from '../../components/RefusedDialog';
import { openLivePose } from '../../live/openLivePose';
import { useOwner } from '../../session/useSession';
import { noVideoText } from '../../texts/plans';
import { RECORDER } from '../../texts/recorder';
import { guideOf } from '../../texts/tests';
import { UI } from '../../texts/ui';
import { Guide } from './Guide';
import { PainQuestion } from './PainQuestion';
import { focusStage, Stage } from './Stage';
import { loadStanding, type Standing } from './standing';
import { TestChooser } from './TestChooser';
import { VideoPicker } from './VideoPicker';
import { WhatIsLeft } from './WhatIsLeft';

/** Who chooses a file needs none of it. */
const Recorder = lazily(
  () => import('./recorder/Recorder'),
  (module) => module.Recorder,
);

/** How the page opens: on a visit nothing is settled, after a result or a refusal the test is. */
export interface Opening {
  readonly test?: TestSlug;
  /** Who records the same test again has said a moment ago that nothing hurts. */
  readonly isFine?: boolean;
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

/** The video that was in somebody's hands, where the page opens at its test or at none. A refused one is not sent again. */
function comingBackTo({ test, refused }: Opening, owner: string | undefined): Kept | undefined {
  const kept = refused === undefined ? keptOf(owner) : undefined;
  return test === undefined || test === kept?.test ? kept : undefined;
}

export function CheckPage({ opening, onSubmit, onDismissed }: Props) {
  const owner = useOwner();
  const [before] = useState(() => comingBackTo(opening, owner));
  const [test, setTest] = useState(opening.test ?? before?.test);
  const [hurts, setHurts] = useState(opening.isFine || before !== undefined ? false : undefined);
  const [video, setVideo] = useState<ChosenVideo | 'checking' | undefined>(before?.video);
  const [refused, setRefused] = useState(opening.refused);
  /** Settled when the page opens: after a refusal the focus goes to a stage. */
  const [titleFirst] = useState(opening.returning === true && opening.refused === undefined);
  const [recording, setRecording] = useState(false);
  /** What was chosen last: looking at a file takes a moment, in which another file or test may be chosen. */
  const latest = useRef<{ readonly file: File } | undefined>(undefined);
  useEffect(() => {
    if (owner === undefined) return;
    // Nobody is asked twice whether something hurts, so nothing is kept for whom it does, or who has not said.
    if (hurts !== false) forget();
    else if (test !== undefined && video !== undefined && video !== 'checking') keep({ owner, test, video });
  }, [owner, test, hurts, video]);
  const guide = test === undefined ? undefined : guideOf(test);
  const [standing, setStanding] = useState<Standing | undefined>();
  const load = useCallback(async () => {
    const found = await loadStanding();
    setStanding(found);
    return found;
  }, []);
  // Who comes back to a test may have sent its last video.
  const availability =
    standing === undefined || test === undefined
      ? undefined
      : availabilityOf(test, standing.tier, standing.offers, standing.limits);
  const obstacle = standing === undefined ? undefined : obstacleIn(standing.limits);
  const shut = availability === undefined ? undefined : noVideoText(availability, obstacle);

  const chooseTest = (slug: TestSlug | undefined) => {
    setTest(slug);
    setHurts(undefined);
    // What stands against a video depends on the test.
    if (slug !== undefined && latest.current !== undefined) void takeFile(latest.current.file, slug);
  };
  const takeFile = async (file: File, forTest = test) => {
    if (forTest === undefined) return;
    const choice = { file };
    latest.current = choice;
    setVideo('checking');
    const examined = await examine(file, forTest);
    if (latest.current === choice) setVideo(examined);
  };
  const takeVideo = (recorded: ChosenVideo) => {
    latest.current = recorded;
    setVideo(recorded);
    closeRecorder();
  };
  const closeRecorder = () => setRecording(false);
  // Whom a link brought to a test goes on with what to do for it.
  const opensAtTest = opening.test !== undefined && !opening.isFine;
  useEffect(() => {
    if (opensAtTest) focusStage('ready');
  }, [opensAtTest]);
  useEffect(() => {
    if (!recording) return;
    // Behind an open dialog nothing takes the focus.
    return () => focusStage('video');
  }, [recording]);

  return (
    <>
      <div className="opening">
        <PageTitle takesFocus={titleFirst}>{UI.startTitle}</PageTitle>
        <p className="lead">{UI.startLead}</p>
      </div>
      <ol className="stages">
        <Stage name="test" title={UI.chooseTest} open settled={guide !== undefined}>
          <LoadedPart load={load}>
            {(found) => (
              <>
                <WhatIsLeft limits={found.limits} />
                <TestChooser standing={found} chosen={test} onChoose={chooseTest} />
              </>
            )}
          </LoadedPart>
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
          {guide !== undefined && hurts === false && shut !== undefined && (
            <p className="callout callout-stop">{shut}</p>
          )}
          {guide !== undefined && hurts === false && shut === undefined && (
            <VideoPicker
              video={video}
              onRecord={() => setRecording(true)}
              onFile={takeFile}
              onSubmit={(ready) => onSubmit(guide.slug, ready)}
            />
          )}
        </Stage>
      </ol>
      {refused !== undefined && (
        <RefusedDialog
          attempt={refused}
          shut={shut}
          onRecord={() => setRecording(true)}
          onFile={takeFile}
          onClose={(chosen) => {
            setRefused(undefined);
            onDismissed?.();
            focusStage(chosen ? 'video' : 'ready');
          }}
        />
      )}
      {recording && guide !== undefined && (
        <Suspense fallback={<p role="status">{RECORDER.opening}</p>}>
          <Recorder
            guide={guide}
            videosLeft={availability?.name === 'open' ? availability.left : undefined}
            openLivePose={openLivePose}
            onVideo={takeVideo}
            onFile={(file) => {
              void takeFile(file);
              closeRecorder();
            }}
            onClose={closeRecorder}
          />
        </Suspense>
      )}
    </>
  );
}
