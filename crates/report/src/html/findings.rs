//! What stood out: the report at a glance, and limitations by priority.

use flow_interpretation::{Cause, CauseStatus, Finding, ProblemArea};
use flow_movement::assessment::FlagCode;

use super::{
    markup::{Markup, element, line, text, words},
    phrases, section,
};
use crate::Report;

/// The four figures everybody looks for first.
pub(super) fn glance(report: &Report) -> Markup {
    let figure = |number: String, what: &str| element("div", [words("dt", what), words("dd", number)]);
    let shown = |day| {
        if day <= report.on {
            "now".to_owned()
        } else {
            phrases::day_and_month(day)
        }
    };
    let quick = report.retests.quick.first().map(|recheck| recheck.on);
    let full = report.retests.full.as_ref().map(|full| full.from);
    let next = match (quick, full) {
        (Some(quick), Some(full)) => Some(quick.min(full)),
        (quick, full) => quick.or(full),
    };
    element(
        "dl class=\"glance\"",
        [
            figure(report.tests.len().to_string(), "tests with a result"),
            figure(report.limitations.p1.len().to_string(), "first priority"),
            figure(report.limitations.p2.len().to_string(), "second priority"),
            figure(next.map_or_else(|| "\u{2013}".to_owned(), shown), "next re-test"),
        ],
    )
}

pub(super) fn limitations(report: &Report) -> Markup {
    let limitations = &report.limitations;
    if limitations.p1.is_empty() && limitations.p2.is_empty() {
        let intro = if report.tests.is_empty() {
            "Nothing can be said before the first test has a result."
        } else {
            "Nothing stood out in your tests."
        };
        return section("What we noticed", intro, Vec::new());
    }
    let group = |head: &'static str, title: &str, intro: &str, areas: &[ProblemArea], none: &str| {
        let mut pieces = vec![words("h3", title), words("p class=\"intro\"", intro)];
        if areas.is_empty() {
            pieces.push(words("p class=\"none\"", none));
        }
        pieces.extend(areas.iter().map(area));
        element(head, pieces.into_iter().map(line))
    };
    section(
        "What we noticed",
        "",
        vec![
            group(
                "div class=\"priority first\"",
                "First priority (P1)",
                "What may be behind the rest. Worked on first.",
                &limitations.p1,
                "None found in the tests you took.",
            ),
            group(
                "div class=\"priority second\"",
                "Second priority (P2)",
                "Patterns that may follow from it. Expected to change with it.",
                &limitations.p2,
                "None found in the tests you took.",
            ),
        ],
    )
}

fn area(area: &ProblemArea) -> Markup {
    let mut title = vec![text(&area.name)];
    if !area.sides.is_empty() {
        title.push(words("span class=\"sides\"", phrases::sides(&area.sides)));
    }
    if area.severe {
        title.push(words("span class=\"badge marked\"", "marked"));
    }
    if !area.sure {
        title.push(words("span class=\"badge\"", "unsure: record again"));
    }
    let mut findings: Vec<&Finding> = Vec::new();
    for finding in area.findings.iter().filter(|finding| says_more(finding, area)) {
        // A bucket speaks for all sides it was found on.
        let said = |known: &&Finding| known.test == finding.test && known.text == finding.text;
        if finding.value.is_some() || !findings.iter().any(said) {
            findings.push(finding);
        }
    }
    let mut pieces = vec![
        element("h4", title),
        words("p", &area.text),
        element("ul", findings.into_iter().map(because)),
    ];
    if !area.causes.is_empty() {
        let causes = area.causes.iter().map(cause);
        pieces.push(element(
            "p class=\"causes\"",
            [words("span", "May follow from"), element("span", causes)],
        ));
    }
    element("article", pieces.into_iter().map(line))
}

/// A bucket says nothing beyond the flags of the same test and side that it comes from.
fn says_more(finding: &Finding, area: &ProblemArea) -> bool {
    finding.value.is_some()
        || !area.findings.iter().any(|other| {
            other.test == finding.test
                && other.value.is_some()
                && (finding.side.is_none() || other.side == finding.side)
        })
}

fn because(finding: &Finding) -> Markup {
    let value = finding
        .value
        .map(|measured| {
            let quantity = phrases::quantity(measured.value, measured.unit);
            if finding.code == FlagCode::SideGap.code() {
                format!(" {quantity} apart.")
            } else {
                format!(" {quantity}.")
            }
        })
        .unwrap_or_default();
    element(
        "li",
        [
            words("b", finding.test.title()),
            text(format!(": {}{value}", finding.text)),
            words(
                "span class=\"soft\"",
                format!(" Confidence\u{a0}{}", phrases::percent(finding.confidence)),
            ),
        ],
    )
}

fn cause(cause: &Cause) -> Markup {
    let status = match cause.status {
        CauseStatus::Found => "found".to_owned(),
        CauseStatus::NotFound => "tested, not found".to_owned(),
        CauseStatus::NotTested => format!("not tested; {} would tell", phrases::tests(&cause.tests, "or")),
    };
    let head = match cause.status {
        CauseStatus::Found => "span class=\"cause found\"",
        CauseStatus::NotFound | CauseStatus::NotTested => "span class=\"cause\"",
    };
    element(head, [words("b", &cause.name), text(format!(": {status}"))])
}
