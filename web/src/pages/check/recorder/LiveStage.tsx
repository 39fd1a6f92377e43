/** From the camera's first picture to the end of the recording: the picture, what is said about it, and what can be done. */

import { useEffect, useRef, useState } from 'react';
import type { Cue } from '../../../recorder/framing';
import { elapsedOf, type RecorderPhase } from '../../../recorder/phases';
import { isWide, type TestView } from '../../../recorder/views';
import type { TestGuide } from '../../../texts/guides/guide';
import { CUES, CUES_ON_FLOOR, RECORDER } from '../../../texts/recorder';
import { Clocks } from './Clocks';
import { FramingGuide, Skeleton } from './FramingGuide';
import { Preview } from './Preview';
import { StartPanel } from './StartPanel';
import { StopPanel } from './StopPanel';
import { TurnHint } from './TurnHint';
import { type PoseInUse, useLivePose } from './useLivePose';
import type { RecorderInUse } from './useRecorder';
import { useSpoken, type Voice } from './useVoice';

interface Props {
  readonly guide: TestGuide;
  readonly view: TestView;
  readonly recorder: RecorderInUse;
  readonly count: number | undefined;
  readonly voice: Voice;
  /** What is left of the day, in words. */
  readonly left: string | undefined;
  readonly pose: PoseInUse;
}

export function LiveStage({ guide, view, recorder, count, voice, left, pose }: Props) {
  const { phase, now, camera, cameras, send } = recorder;
  const video = useRef<HTMLVideoElement>(null);
  const mirrored = camera?.mirrored === true;
  const recording = phase.name === 'recording';
  const live = useLivePose(pose, video, { view, mirrored, active: camera !== undefined, recording });
  const cue = live?.framing?.shown;
  const elapsed = elapsedOf(phase, now);
  const words = cue === undefined ? undefined : wordsOf(cue, view);
  /** Nobody is seen any more, so nothing starts by itself. */
  const [lost, setLost] = useState(false);
  const loss = lost && phase.name === 'framing' ? RECORDER.lost : undefined;
  const told = loss ?? toldOf(phase, cue, words);
  // For somebody who is on the way into the picture; who is in frame hears the countdown.
  useSpoken(voice, phase.name === 'waiting' && cue !== 'good' ? words : loss);

  useEffect(() => {
    if (phase.name === 'waiting' && cue === 'good') send({ type: 'in-frame' });
  }, [phase.name, cue, send]);

  const isFollowed = live !== undefined;
  useEffect(() => {
    if (phase.name !== 'waiting') return;
    setLost(!isFollowed);
    if (!isFollowed) send({ type: 'stop' });
  }, [phase.name, isFollowed, send]);

  return (
    <>
      <Preview
        video={video}
        camera={camera}
        layers={(picture) => (
          <>
            <FramingGuide
              view={view}
              figure={guide.figure}
              picture={picture}
              good={cue === 'good'}
              outlined={elapsed === undefined && cue !== 'good'}
            />
            {live?.body !== undefined && <Skeleton body={live.body} picture={picture} mirrored={mirrored} />}
          </>
        )}
      >
        <p className="film-cue" aria-live="polite" data-good={cue === 'good'}>
          {told}
        </p>
        {count !== undefined && (
          <p className="film-count" aria-hidden="true">
            <span>{count}</span>
          </p>
        )}
        {elapsed !== undefined && <Clocks elapsed={elapsed} hold={view.hold && live?.hold} now={now} />}
      </Preview>
      <div className="recorder-panel stack">
        {(phase.name === 'framing' || (phase.name === 'asking' && cameras.length > 0)) && (
          <>
            <TurnHint wide={isWide(view)} />
            <StartPanel
              cameras={cameras}
              chosen={camera?.deviceId}
              voice={voice}
              handsFree={live !== undefined}
              onCamera={recorder.chooseCamera}
              onStart={(delaySeconds) => send({ type: 'start', delaySeconds })}
              onStartInFrame={() => send({ type: 'start-in-frame' })}
            />
            {left !== undefined && <p className="soft">{left}</p>}
          </>
        )}
        <StopPanel phase={phase.name} onStop={() => send({ type: 'stop' })} />
        {view.hold !== undefined && live !== undefined && elapsed !== undefined && (
          <p className="soft">{RECORDER.holdLive}</p>
        )}
        {phase.name !== 'asking' && (
          <section className="recorder-steps" aria-labelledby="recorder-steps">
            <h3 id="recorder-steps">{RECORDER.steps}</h3>
            <ol>
              {guide.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </section>
        )}
      </div>
    </>
  );
}

function wordsOf(cue: Cue, view: TestView): string {
  return (isWide(view) ? CUES_ON_FLOOR[cue] : undefined) ?? CUES[cue];
}

/** The one line over the picture. */
function toldOf(phase: RecorderPhase, cue: Cue | undefined, words: string | undefined): string | undefined {
  switch (phase.name) {
    case 'asking':
      return RECORDER.asking;
    case 'finishing':
      return RECORDER.stopping;
    case 'recording':
      // Whoever is in frame has other things to look at.
      return cue === 'good' ? undefined : words;
    default:
      return words;
  }
}
