//! Test by test: outcome, measures with what is typical, decisive moments; what was not measured; where limits come from.

use flow_interpretation::{ExtendedMeasure, Typical};
use flow_movement::assessment::{Bucket, Severity, Unit};

use super::{
    markup::{Markup, drawing, element, line, text, words},
    phrases, section, table,
};
use crate::{Figure, Report, TestSummary};

/// Drawings of one test: more would say little more.
const FIGURES: usize = 2;

pub(super) fn tests(report: &Report) -> Markup {
    if report.tests.is_empty() {
        return Markup::default();
    }
    let tests = section(
        "Test by test",
        "What was measured in the newest result of each test. Within the band given with \u{b1} around a limit, one camera cannot \
         tell on which side of it you are. Percentages are shares of your own leg length.",
        report.tests.iter().map(test).collect(),
    );
    element("div class=\"new-page\"", [tests])
}

fn test(test: &TestSummary) -> Markup {
    let outcome = match test.bucket {
        Bucket::Good | Bucket::Pass | Bucket::Symmetric | Bucket::WithinRange => "span class=\"badge well\"",
        Bucket::Compensation | Bucket::Limited | Bucket::Asymmetric | Bucket::NeedsWork => {
            "span class=\"badge fair\""
        }
        Bucket::Significant => "span class=\"badge marked\"",
    };
    let head = element(
        "h3",
        [
            words("span class=\"no\"", test.test.number().to_string()),
            text(test.test.title()),
            words(outcome, bucket(test.bucket, test.severity)),
        ],
    );
    let mut facts = vec![format!("{}.", phrases::long_day(test.on))];
    let parts = test.confidence;
    facts.push(format!(
        "Confidence {}: {} for how well you were seen, {} for the rest.",
        phrases::percent(parts.confidence),
        phrases::percent(parts.tracking),
        phrases::percent(parts.rest)
    ));
    if let Some(accuracy) = test.pose_accuracy {
        facts.push(format!("Pose accuracy {}.", phrases::percent(accuracy)));
    }
    let (judged, described): (Vec<_>, Vec<_>) = test
        .measures
        .iter()
        .partition(|measure| measure.typical.is_some());
    let mut left = vec![
        words("p", &test.bucket_text),
        words("p class=\"soft\"", facts.join(" ")),
    ];
    if !judged.is_empty() {
        let rows = judged.into_iter().map(row);
        left.push(table(&["Measure", ">You", ">Typical", ">Repetitions"], rows));
    }
    if !described.is_empty() {
        let also: Vec<String> = described.into_iter().map(in_short).collect();
        left.push(words(
            "p class=\"soft also\"",
            format!("Also measured: {}.", also.join("; ")),
        ));
    }
    let mut figures: Vec<&Figure> = test.figures.iter().collect();
    // Stable: what stood out first, else in order of time.
    figures.sort_by_key(|figure| !figure.flagged);
    let figures = figures.into_iter().take(FIGURES).map(figure);
    let body = [
        element("div class=\"measures\"", left.into_iter().map(line)),
        element("div class=\"figures\"", figures.map(line)),
    ];
    element(
        "article class=\"test\"",
        [line(head), element("div class=\"columns\"", body)],
    )
}

/// The outcome in a word or two.
const fn bucket(bucket: Bucket, severity: Option<Severity>) -> &'static str {
    match (bucket, severity) {
        (Bucket::Good, _) => "good",
        (Bucket::WithinRange, Some(Severity::Mild)) => "near the typical range",
        (Bucket::Pass | Bucket::WithinRange, _) => "in the typical range",
        (Bucket::Symmetric, _) => "sides alike",
        (Bucket::Compensation, _) => "with a compensation",
        (Bucket::Limited, Some(Severity::Marked)) | (Bucket::Significant, _) => "well below typical",
        (Bucket::Limited, _) => "below typical",
        (Bucket::Asymmetric, Some(Severity::Marked)) => "sides differ markedly",
        (Bucket::Asymmetric, _) => "sides differ",
        (Bucket::NeedsWork, _) => "needs work",
    }
}

