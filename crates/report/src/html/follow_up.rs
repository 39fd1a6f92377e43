//! What comes next and what has changed: phases, re-tests, progress.

use chrono::NaiveDate;
use flow_interpretation::{Action, DueStatus, Phase, PhaseStatus, Progress, Verdict};

use super::{
    markup::{Markup, element, text, words},
    phrases, section, table, whole_table,
};
use crate::Report;

pub(super) fn plan(report: &Report) -> Markup {
    if report.phases.is_empty() {
        return Markup::default();
    }
    section(
        "Your plan in two phases",
        "Counted from the day of your tests.",
        vec![element("div class=\"phases\"", report.phases.iter().map(phase))],
    )
}

fn phase(phase: &Phase) -> Markup {
    let weeks = format!(
        "{} to {}",
        phrases::day_and_month(phase.from),
        phrases::short_day(phase.to)
    );
    let status = match phase.status {
        PhaseStatus::Upcoming => None,
        PhaseStatus::Current => Some(words("span class=\"badge current\"", "now")),
        PhaseStatus::Done => Some(words("span class=\"badge\"", "over")),
    };
    let areas = phase.areas.iter().map(|area| {
        let name = if area.sides.is_empty() {
            area.name.clone()
        } else {
            format!("{} ({})", area.name, phrases::sides(&area.sides))
        };
        element(
            "li",
            [
                words("b", name),
                words("span class=\"priority-tag\"", area.priority.name()),
                words("span class=\"why\"", &area.why),
            ],
        )
    });
    let title = [text(format!("{}. {}", phase.number, phase.title))];
    element(
        "article",
        [
            element("h3", title.into_iter().chain(status)),
            words("p class=\"when\"", weeks),
            words("p", &phase.text),
            element("ul", areas),
        ],
    )
}

pub(super) fn retests(report: &Report) -> Markup {
    let Some(full) = &report.retests.full else {
        return Markup::default();
    };
    let mut rows: Vec<Vec<Markup>> = report
        .retests
        .quick
        .iter()
        .map(|recheck| {
            vec![
                text("Quick re-check"),
                element(
                    "span",
                    [
                        words("b", recheck.test.title()),
                        words(
                            "span class=\"soft\"",
                            format!(" for {}", phrases::list(&names(&recheck.areas), "and")),
                        ),
                    ],
                ),
                text(phrases::short_day(recheck.on)),
                status(recheck.status),
            ]
        })
        .collect();
    rows.push(vec![
        text("Full reassessment"),
        text(phrases::tests(&full.tests, "and")),
        text(format!(
            "{} to {}",
            phrases::day_and_month(full.from),
            phrases::short_day(full.by)
        )),
        status(full.status),
    ]);
    section(
        "When to test again",
        "Key limitations every two weeks, everything every four to six.",
        vec![whole_table(&["What", "Tests", "When", "Status"], rows)],
    )
}

fn names(areas: &[String]) -> Vec<&str> {
    areas.iter().map(String::as_str).collect()
}

fn status(status: DueStatus) -> Markup {
    match status {
        DueStatus::Upcoming => words("span class=\"badge\"", "upcoming"),
        DueStatus::Due => words("span class=\"badge current\"", "due now"),
        DueStatus::Overdue => words("span class=\"badge marked\"", "overdue"),
    }
}

pub(super) fn progress(report: &Report) -> Markup {
    if report.progress.is_empty() {
        return Markup::default();
    }
    let rows = report.progress.iter().map(|progress| row(progress, report.on));
    section(
        "Progress of your key measures",
        "Each test by its key measure, compared with the result nearest to two weeks earlier. One camera does not \
         tell changes apart that are smaller than the error. Percentages are shares of your own leg length.",
        vec![table(
            &[
                "Test", "Change", ">Now", ">Before", ">First", ">Typical", ">Error",
            ],
            rows,
        )],
    )
}

fn row(row: &Progress, today: NaiveDate) -> Vec<Markup> {
    let number = |value: f64| phrases::number(value, row.unit);
    let reading = |reading: flow_interpretation::Reading| {
        element(
            "span",
            [
                text(number(reading.value)),
                words("span class=\"day\"", phrases::day_and_month(reading.on)),
            ],
        )
    };
    let nothing = || text("\u{2013}");
    vec![
        element(
            "span",
            [
                text(row.test.title()),
                words("span class=\"measure\"", phrases::with_side(&row.words, row.side)),
            ],
        ),
        element(
            "span",
            [change(row), words("span class=\"outcome\"", outcome(row, today))],
        ),
        reading(row.now),
        row.before.map_or_else(nothing, reading),
        reading(row.first),
        row.typical
            .map_or_else(nothing, |limit| text(phrases::number(limit, row.unit))),
        text(format!("\u{b1}\u{a0}{}", number(row.error))),
    ]
}

fn change(row: &Progress) -> Markup {
    let head = match (row.verdict, row.action) {
        (Verdict::Worse, _) => "b class=\"low\"",
        (_, Action::Adjust) => "b class=\"fair\"",
        (Verdict::Good | Verdict::Reached | Verdict::Some, _) => "b class=\"well\"",
        _ => "b",
    };
    let Some(change) = row.change else {
        return Markup::default();
    };
    let share = row
        .percent
        .map(|percent| format!(" ({:.0}\u{a0}%)", percent.abs()))
        .unwrap_or_default();
    let size = phrases::number(change.abs(), row.unit);
    words(
        head,
        if row.verdict == Verdict::NoClearChange {
            let fell = row.before.is_some_and(|before| row.now.value < before.value);
            let sign = if fell { "\u{2212}" } else { "+" };
            format!("about the same ({sign}{size})")
        } else if change > 0.0 {
            format!("{size} better{share}")
        } else if change < 0.0 {
            format!("{size} worse{share}")
        } else {
            "the same".to_owned()
        },
    )
}

fn outcome(row: &Progress, today: NaiveDate) -> String {
    match row.verdict {
        Verdict::First | Verdict::TooEarly if row.next_comparison <= today => {
            format!("{} Again from now on.", row.text)
        }
        Verdict::First | Verdict::TooEarly => {
            format!(
                "{} Again from {}.",
                row.text,
                phrases::day_and_month(row.next_comparison)
            )
        }
        _ => row.text.clone(),
    }
}
