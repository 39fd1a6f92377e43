//! When which test is taken again (product requirement I3): key limitations every two weeks, everything every four to six.
//!
//! Key limitations are the areas of the first priority, and patterns behind which no such area was found: what the plan works on
//! first. Patterns that may follow from an area that was found change with it and wait for the full reassessment.

use chrono::NaiveDate;
use flow_catalog::TestId;
use serde::Serialize;

use crate::{
    DueStatus, Interpretation, Priority,
    follow_up::{follow_up, iso, later},
};

/// What is taken again, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Retests {
    /// Tests of key limitations, the earliest first.
    pub quick: Vec<QuickRecheck>,
    /// All tests together; `None` while there is no result.
    pub full: Option<FullReassessment>,
}

/// The quick re-check of one test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuickRecheck {
    /// The test.
    pub test: TestId,
    /// Names of the areas it is for.
    pub areas: Vec<String>,
    /// Day of its newest result.
    #[serde(serialize_with = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub measured_on: NaiveDate,
    /// The day it is due.
    #[serde(serialize_with = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub on: NaiveDate,
    /// Where that stands today.
    pub status: DueStatus,
}

/// The full reassessment: every test that has a result. Counted from the oldest of the newest results, so that no test waits
/// longer than six weeks and quick re-checks in between move nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FullReassessment {
    /// The day it is counted from.
    #[serde(serialize_with = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub since: NaiveDate,
    /// The first day for it.
    #[serde(serialize_with = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub from: NaiveDate,
    /// The last day for it.
    #[serde(serialize_with = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub by: NaiveDate,
    /// Where that stands today.
    pub status: DueStatus,
    /// The tests, by number.
    pub tests: Vec<TestId>,
}

/// When the tests are taken again; `newest` has the day of the newest result of each test, in any order.
#[must_use]
pub fn retests(newest: &[(TestId, NaiveDate)], interpretation: &Interpretation, today: NaiveDate) -> Retests {
    let cadence = &follow_up().cadence;
    let key = || {
        interpretation
            .areas
            .iter()
            .filter(|area| area.priority == Priority::P1 || !area.has_found_cause())
    };
    let mut tests = newest.to_vec();
    tests.sort_unstable();
    let mut quick: Vec<QuickRecheck> = tests
        .iter()
        .filter_map(|&(test, measured_on)| {
            let areas: Vec<String> = key()
                .filter(|area| area.tests().contains(&test))
                .map(|area| area.name.clone())
                .collect();
            let on = later(measured_on, cadence.recheck_days);
            (!areas.is_empty()).then(|| QuickRecheck {
                test,
                areas,
                measured_on,
                on,
                status: DueStatus::on(today, on, later(on, cadence.recheck_grace_days)),
            })
        })
        .collect();
    // Stable: the number of the test decides among equals.
    quick.sort_by_key(|recheck| recheck.on);
    let full = tests.iter().map(|(_, day)| *day).min().map(|since| {
        let from = later(since, cadence.reassess_from_days);
        let by = later(since, cadence.reassess_by_days);
        FullReassessment {
            since,
            from,
            by,
            status: DueStatus::on(today, from, by),
            tests: tests.iter().map(|(test, _)| *test).collect(),
        }
    });
    Retests { quick, full }
}