fn row(measure: &ExtendedMeasure) -> Vec<Markup> {
    let typical = measure.typical.as_ref();
    let you = match typical {
        Some(typical) if typical.certainty < 1.0 => "b class=\"near\"",
        Some(typical) if typical.within => "b class=\"well\"",
        _ => "b class=\"low\"",
    };
    let repetitions: Vec<String> = measure
        .repetitions
        .iter()
        .map(|&value| phrases::number(value, measure.unit))
        .collect();
    vec![
        text(phrases::with_side(&measure.words, measure.side)),
        words(you, phrases::number(measure.value, measure.unit)),
        typical.map_or_else(Markup::default, |typical| limit(typical, measure.unit)),
        text(repetitions.join(", ")),
    ]
}

fn limit(typical: &Typical, unit: Unit) -> Markup {
    let band = if typical.dead_band > 0.0 {
        format!(" \u{b1}\u{a0}{}", phrases::number(typical.dead_band, unit))
    } else {
        String::new()
    };
    element(
        "span",
        [
            text(phrases::typical(
                &phrases::number(typical.limit, unit),
                typical.better,
            )),
            words("span class=\"soft\"", band),
        ],
    )
}

fn in_short(measure: &ExtendedMeasure) -> String {
    format!(
        "{} {}",
        phrases::with_side(&measure.words, measure.side),
        phrases::number(measure.value, measure.unit)
    )
}

fn figure(figure: &Figure) -> Markup {
    let marks: Vec<&str> = figure
        .key_frame
        .marks
        .iter()
        .map(|mark| mark.label.as_str())
        .collect();
    let values = if marks.is_empty() {
        String::new()
    } else {
        format!(": {}", phrases::list(&marks, "and")).replace(" %", "\u{a0}%")
    };
    element(
        "figure",
        [
            drawing(&figure.key_frame),
            words("figcaption", format!("{}{values}", figure.caption)),
        ],
    )
}

pub(super) fn not_measured(report: &Report) -> Markup {
    if report.not_measured.is_empty() && report.not_taken.is_empty() {
        return Markup::default();
    }
    let missing = report.not_measured.iter().map(|missing| {
        element(
            "li",
            [
                words("b", missing.test.title()),
                text(format!(": {}", missing.what.join(" "))),
            ],
        )
    });
    let mut items: Vec<Markup> = missing.collect();
    if !report.not_taken.is_empty() {
        items.push(element(
            "li",
            [
                words("b", "Tests without a result"),
                text(format!(": {}.", phrases::tests(&report.not_taken, "and"))),
            ],
        ));
    }
    section(
        "What was not measured",
        "Nothing can be said about these, neither good nor bad.",
        vec![element("ul", items.into_iter().map(line))],
    )
}

pub(super) fn sources(report: &Report) -> Markup {
    let mut seen: Vec<(String, String)> = Vec::new();
    for test in &report.tests {
        for measure in &test.measures {
            let Some(typical) = &measure.typical else { continue };
            let what = format!(
                "{}, {}: {}",
                test.test.title(),
                measure.words.to_lowercase(),
                phrases::typical(&phrases::quantity(typical.limit, measure.unit), typical.better)
            );
            if !seen.iter().any(|(known, _)| *known == what) {
                seen.push((what, format!(" ({}). {}", typical.basis, typical.source)));
            }
        }
    }
    if seen.is_empty() {
        return Markup::default();
    }
    let items = seen
        .into_iter()
        .map(|(what, source)| line(element("li", [words("b", what), text(source)])));
    section(
        "Where the typical ranges come from",
        "Published: stated in the source named. Textbook: commonly used, not confirmed in a source we read. Proposed: ours, as we \
         found no published norm.",
        vec![element("ul class=\"sources\"", items.collect::<Vec<_>>())],
    )
}
