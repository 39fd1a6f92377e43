//! What is stored as JSON, back as types.

use flow_edge::Error;
use flow_movement::Assessment;
use flow_store::AttemptId;

/// The assessment of an attempt.
pub fn assessment(attempt: &AttemptId, stored: &str) -> Result<Assessment, Error> {
    serde_json::from_str(stored)
        .map_err(|error| Error::Internal(format!("the assessment of {attempt}: {error}")))
}
