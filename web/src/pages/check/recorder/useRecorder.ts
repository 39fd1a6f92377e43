/** The recorder at work: its phases, driven by the person, the camera, the clock and the page. */

import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useLeaveWarning } from '../../../components/useLeaveWarning';
import type { CameraChoice } from '../../../recorder/camera';
import { supportedFormats } from '../../../recorder/formats';
import { FIRST_PHASE, nextPhase, type RecorderEvent, type RecorderPhase } from '../../../recorder/phases';
import { type Recording, startRecording } from '../../../recorder/recording';
import { type CameraInUse, useCamera } from './useCamera';

export interface RecorderInUse extends CameraInUse {
  readonly phase: RecorderPhase;
  /** Milliseconds, on the clock of the phases: when something happened last, which ticks do while something is counted. */
  readonly now: number;
  readonly send: (event: RecorderEvent) => void;
  readonly chooseCamera: (deviceId: string) => void;
  /** Asks for any camera: the one that was chosen may be the reason why there is none. */
  readonly tryAgain: () => void;
}

interface Moment {
  readonly phase: RecorderPhase;
  readonly at: number;
}

const TICK_MILLISECONDS = 100;
/** Those who film themselves with a phone see the screen. */
const FIRST_CHOICE: CameraChoice = { facing: 'user' };

export function useRecorder(fileName: string): RecorderInUse {
  const [{ phase, at: now }, dispatch] = useReducer(
    (before: Moment, { event, at }: { readonly event: RecorderEvent; readonly at: number }): Moment => ({
      phase: nextPhase(before.phase, event, at),
      at,
    }),
    { phase: FIRST_PHASE, at: 0 },
  );
  const send = useCallback((event: RecorderEvent) => dispatch({ event, at: performance.now() }), []);
  const [choice, setChoice] = useState(FIRST_CHOICE);
  useTicks(phase.name === 'countdown' || phase.name === 'recording', send);

  const onOpened = useCallback(() => send({ type: 'camera-opened' }), [send]);
  const onRefused = useCallback(
    (problem: Extract<RecorderEvent, { type: 'camera-refused' }>['problem']) =>
      send({ type: 'camera-refused', problem }),
    [send],
  );
  const needed = phase.name !== 'review' && phase.name !== 'blocked';
  const inUse = useCamera(choice, phase.name === 'asking', needed, { onOpened, onRefused });
  useRecording(phase.name === 'recording', inUse.camera?.stream, fileName, send);
  useLeaveWarning(['recording', 'finishing', 'review'].includes(phase.name));
  useWakeLock(['waiting', 'countdown', 'recording'].includes(phase.name));

  const chooseCamera = useCallback(
    (deviceId: string) => {
      setChoice({ deviceId });
      send({ type: 'ask-again' });
    },
    [send],
  );
  const tryAgain = useCallback(() => {
    setChoice(FIRST_CHOICE);
    send({ type: 'ask-again' });
  }, [send]);
  return { ...inUse, phase, now, send, chooseCamera, tryAgain };
}

/** Records while it should; what was recorded arrives as an event. */
function useRecording(
  active: boolean,
  stream: MediaStream | undefined,
  fileName: string,
  send: (event: RecorderEvent) => void,
): void {
  const recording = useRef<Recording | undefined>(undefined);
  useEffect(() => {
    if (!active || stream === undefined) return;
    const formats = supportedFormats((mimeType) => MediaRecorder.isTypeSupported(mimeType));
    try {
      recording.current = startRecording(stream, formats, fileName);
    } catch {
      // Which of the browser's reasons it was helps nobody who wants to record; the recorder says what does.
      send({ type: 'not-started' });
      return;
    }
    recording.current.done.then((recorded) => send({ type: 'recorded', recorded }));
    return () => recording.current?.stop('stopped');
  }, [active, stream, fileName, send]);

  useEffect(() => {
    const onHidden = () => {
      if (!document.hidden) return;
      if (active) recording.current?.stop('hidden');
      else send({ type: 'stop' });
    };
    document.addEventListener('visibilitychange', onHidden);
    return () => document.removeEventListener('visibilitychange', onHidden);
  }, [active, send]);
}

function useTicks(running: boolean, send: (event: RecorderEvent) => void): void {
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => send({ type: 'tick' }), TICK_MILLISECONDS);
    return () => clearInterval(timer);
  }, [running, send]);
}

/** Phones that nobody touches go dark, and stop the camera with it. */
function useWakeLock(active: boolean): void {
  useEffect(() => {
    if (!active || !('wakeLock' in navigator)) return;
    // A battery that runs low may refuse it: the recording is tried all the same.
    const lock = navigator.wakeLock.request('screen').catch(() => undefined);
    return () => void lock.then((held) => held?.release());
  }, [active]);
}
