//! The explanation trail: which findings led to which problem area, in words.

use flow_catalog::TestId;
use flow_landmarks::Side;

use crate::{Cause, CauseStatus, Finding, Interpretation, ProblemArea};

/// One line for each problem area, what it rests on indented below it.
#[must_use]
pub fn trail(interpretation: &Interpretation) -> String {
    let tests = names(&interpretation.tests, "and");
    if interpretation.areas.is_empty() {
        return if interpretation.tests.is_empty() {
            "No problem areas: no test has a result.\n".to_owned()
        } else {
            format!("No problem areas: nothing stood out in {tests}.\n")
        };
    }
    let mut text = format!("Problem areas, from {tests}:\n");
    for area in &interpretation.areas {
        text.push_str(&head(area));
        for finding in &area.findings {
            text.push_str(&because(finding));
        }
        for cause in &area.causes {
            text.push_str(&may_follow(cause));
        }
    }
    text
}

fn head(area: &ProblemArea) -> String {
    let sides: Vec<&str> = area.sides.iter().copied().map(word).collect();
    let sides = match sides.as_slice() {
        [] => String::new(),
        some => format!(" ({})", some.join(" and ")),
    };
    let unsure = if area.sure {
        ""
    } else {
        " Unsure: record again to be certain."
    };
    format!(
        "{} {}{sides}: {}{unsure}\n",
        area.priority.name(),
        area.name,
        area.text
    )
}

fn because(finding: &Finding) -> String {
    let side = finding
        .side
        .map(|side| format!(", {}", word(side)))
        .unwrap_or_default();
    format!(
        "   because {} found {}{side}: {} (confidence {:.0} %)\n",
        finding.test.title(),
        finding.code,
        finding.text,
        finding.confidence * 100.0
    )
}

fn may_follow(cause: &Cause) -> String {
    let status = match cause.status {
        CauseStatus::Found => "found, see above".to_owned(),
        CauseStatus::NotFound => "tested, not found".to_owned(),
        CauseStatus::NotTested => format!("not tested; {} would tell", names(&cause.tests, "or")),
    };
    format!("   may follow from {}: {status}\n", cause.name)
}

/// The titles of tests as a list in words.
fn names(tests: &[TestId], last: &str) -> String {
    match tests {
        [] => String::new(),
        [one] => one.title().to_owned(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().copied().map(TestId::title).collect();
            format!("{} {last} {}", first.join(", "), end.title())
        }
    }
}

const fn word(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}
