//! Attempts as clients see them.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use flow_catalog::{Feature, TestId, Tier};
use flow_store::{Attempt, AttemptId, KeyFrame, Progress, Sha256Hex, State};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::Error;

/// A time in RFC 3339, UTC, to the millisecond.
#[must_use]
pub fn rfc3339(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// One page of a list.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListView<T> {
    /// What is on this page, newest first.
    pub items: Vec<T>,
    /// Give it as `cursor` to get the next page; missing on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// One attempt.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AttemptView {
    id: AttemptId,
    test: TestId,
    tier: Tier,
    state: State,
    /// `VALID`, `INVALID`, `RETRYING` or `FAILED`; missing while nothing is decided (SPEC G3).
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uploaded_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<String>,
    runs: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<Progress>,
    content_type: String,
    size_bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<Sha256Hex>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quality_score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence_avg: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    motion_variance: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feedback: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assessment: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    key_frames: Vec<KeyFrameView>,
    /// Where to send the video, while it is awaited.
    #[serde(skip_serializing_if = "Option::is_none")]
    upload_url: Option<String>,
    /// Where to have it scored, while it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    score_url: Option<String>,
}

/// One key frame without its drawing.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyFrameView {
    number: u32,
    caption: String,
    at_seconds: f64,
    url: String,
}

impl AttemptView {
    /// Where an attempt is.
    #[must_use]
    pub fn path(id: &AttemptId) -> String {
        format!("/api/attempts/{id}")
    }

    /// Where its video goes.
    #[must_use]
    pub fn upload_path(id: &AttemptId) -> String {
        format!("/api/attempts/{id}/video")
    }

    /// An attempt without its assessment and key frames, as lists show it.
    #[must_use]
    pub fn brief(attempt: Attempt) -> Self {
        let path = Self::path(&attempt.id);
        let status = match attempt.state {
            State::Created | State::Uploaded | State::Scoring => None,
            State::Retrying => Some("RETRYING"),
            State::Valid => Some("VALID"),
            State::Invalid => Some("INVALID"),
            State::Failed => Some("FAILED"),
        };
        let waits = matches!(attempt.state, State::Uploaded | State::Scoring | State::Retrying);
        Self {
            upload_url: (attempt.state == State::Created).then(|| Self::upload_path(&attempt.id)),
            score_url: waits.then(|| format!("{path}/score")),
            id: attempt.id,
            test: attempt.test,
            tier: attempt.tier,
            state: attempt.state,
            status,
            created_at: rfc3339(attempt.created_at),
            uploaded_at: attempt.uploaded_at.map(rfc3339),
            finished_at: attempt.finished_at.map(rfc3339),
            runs: attempt.runs,
            progress: attempt.progress,
            content_type: attempt.content_type,
            size_bytes: attempt.size_bytes,
            sha256: attempt.sha256,
            container: attempt.container,
            quality_score: attempt.outcome.quality_score,
            confidence_avg: attempt.outcome.confidence_avg,
            motion_variance: attempt.outcome.motion_variance,
            feedback: attempt.outcome.feedback,
            assessment: None,
            key_frames: Vec::new(),
        }
    }

    /// An attempt with all that is known of it and that is shown to `tier`.
    pub fn full(mut attempt: Attempt, key_frames: Vec<KeyFrame>, tier: Tier) -> Result<Self, Error> {
        let assessment = attempt.outcome.assessment.take();
        let assessment = assessment.map(|stored| {
            if tier.has(Feature::PoseAccuracy) {
                RawValue::from_string(stored)
            } else {
                without_pose_accuracy(&stored)
            }
        });
        let assessment = assessment
            .transpose()
            .map_err(|error| Error::Internal(format!("a stored assessment: {error}")))?;
        let path = Self::path(&attempt.id);
        let key_frames = key_frames.into_iter().map(|frame| KeyFrameView {
            url: format!("{path}/key-frames/{}.svg", frame.number),
            number: frame.number,
            caption: frame.caption,
            at_seconds: frame.at_seconds,
        });
        Ok(Self {
            assessment,
            key_frames: key_frames.collect(),
            ..Self::brief(attempt)
        })
    }
}

/// The assessment without `quality.poseAccuracy`, everything else letter for letter.
fn without_pose_accuracy(assessment: &str) -> Result<Box<RawValue>, serde_json::Error> {
    let mut members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(assessment)?;
    if let Some(quality) = members.get_mut("quality") {
        let mut inner: BTreeMap<String, Box<RawValue>> = serde_json::from_str(quality.get())?;
        inner.remove("poseAccuracy");
        *quality = serde_json::value::to_raw_value(&inner)?;
    }
    serde_json::value::to_raw_value(&members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pose_accuracy_is_taken_out_and_nothing_else_changes() {
        let stored = r#"{"test":"plank","quality":{"checks":[{"limit":0.10}],"poseAccuracy":0.93,"trackedShare":1.0},"x":1e2}"#;
        assert_eq!(
            without_pose_accuracy(stored).unwrap().get(),
            r#"{"quality":{"checks":[{"limit":0.10}],"trackedShare":1.0},"test":"plank","x":1e2}"#
        );
        assert_eq!(without_pose_accuracy("{}").unwrap().get(), "{}");
        assert!(without_pose_accuracy("[]").is_err());
    }
}
