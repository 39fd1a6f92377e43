/** Live pose by a worker: what is asked of it while a picture is looked at waits for that one, and a failure is the end of it. */

import { Conversation } from './conversation';
import { isFastEnough } from './device';
import type { LiveLandmark, LivePose } from './livePose';
import { type Picture, reasonOf } from './messages';

export interface Surroundings {
  readonly start: () => Worker;
  /** The picture that a video shows; undefined while it shows none. */
  readonly take: (video: HTMLVideoElement) => Promise<Picture> | undefined;
  /** Told at most once why there is no live pose where there could be. */
  readonly warn: (reason: string) => void;
  /** How many milliseconds a picture may take. */
  readonly budget: number;
  /** Ends it, however far it is: nobody is found from then on. */
  readonly signal: AbortSignal;
}

/** Undefined where the worker failed or is too slow. */
export async function openWorkerPose({
  start,
  take,
  warn,
  budget,
  signal,
}: Surroundings): Promise<LivePose | undefined> {
  let conversation: Conversation;
  try {
    conversation = new Conversation(start());
  } catch (error) {
    warn(reasonOf(error));
    return undefined;
  }
  signal.addEventListener('abort', () => conversation.end(), { once: true });
  const opened = await conversation.next();
  if (opened.kind !== 'opened' || !isFastEnough(opened.milliseconds, budget)) {
    conversation.end();
    if (opened.kind === 'failed') warn(opened.reason);
    return undefined;
  }

  /** Why it cannot go on. */
  let failure: Error | undefined;

  async function look(video: HTMLVideoElement): Promise<readonly LiveLandmark[] | undefined> {
    // A camera that is just being switched has no picture: the next one counts.
    const picture = await take(video)?.catch(() => undefined);
    if (picture === undefined) return undefined;
    try {
      const answer = await conversation.ask(picture);
      if (answer.kind === 'found') return answer.landmarks;
      throw new Error(answer.kind === 'failed' ? answer.reason : 'its worker started anew');
    } catch (error) {
      failure = new Error(reasonOf(error), { cause: error });
      conversation.end();
      warn(failure.message);
      throw failure;
    }
  }

  let running: Promise<readonly LiveLandmark[] | undefined> | undefined;
  return {
    async find(video) {
      if (failure !== undefined) throw failure;
      if (conversation.ended) return undefined;
      running ??= look(video).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}
