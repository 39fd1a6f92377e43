//! Attempts: how one is asked for, and what clients see of it.

use std::collections::BTreeMap;

use flow_catalog::{Feature, TestId, Tier};
use flow_store::{Attempt, AttemptId, KeyFrame, Progress, Sha256Hex, State};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::rfc3339;

/// Largest video in bytes (product requirement G5).
pub const MAX_VIDEO_BYTES: u64 = 50_000_000;

/// The media types of videos that can be scored.
pub const VIDEO_TYPES: [&str; 4] = ["video/mp4", "video/quicktime", "video/webm", "video/x-matroska"];

/// Asks for an attempt.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttemptRequest {
    /// The test that the video is of.
    #[cfg_attr(feature = "schema", schemars(with = "TestId"))]
    pub test: String,
    /// The media type of the video in lower case; parameters such as codecs may follow.
    #[cfg_attr(
        feature = "schema",
        schemars(regex(pattern = r"^video/(mp4|quicktime|webm|x-matroska)( *;.*)?$"))
    )]
    pub content_type: String,
    /// Its length in bytes.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = MAX_VIDEO_BYTES)))]
    pub size_bytes: u64,
    /// Its SHA-256 in hexadecimal, if the client knows it: a video that was sent before is then not sent again.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[0-9a-fA-F]{64}$")))]
    pub sha256: Option<String>,
}

/// How much of an attempt's video is here.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Upload"))]
#[serde(rename_all = "camelCase")]
pub struct UploadView {
    /// How many bytes are kept, from the first: the rest is to be sent. All of them when the video is here.
    pub received_bytes: u64,
    /// How many there are.
    pub size_bytes: u64,
}

/// A stored assessment cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("a stored assessment: {0}")]
pub struct DamagedAssessment(#[from] serde_json::Error);

/// One attempt.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Attempt"))]
#[serde(rename_all = "camelCase")]
pub struct AttemptView {
    /// Its id.
    id: AttemptId,
    /// The test.
    test: TestId,
    /// The tier it was made in.
    tier: Tier,
    /// Where it is in its life.
    state: State,
    /// `VALID`, `INVALID`, `RETRYING` or `FAILED`; missing while nothing is decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = ["VALID", "INVALID", "RETRYING", "FAILED"]))
    )]
    status: Option<&'static str>,
    /// When it was asked for.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    created_at: String,
    /// When its video was here.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    uploaded_at: Option<String>,
    /// When it became final.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    finished_at: Option<String>,
    /// How often scoring was begun.
    runs: u32,
    /// How far scoring is, while it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<Progress>,
    /// The media type that was declared.
    content_type: String,
    /// The length that was declared.
    size_bytes: u64,
    /// The SHA-256 of the video that came.
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<Sha256Hex>,
    /// The media type of the container that was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    container: Option<String>,
    /// Quality of the clip, 0..1.
    #[serde(skip_serializing_if = "Option::is_none")]
    quality_score: Option<f64>,
    /// Mean confidence of the landmarks, 0..1.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence_avg: Option<f64>,
    /// Positional variance of the landmark that moves most, in torso lengths squared.
    #[serde(skip_serializing_if = "Option::is_none")]
    motion_variance: Option<f64>,
    /// What to tell the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    feedback: Option<String>,
    /// What came out, in lists; a single attempt has it in its assessment.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<OutcomeView>,
    /// What was found; lists leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<flow_movement::Assessment>"))]
    assessment: Option<Box<RawValue>>,
    /// Its key frames; lists leave them out, and attempts without any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    key_frames: Vec<KeyFrameView>,
    /// Where to send the video, while it is awaited.
    #[serde(skip_serializing_if = "Option::is_none")]
    upload_url: Option<String>,
    /// Where to have it scored, while it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    score_url: Option<String>,
}

/// What came out of a test, without what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Outcome"))]
#[serde(rename_all = "camelCase")]
pub struct OutcomeView {
    /// The normalized outcome.
    #[cfg_attr(feature = "schema", schemars(with = "flow_movement::assessment::Bucket"))]
    bucket: String,
    /// How far from symmetric, where the test has a severity.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Option<flow_movement::assessment::Severity>")
    )]
    severity: Option<String>,
    /// How sure the bucket is, 0..1.
    confidence: f64,
}

/// One key frame without its drawing.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "KeyFrame"))]
#[serde(rename_all = "camelCase")]
pub struct KeyFrameView {
    /// Its number, from 1.
    number: u32,
    /// What it shows.
    caption: String,
    /// When, in seconds from the start of the clip.
    at_seconds: f64,
    /// Where its drawing is.
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

    /// An attempt as lists show it: with what came out, without what that rests on.
    pub fn listed(attempt: Attempt) -> Result<Self, DamagedAssessment> {
        let outcome = attempt.outcome.assessment.as_deref().map(outcome).transpose()?;
        Ok(Self {
            outcome: outcome.flatten(),
            ..Self::brief(attempt)
        })
    }

    /// An attempt without its assessment and key frames.
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
            outcome: None,
            assessment: None,
            key_frames: Vec::new(),
        }
    }

    /// An attempt with all that is known of it and that is shown to `tier`.
    pub fn full(
        mut attempt: Attempt,
        key_frames: Vec<KeyFrame>,
        tier: Tier,
    ) -> Result<Self, DamagedAssessment> {
        let assessment = attempt.outcome.assessment.take();
        let assessment = assessment.map(|stored| {
            if tier.has(Feature::PoseAccuracy) {
                RawValue::from_string(stored)
            } else {
                without_pose_accuracy(&stored)
            }
        });
        let assessment = assessment.transpose()?;
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

/// What came out, as a stored assessment has it: nothing where the video was refused.
fn outcome(assessment: &str) -> Result<Option<OutcomeView>, DamagedAssessment> {
    #[derive(Deserialize)]
    struct Stored {
        result: Option<OutcomeView>,
    }
    let stored: Stored = serde_json::from_str(assessment)?;
    Ok(stored.result)
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

    #[test]
    fn lists_tell_what_came_out_of_what_was_scored() {
        let stored = r#"{"test":"y-balance","result":{"bucket":"asymmetric","bucketText":"…","confidence":0.5,"severity":"mild"}}"#;
        let expected = OutcomeView {
            bucket: "asymmetric".to_owned(),
            severity: Some("mild".to_owned()),
            confidence: 0.5,
        };
        assert_eq!(outcome(stored).unwrap(), Some(expected));
        for refused in [r#"{"test":"plank","result":null}"#, "{}"] {
            assert_eq!(outcome(refused).unwrap(), None);
        }
        assert!(outcome(r#"{"result":{"bucket":"pass"}}"#).is_err());
    }
}
