/**
 * The body in the camera's picture while someone records: what the recorder knows of it. It helps people to get in frame and never
 * reaches a result; devices that cannot do it record without.
 */

/** One of the 33 landmarks of MediaPipe Pose, in MediaPipe's order. */
export interface LiveLandmark {
  /** Share of the picture's width, to the right, in the picture as the camera sees it (not mirrored). */
  readonly x: number;
  /** Share of the picture's height, down. */
  readonly y: number;
  /** How likely it is to be in the picture and not hidden, 0..1. */
  readonly visibility: number;
}

export interface LivePose {
  /**
   * The body in the picture that the video shows now; undefined when there is none. Calls are made one after the other: a
   * slow device sees fewer pictures, never a queue of them. Rejects once it failed, and from then on.
   */
  find(video: HTMLVideoElement): Promise<readonly LiveLandmark[] | undefined>;
}

/**
 * Undefined where the device, the browser or the connection is not up to it. The signal frees the worker and its models, however far
 * they are.
 */
export type OpenLivePose = (signal: AbortSignal) => Promise<LivePose | undefined>;
