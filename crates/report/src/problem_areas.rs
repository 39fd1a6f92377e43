//! What the newest result of each test means together, with what it rests on.

use flow_interpretation::{Interpretation, interpret, trail};
use flow_movement::Assessment;
use serde::Serialize;

/// Problem areas with what they rest on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProblemAreas {
    /// The areas.
    #[serde(flatten)]
    pub interpretation: Interpretation,
    /// The results it was made from, oldest first.
    pub results: Vec<ResultSource>,
    /// The same in words.
    pub explanation: String,
}

/// A result that counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResultSource {
    /// The attempt's id.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "uuid")))]
    pub attempt: String,
    /// When it was scored, RFC 3339.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub finished_at: String,
}

impl ProblemAreas {
    /// What assessments mean together; `results` says where they come from, oldest first.
    #[must_use]
    pub fn new(assessments: &[Assessment], results: Vec<ResultSource>) -> Self {
        let found: Vec<_> = assessments
            .iter()
            .filter_map(|assessment| Some((assessment.test, assessment.result.as_ref()?)))
            .collect();
        let interpretation = interpret(&found);
        Self {
            explanation: trail(&interpretation),
            interpretation,
            results,
        }
    }
}
