//! What an interpretation says.

use flow_catalog::TestId;
use flow_landmarks::Side;
use flow_movement::assessment::Unit;
use serde::{Deserialize, Serialize};

/// What the results of a person's tests mean together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Interpretation {
    /// The tests it rests on, by number.
    pub tests: Vec<TestId>,
    /// What was found, root-cause candidates first, what is severe before what is not.
    pub areas: Vec<ProblemArea>,
}

/// How a problem area is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Priority {
    /// Root-cause candidate: worked on first.
    P1,
    /// Consequence pattern: expected to change with its causes.
    P2,
}

impl Priority {
    /// `P1` or `P2`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::P1 => "P1",
            Self::P2 => "P2",
        }
    }
}

/// An area to work on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProblemArea {
    /// Stable name in kebab case.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// Root cause or consequence.
    pub priority: Priority,
    /// One sentence.
    pub text: String,
    /// The sides it was found on, left first; empty when the findings have none.
    pub sides: Vec<Side>,
    /// Whether a finding lies beyond its severe cut-off.
    pub severe: bool,
    /// Confidence of the surest result it rests on, 0..1.
    pub confidence: f64,
    /// Whether that result is sure enough to build on.
    pub sure: bool,
    /// What it rests on.
    pub findings: Vec<Finding>,
    /// Root-cause candidates it may follow from.
    pub causes: Vec<Cause>,
}

/// Something a test found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The test.
    pub test: TestId,
    /// The bucket or flag by its name in JSON.
    pub code: String,
    /// In words.
    pub text: String,
    /// On which side, if it belongs to one.
    pub side: Option<Side>,
    /// The value that crossed its cut-off, for flags.
    pub value: Option<Quantity>,
    /// Confidence of the result, 0..1.
    pub confidence: f64,
}

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quantity {
    /// The number, in `unit`.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
}

/// A root-cause candidate of a consequence pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Cause {
    /// Id of the P1 area.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it was found.
    pub status: CauseStatus,
    /// The tests that can tell, by number.
    pub tests: Vec<TestId>,
}

/// Whether a root-cause candidate was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CauseStatus {
    /// It is among the problem areas.
    Found,
    /// At least one of its tests was taken and none showed it.
    NotFound,
    /// None of its tests was taken.
    NotTested,
}

impl ProblemArea {
    /// Whether one of the root-cause candidates it may follow from was found: then it is expected to change with that.
    #[must_use]
    pub fn has_found_cause(&self) -> bool {
        self.causes.iter().any(|cause| cause.status == CauseStatus::Found)
    }

    /// The tests whose findings it rests on, each once, by number.
    #[must_use]
    pub fn tests(&self) -> Vec<TestId> {
        let mut tests: Vec<TestId> = self.findings.iter().map(|finding| finding.test).collect();
        tests.sort_unstable();
        tests.dedup();
        tests
    }
}
