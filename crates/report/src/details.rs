//! The extended result of one attempt.

use flow_catalog::{Feature, TestId, Tier};
use flow_interpretation::{ExtendedResult, extend};
use flow_movement::Assessment;
use serde::Serialize;

/// The extended result of an attempt.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AttemptDetails {
    /// The attempt's id.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "uuid")))]
    pub attempt: String,
    /// The test.
    pub test: TestId,
    /// What is typical, and what the confidence is made of.
    #[serde(flatten)]
    pub result: ExtendedResult,
    /// Share of the clip in which the body was read plausibly, 0..1; for tiers that have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pose_accuracy: Option<f64>,
}

impl AttemptDetails {
    /// What `tier` is shown of an attempt's assessment; `None` when the assessment has no result.
    #[must_use]
    pub fn new(attempt: String, assessment: &Assessment, tier: Tier) -> Option<Self> {
        Some(Self {
            attempt,
            test: assessment.test,
            result: extend(assessment)?,
            pose_accuracy: assessment
                .quality
                .pose_accuracy
                .filter(|_| tier.has(Feature::PoseAccuracy)),
        })
    }
}
