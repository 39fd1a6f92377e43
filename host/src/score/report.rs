//! An assessment for people at a terminal.

use flow_assess::Assessed;
use flow_landmarks::Side;
use flow_movement::assessment::{Check, TestResult, Unit};
use std::fmt::Write as _;

/// The assessment as text. The wording is the assessment's own; nothing is judged here.
#[must_use]
pub fn report(assessed: &Assessed) -> String {
    let (assessment, info) = (&assessed.assessment, &assessed.info);
    let mut text = format!(
        "{}\n{} {} {}x{}, {:.1} s, {} frames looked at\n\n{}\n",
        assessment.test.title(),
        info.container,
        info.codec,
        info.width,
        info.height,
        info.duration_s,
        assessed.clip.observations.len(),
        assessment.feedback
    );
    if let Some(result) = &assessment.result {
        add_result(&mut text, result);
    }
    let quality = &assessment.quality;
    line(
        &mut text,
        format_args!(
            "\nClip quality {:.2}, tracking {:.0} %, confidence of landmarks {:.2}",
            quality.quality_score,
            quality.tracked_share * 100.0,
            quality.confidence_avg
        ),
    );
    if let Some(accuracy) = quality.pose_accuracy {
        line(
            &mut text,
            format_args!("Pose accuracy {:.0} % of the clip", accuracy * 100.0),
        );
    }
    for check in quality.checks.iter().filter(|check| !check.passed) {
        add_check(&mut text, check);
    }
    let timings = &assessed.timings;
    line(
        &mut text,
        format_args!(
            "Time: decoding {:.2} s (on a thread of its own), inference {:.2} s, rest {:.2} s, scoring {:.4} s",
            timings.decode.as_secs_f64(),
            timings.inference.as_secs_f64(),
            timings.rest.as_secs_f64(),
            timings.scoring.as_secs_f64()
        ),
    );
    text
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    _ = writeln!(text, "{arguments}");
}

fn add_result(text: &mut String, result: &TestResult) {
    line(
        text,
        format_args!("\nResult: {} ({})", result.bucket_text, result.bucket.name()),
    );
    line(
        text,
        format_args!("Confidence: {:.0} %", result.confidence * 100.0),
    );
    for flag in &result.flags {
        line(
            text,
            format_args!(
                "  ! {} ({}{})",
                flag.text,
                side(flag.side),
                quantity(flag.value, flag.unit)
            ),
        );
    }
    if !result.measures.is_empty() {
        line(text, format_args!("\nMeasured"));
    }
    for measure in &result.measures {
        line(
            text,
            format_args!(
                "  {:<28} {}{}",
                measure.name,
                side(measure.side),
                quantity(measure.value, measure.unit)
            ),
        );
    }
    if !result.repetitions.is_empty() {
        line(text, format_args!("\nRepetitions"));
    }
    for (index, repetition) in result.repetitions.iter().enumerate() {
        line(
            text,
            format_args!(
                "  {:>2}. {}{}{:.1} s to {:.1} s, decisive at {:.1} s",
                index + 1,
                side(repetition.side),
                repetition
                    .kind
                    .as_ref()
                    .map(|kind| format!("{kind}, "))
                    .unwrap_or_default(),
                repetition.start_t,
                repetition.end_t,
                repetition.key_t
            ),
        );
    }
    for missing in &result.not_measured {
        line(text, format_args!("  not measured: {missing}"));
    }
}

fn add_check(text: &mut String, check: &Check) {
    let instruction = check.instruction.as_deref().unwrap_or_default();
    line(text, format_args!("  {}: {instruction}", check.code.code()));
}

pub(super) fn side(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::Left) => "left, ",
        Some(Side::Right) => "right, ",
        None => "",
    }
}

pub(super) fn quantity(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Degrees => format!("{value:.0}°"),
        Unit::Seconds => format!("{value:.1} s"),
        Unit::LegLengths => format!("{value:.2} leg lengths"),
        Unit::PercentOfLeg => format!("{value:.0} % of leg length"),
        Unit::PercentOfBodyLine => format!("{value:.0} % of the line from shoulder to ankle"),
        Unit::TorsoLengths => format!("{value:.2} of the line from hips to shoulders"),
        Unit::Score => format!("{value:.2}"),
        Unit::Count => format!("{value:.0}"),
    }
}
