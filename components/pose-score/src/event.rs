//! What the streams of this component say, one JSON value a line.

use flow_edge::AttemptView;
use flow_store::{AttemptId, State};
use serde::Serialize;
use serde_json::Value;

/// One line of a stream.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event<'a> {
    /// Frames observed so far.
    Progress { done: u32, total: u32 },
    /// A run broke off by a fault of ours; the next one begins.
    Retrying { run: u32, of: u32 },
    /// The next run waits for a slot.
    Waiting { retry_after_seconds: u32 },
    /// The attempt is final; the last line.
    Result { attempt: &'a AttemptView },
    /// The stream cannot go on; the last line.
    Error { problem: Value },
    /// What a sweep cleaned.
    Swept {
        broken_runs: usize,
        deleted_videos: usize,
    },
    /// What a sweep scored.
    Scored { attempt_id: &'a AttemptId, state: State },
    /// A sweep is over; the last line.
    Done { scored: u32 },
}
