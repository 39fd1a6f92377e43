//! What streams say, one JSON value a line (`application/x-ndjson`).

use flow_store::{AttemptId, State};
use serde::Serialize;
use serde_json::Value;

use crate::AttemptView;

/// One line while an attempt is scored.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ScoringEvent<'a> {
    /// Frames observed so far.
    Progress {
        /// How many are.
        done: u32,
        /// How many there are.
        total: u32,
    },
    /// A run broke off by a fault of ours; the next one begins.
    Retrying {
        /// Runs so far.
        run: u32,
        /// Most runs.
        of: u32,
    },
    /// The next run waits for a slot.
    Waiting {
        /// When it is looked again.
        retry_after_seconds: u32,
    },
    /// The attempt is final; the last line.
    Result {
        /// As `GET` shows it.
        attempt: &'a AttemptView,
    },
    /// The stream cannot go on; the last line.
    Error {
        /// Why.
        #[cfg_attr(feature = "schema", schemars(with = "crate::Problem"))]
        problem: Value,
    },
}

/// One line of a sweep.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SweepEvent<'a> {
    /// What was cleaned.
    Swept {
        /// Silent leases that were taken back.
        broken_runs: usize,
        /// Raw videos that were deleted.
        deleted_videos: usize,
    },
    /// An attempt was scored.
    Scored {
        /// Which.
        attempt_id: &'a AttemptId,
        /// What it came to.
        state: State,
    },
    /// The sweep is over; the last line.
    Done {
        /// Attempts that were scored.
        scored: u32,
    },
    /// The sweep cannot go on; the last line.
    Error {
        /// Why.
        #[cfg_attr(feature = "schema", schemars(with = "crate::Problem"))]
        problem: Value,
    },
}
