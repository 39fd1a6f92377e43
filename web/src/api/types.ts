/** The shapes that travel over the API, named as this client calls them; `schema.ts` is written from the OpenAPI document. */

import type { AttemptRequest, ClipCheck, MeasureUnit, ScoringEvent, TestId } from './schema';

export type {
  Assessment,
  Attempt,
  AttemptState,
  Flag,
  KeyFrame,
  Measure,
  Repetition,
  Side,
  SideResult,
  TestResult,
} from './schema';

export type TestSlug = TestId;
export type NewAttempt = AttemptRequest;
export type Check = ClipCheck;
export type Unit = MeasureUnit;
/** What `POST /api/attempts/{id}/score` streams; its errors are thrown. */
export type ScoreEvent = Exclude<ScoringEvent, { readonly type: 'error' }>;
