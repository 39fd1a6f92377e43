//! Which areas are worked on in which phase (product requirement I4): two weeks of local work, then two weeks of integration.
//!
//! The exercises are not decided here.

use chrono::NaiveDate;
use flow_catalog::TestId;
use flow_landmarks::Side;
use serde::Serialize;

use crate::{
    CauseStatus, DueStatus, Interpretation, Priority, ProblemArea,
    follow_up::{follow_up, iso, later},
};

/// One phase of the plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Phase {
    /// Its number, from 1.
    pub number: usize,
    /// Its name.
    pub title: String,
    /// The first day.
    #[serde(serialize_with = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub from: NaiveDate,
    /// The last day.
    #[serde(serialize_with = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "date")))]
    pub to: NaiveDate,
    /// Where it stands today.
    pub status: PhaseStatus,
    /// What it is for.
    pub text: String,
    /// What is worked on, the most important first.
    pub areas: Vec<PhaseArea>,
}

/// Where a phase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PhaseStatus {
    /// Not begun.
    Upcoming,
    /// Under way.
    Current,
    /// Over.
    Done,
}

/// An area in a phase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PhaseArea {
    /// Id of the area.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its priority.
    pub priority: Priority,
    /// The sides it was found on.
    pub sides: Vec<Side>,
    /// Why it is worked on in this phase.
    pub why: String,
}

/// The phases from the first day on; empty when nothing was found.
#[must_use]
pub fn phases(interpretation: &Interpretation, first_day: NaiveDate, today: NaiveDate) -> Vec<Phase> {
    if interpretation.areas.is_empty() {
        return Vec::new();
    }
    let of = |priority: Priority| -> Vec<&ProblemArea> {
        let areas = interpretation.areas.iter();
        areas.filter(|area| area.priority == priority).collect()
    };
    let (causes, patterns) = (of(Priority::P1), of(Priority::P2));
    let mut from = first_day;
    let mut phases = Vec::new();
    for (index, rule) in follow_up().phases.iter().enumerate() {
        let (own, other) = if index == 0 {
            (&causes, &patterns)
        } else {
            (&patterns, &causes)
        };
        let areas = if own.is_empty() { other } else { own };
        let to = later(from, rule.days.saturating_sub(1));
        phases.push(Phase {
            number: index + 1,
            title: rule.title.clone(),
            from,
            to,
            status: match DueStatus::on(today, from, to) {
                DueStatus::Upcoming => PhaseStatus::Upcoming,
                DueStatus::Due => PhaseStatus::Current,
                DueStatus::Overdue => PhaseStatus::Done,
            },
            text: if own.is_empty() {
                rule.without_areas.clone()
            } else {
                rule.text.clone()
            },
            areas: areas.iter().map(|area| in_phase(area)).collect(),
        });
        from = later(from, rule.days);
    }
    phases
}

fn in_phase(area: &ProblemArea) -> PhaseArea {
    let found: Vec<&str> = area
        .causes
        .iter()
        .filter(|cause| cause.status == CauseStatus::Found)
        .map(|cause| cause.name.as_str())
        .collect();
    let tests: Vec<&str> = area.tests().into_iter().map(TestId::title).collect();
    let why = match (area.priority, found.as_slice()) {
        (_, [_, ..]) => format!("May follow from: {}.", found.join(", ").to_lowercase()),
        (Priority::P1, []) => format!("Found in {}.", tests.join(" and ")),
        (Priority::P2, []) => format!(
            "Found in {}, with no root-cause candidate found.",
            tests.join(" and ")
        ),
    };
    let why = if area.sure {
        why
    } else {
        format!("{why} Unsure: record again first.")
    };
    PhaseArea {
        id: area.id.clone(),
        name: area.name.clone(),
        priority: area.priority,
        sides: area.sides.clone(),
        why,
    }
}
