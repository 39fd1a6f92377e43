/** Follows the body in the preview, where the device can: picture after picture, and what they say of framing and hold. */

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { LivePose, OpenLivePose } from '../../../live/livePose';
import type { Body } from '../../../recorder/body';
import { cueFor, type Framing, nextFraming } from '../../../recorder/framing';
import { HOLD_NOT_BEGUN, type HoldClock, nextHold, positionOf } from '../../../recorder/hold';
import type { TestView } from '../../../recorder/views';

export interface Live {
  readonly body: Body | undefined;
  readonly framing: Framing | undefined;
  readonly hold: HoldClock;
}

interface Looking {
  readonly view: TestView;
  readonly mirrored: boolean;
  /** The camera's picture is on. */
  readonly active: boolean;
  readonly recording: boolean;
}

const NOTHING_SEEN: Live = { body: undefined, framing: undefined, hold: HOLD_NOT_BEGUN };

/** More pictures a second than this help nobody, and make phones hot. */
const PAUSE_MILLISECONDS = 60;

export interface PoseInUse {
  /** Undefined where there is none, or none yet. */
  readonly pose: LivePose | undefined;
  /** It failed: from now on there is none. */
  readonly giveUp: () => void;
}

/** What follows the body, from when it is ready to when the recorder closes. */
export function useOpenPose(open: OpenLivePose | undefined): PoseInUse {
  const [pose, setPose] = useState<LivePose | undefined>();
  useEffect(() => {
    const closing = new AbortController();
    open?.(closing.signal).then(
      (found) => {
        if (!closing.signal.aborted) setPose(found);
      },
      // It is a help, not a part of the recording: without it people record all the same.
      () => setPose(undefined),
    );
    return () => closing.abort();
  }, [open]);
  const giveUp = useCallback(() => setPose(undefined), []);
  return { pose, giveUp };
}

/** Undefined where no body is followed. */
export function useLivePose(
  { pose, giveUp }: PoseInUse,
  video: RefObject<HTMLVideoElement | null>,
  { view, mirrored, active, recording }: Looking,
): Live | undefined {
  const [live, setLive] = useState(NOTHING_SEEN);
  /** Settled when no picture is being looked at, however that ended. */
  const idle = useRef<Promise<unknown>>(Promise.resolve());

  // A hold begins with its recording.
  useEffect(() => {
    if (recording) setLive((before) => ({ ...before, hold: HOLD_NOT_BEGUN }));
  }, [recording]);

  useEffect(() => {
    if (!active) setLive(NOTHING_SEEN);
  }, [active]);

  useEffect(() => {
    if (pose === undefined || !active) return;
    let looking = true;
    const look = async () => {
      // Another camera may have come while a picture of the one before is looked at.
      await idle.current;
      while (looking) {
        const element = video.current;
        if (
          element !== null &&
          element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA &&
          !document.hidden
        ) {
          const found = pose.find(element);
          idle.current = Promise.allSettled([found]);
          const body = await found;
          const now = performance.now();
          const aspect = element.videoWidth / element.videoHeight;
          if (looking) setLive((before) => after(before, body, { view, mirrored, aspect, now }));
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
      }
    };
    // As above: whatever broke in it, the recorder goes on without.
    look().catch(() => looking && giveUp());
    return () => {
      looking = false;
    };
  }, [pose, giveUp, active, video, view, mirrored]);

  return pose === undefined ? undefined : live;
}

function after(
  before: Live,
  body: Body | undefined,
  { view, mirrored, aspect, now }: Omit<Looking, 'active' | 'recording'> & { aspect: number; now: number },
): Live {
  const seen = body && view.hold && positionOf(view.hold, body, aspect);
  return {
    body,
    framing: nextFraming(before.framing, cueFor(body, view, mirrored), now),
    hold: nextHold(before.hold, seen, now),
  };
}
