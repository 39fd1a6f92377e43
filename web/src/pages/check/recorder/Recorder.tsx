/** The recorder: fills the window, and lets go of the camera when it closes. What happens in it is in `recorder/`. */

import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { ChosenVideo } from '../../../attempt/chosen';
import type { OpenLivePose } from '../../../live/livePose';
import { countOf } from '../../../recorder/phases';
import { viewOf } from '../../../recorder/views';
import type { TestGuide } from '../../../texts/guides/guide';
import { LEFT } from '../../../texts/plans';
import { RECORDER } from '../../../texts/recorder';
import { Blocked } from './Blocked';
import { LiveStage } from './LiveStage';
import { Review } from './Review';
import { useOpenPose } from './useLivePose';
import { useRecorder } from './useRecorder';
import { useVoice } from './useVoice';

interface Props {
  readonly guide: TestGuide;
  /** Videos that are left today of this test, where they are counted. */
  readonly videosLeft: number | undefined;
  /** How the device follows the body live; without it there are no cues and no hold timer. */
  readonly openLivePose?: OpenLivePose | undefined;
  readonly onVideo: (video: ChosenVideo) => void;
  readonly onFile: (file: File) => void;
  readonly onClose: () => void;
}

export function Recorder({ guide, videosLeft, openLivePose, onVideo, onFile, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const recorder = useRecorder(guide.slug);
  const { phase, now, send } = recorder;
  const view = useMemo(() => viewOf(guide.preparation), [guide]);
  const pose = useOpenPose(openLivePose);
  const count = countOf(phase, now);
  const voice = useVoice(phase.name, count);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const isBefore = phase.name === 'asking' || phase.name === 'framing';
    // The button that led back here is gone, and the focus with it.
    if (isBefore && document.activeElement === document.body) title.current?.focus();
  }, [phase.name]);

  const isUnderWay = phase.name === 'waiting' || phase.name === 'countdown' || phase.name === 'recording';
  const [leaving, setLeaving] = useState(false);
  useEffect(() => {
    if (!leaving) return;
    if (isUnderWay) send({ type: 'stop' });
    // A recording that is done is kept, for nothing is sent by that; one that is being finished is waited for.
    else if (phase.name === 'review') onFile(phase.recorded.file);
    else if (phase.name !== 'finishing') onClose();
  }, [leaving, isUnderWay, phase, send, onFile, onClose]);
  /** Escape stops what is under way first. */
  const leave = () => (isUnderWay ? send({ type: 'stop' }) : setLeaving(true));
  const stopBySpace = (event: KeyboardEvent) => {
    const onControl = event.target instanceof Element && event.target.closest('button, input, select, label');
    if (event.key !== ' ' || phase.name !== 'recording' || onControl) return;
    event.preventDefault();
    send({ type: 'stop' });
  };

  const left = videosLeft === undefined ? undefined : LEFT.ofTest(videosLeft);
  return (
    <dialog
      ref={dialog}
      className="recorder"
      aria-labelledby="recorder-title"
      data-phase={phase.name}
      onCancel={(event) => {
        // The cancelling of a file choice bubbles up here as well.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        leave();
      }}
      // Browsers close a dialog after a second Escape, whatever the page says.
      onClose={() => setLeaving(true)}
      onKeyDown={stopBySpace}
    >
      <div className="recorder-head">
        <h2 ref={title} id="recorder-title" tabIndex={-1}>
          {RECORDER.title(guide.name)}
        </h2>
        {!isUnderWay && phase.name !== 'finishing' && (
          <button type="button" className="button button-quiet recorder-close" onClick={leave}>
            {RECORDER.close}
          </button>
        )}
      </div>
      {phase.name === 'blocked' && (
        <Blocked problem={phase.problem} onRetry={recorder.tryAgain} onFile={onFile} />
      )}
      {phase.name === 'review' && !leaving && (
        <Review
          recorded={phase.recorded}
          test={guide.slug}
          left={left}
          onUse={onVideo}
          onAgain={() => send({ type: 'record-again' })}
          onFile={onFile}
        />
      )}
      {phase.name !== 'blocked' && phase.name !== 'review' && (
        <LiveStage
          guide={guide}
          view={view}
          recorder={recorder}
          count={count}
          voice={voice}
          left={left}
          pose={pose}
        />
      )}
    </dialog>
  );
}
