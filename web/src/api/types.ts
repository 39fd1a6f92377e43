/** The shapes that travel over the API, as far as this client reads them. */

export type TestSlug =
  | 'overhead-squat'
  | 'y-balance'
  | 'hip-shoulder-90-90'
  | 'single-leg-balance'
  | 'ankle-mobility'
  | 'lateral-lunge'
  | 'shoulder-flexion'
  | 'wall-slide'
  | 'plank'
  | 'glute-bridge'
  | 'bird-dog'
  | 'dead-bug'
  | 'clamshell'
  | 'neck-flexion-extension'
  | 'chin-tuck';

/** What `POST /api/attempts` takes. */
export interface NewAttempt {
  readonly test: TestSlug;
  readonly contentType: string;
  readonly sizeBytes: number;
}

export type AttemptState = 'created' | 'uploaded' | 'scoring' | 'retrying' | 'valid' | 'invalid' | 'failed';

/** One submission of a video. */
export interface Attempt {
  readonly id: string;
  readonly test: string;
  readonly state: AttemptState;
  readonly contentType: string;
  /** Where to send the video, while it is awaited. */
  readonly uploadUrl?: string;
  /** One or two sentences for the person, once it is final. */
  readonly feedback?: string | null;
  /** What was found; absent when the video could not be read at all. */
  readonly assessment?: Assessment | null;
  /** Skeletons at decisive moments; absent when there are none. */
  readonly keyFrames?: readonly KeyFrame[];
}

export interface KeyFrame {
  /** Counted from 1. */
  readonly number: number;
  readonly caption: string;
  readonly atSeconds: number;
  /** Of the drawing, an SVG document. */
  readonly url: string;
}

/** The outcome of one clip for one test. */
export interface Assessment {
  readonly test: string;
  readonly status: 'VALID' | 'INVALID';
  readonly quality: Quality;
  readonly feedback: string;
  readonly result: TestResult | null;
}

export interface Quality {
  /** 0..1. */
  readonly qualityScore: number;
  /** Failed ones first, in the order of what to fix first. */
  readonly checks: readonly Check[];
}

export interface Check {
  readonly code: string;
  readonly passed: boolean;
  readonly instruction: string | null;
}

export type Side = 'left' | 'right';

export type Unit =
  | 'deg'
  | 's'
  | 'legLengths'
  | '%legLength'
  | '%bodyLine'
  | 'torsoLengths'
  | 'score'
  | 'count';

export interface TestResult {
  readonly bucket: string;
  readonly bucketText: string;
  /** How sure the bucket is, 0..1. */
  readonly confidence: number;
  readonly severity: 'none' | 'mild' | 'moderate' | 'marked' | null;
  readonly sides: readonly SideResult[];
  readonly measures: readonly Measure[];
  readonly flags: readonly Flag[];
  /** What the clip did not show, in words. */
  readonly notMeasured: readonly string[];
  readonly repetitions: readonly Repetition[];
}

export interface SideResult {
  readonly side: Side;
  readonly measured: boolean;
  readonly bucket: string | null;
}

export interface Measure {
  /** Camel case without unit: `kneeFlexion`. */
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  readonly side: Side | null;
  /** Its value in each repetition. */
  readonly repetitions: readonly number[];
}

export interface Flag {
  readonly code: string;
  readonly side: Side | null;
  readonly text: string;
  readonly value: number;
  readonly unit: Unit;
  readonly severe: boolean;
}

export interface Repetition {
  /** Seconds from the start of the clip: beginning, decisive moment, end. */
  readonly startT: number;
  readonly keyT: number;
  readonly endT: number;
  readonly side: Side | null;
  readonly view: 'front' | 'side' | 'back';
  readonly kind: string | null;
}

/** What `POST /api/attempts/{id}/score` streams. */
export type ScoreEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  /** A run broke off by a fault of the server; the next one begins from the first frame. */
  | { readonly type: 'retrying' }
  /** No place is free; the server looks again by itself. */
  | { readonly type: 'waiting'; readonly retryAfterSeconds: number }
  | { readonly type: 'result'; readonly attempt: Attempt };
