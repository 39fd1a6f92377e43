//! The data file of cadence, progress and phases, as types; and days.

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize, Serializer};

/// Everything in `data/follow_up.toml`; its comments say what the numbers are and where they come from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FollowUp {
    pub cadence: Cadence,
    pub progress: ProgressLimits,
    /// By the name of the verdict.
    pub verdicts: BTreeMap<String, String>,
    #[serde(rename = "phase")]
    pub phases: [PhaseRule; 2],
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the unit belongs to the names")]
pub(crate) struct Cadence {
    pub recheck_days: u64,
    pub recheck_grace_days: u64,
    pub reassess_from_days: u64,
    pub reassess_by_days: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProgressLimits {
    pub good_percent: f64,
    pub adjust_below_percent: f64,
    pub compare_days: i64,
    pub compare_least_days: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhaseRule {
    pub title: String,
    pub days: u64,
    pub text: String,
    pub without_areas: String,
}

/// Where a day stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DueStatus {
    /// Not yet.
    Upcoming,
    /// From today on, or since a little while.
    Due,
    /// The time for it is over.
    Overdue,
}

impl DueStatus {
    /// What is due from `from` to `by`, both included, as seen on `today`.
    pub(crate) fn on(today: NaiveDate, from: NaiveDate, by: NaiveDate) -> Self {
        if today < from {
            Self::Upcoming
        } else if today <= by {
            Self::Due
        } else {
            Self::Overdue
        }
    }
}

/// So many days later; the same day where the calendar ends.
pub(crate) fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// A day as ISO 8601 writes it.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
pub(crate) fn iso<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

/// The file, which is part of the program; a test parses it.
pub(crate) fn follow_up() -> &'static FollowUp {
    static FOLLOW_UP: LazyLock<FollowUp> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "the text is compiled in; `the_figures_are_those_of_the_product` parses the same text"
        )]
        toml::from_str(include_str!("../data/follow_up.toml")).expect("follow_up.toml is well formed")
    });
    &FOLLOW_UP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_those_of_the_product() {
        let FollowUp {
            cadence,
            progress,
            phases,
            ..
        } = follow_up();
        assert_eq!(
            (
                cadence.recheck_days,
                cadence.reassess_from_days,
                cadence.reassess_by_days
            ),
            (14, 28, 42)
        );
        assert!(
            (progress.good_percent - 20.0).abs() < 1e-9
                && (progress.adjust_below_percent - 10.0).abs() < 1e-9
        );
        assert!(progress.compare_least_days <= progress.compare_days);
        assert_eq!([phases[0].days, phases[1].days], [14, 14]);
    }
}
