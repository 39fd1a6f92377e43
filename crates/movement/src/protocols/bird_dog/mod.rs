//! Test 14, bird dog: on hands and knees, side-on, the head either way round; one leg is stretched back and the opposite
//! arm forward, held for 5 seconds and set down, twice with each leg. A side is the leg that is lifted.
//!
//! Nobody has to turn round: MediaPipe keeps the nearer and the farther leg of a body on hands and knees apart, so that
//! either leg is measured (rendered people with known angles: within 7 degrees on the far side). The line is the thigh
//! against the trunk; the arm is measured where it is seen raised and still. The clock runs while the thigh is within 20 degrees of
//! that line and the knee is straight. Hips should stay where they were on hands and knees, and hips and shoulders should
//! not wander during the hold. How the pelvis turns about the length of the body does not show from the side.
//!
//! Bucket: `pass` when each leg that was shown is held for 5 seconds, near the line and steady, else `needs-work`. The arm and
//! a gap between the sides are told, but do not decide. A leg up to 20 degrees off the line passes with a mild severity.

mod lifts;

use flow_catalog::{BirdDog, Cutoff, thresholds};
use flow_landmarks::Side;

use self::lifts::Lift;
use super::{
    report::{Report, mark, word},
    sides::{typical, worth, write_gap},
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, Severity, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::median,
    score::{Material, Refusal},
    signals::Sides,
};

/// A length that decides: the measure, its flag, its cut-off, and where it is found.
type Asked<'a> = (&'static str, FlagCode, &'a Cutoff, fn(&Lift) -> f64);

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().bird_dog.cutoffs;
    let mut lifts = lifts::find(material.signals, cutoffs);
    // Without an arm in any of them, legs were lifted behind, which is another exercise.
    if !lifts.iter().any(|lift| lift.arm_up) {
        return Err(Refusal::new(CheckCode::WrongMovement));
    }
    let asked = cutoffs.hold_s.value;
    let cut_off = |lift: &Lift| lift.last && lift.hold_s < asked;
    if let [lift] = lifts.as_slice()
        && cut_off(lift)
    {
        return Err(Refusal::with(CheckCode::TooShort, lift.hold_s, asked));
    }
    lifts.retain(|lift| !cut_off(lift));
    let of = |side: Side| lifts.iter().filter(move |lift| lift.side == side);

    let mut report = Report::new(material);
    for lift in &lifts {
        let points = (lift.start, lift.middle(), lift.end);
        report.repetition(points, Some(lift.side), SeenFrom::Side, Some("lift"));
    }
    let mut answers = Vec::new();
    for side in Side::BOTH {
        let shown: Vec<Lift> = of(side).copied().collect();
        answers.extend(write_side(&mut report, &shown, side, cutoffs));
    }
    let roll = "Pelvis: how it turns about the length of the body does not show from the side.";
    report.result.not_measured.push(roll.to_owned());
    let line = Sides::of(|side| median(of(side).map(|lift| lift.leg_line_deg)));
    write_gap(&mut report, line, &cutoffs.side_gap_deg);
    report.result.severity = Some(severity(line, cutoffs));

    let (bucket, certainty) = confidence::decide(&answers, bucket);
    let view = median(lifts.iter().map(|lift| lift.view_error_deg)).unwrap_or(f64::NAN);
    let counts = Sides::of(|side| of(side).count());
    Ok(report.decide(bucket, certainty * worth(material, counts, view)))
}

/// The bucket when these faults are there.
fn bucket(faults: &[bool]) -> Bucket {
    if faults.iter().any(|&fault| fault) {
        Bucket::NeedsWork
    } else {
        Bucket::Pass
    }
}

/// How far the worse leg is off the line.
fn severity(line: Sides<Option<f64>>, cutoffs: &BirdDog) -> Severity {
    let off = [line.left, line.right]
        .into_iter()
        .flatten()
        .map(f64::abs)
        .fold(0.0, f64::max);
    if off > cutoffs.leg_line_severe_deg.value {
        Severity::Marked
    } else if off > cutoffs.leg_line_deg.value {
        Severity::Mild
    } else {
        Severity::None
    }
}

/// Writes down one leg; the answers are the faults that decide, none if it was not shown.
fn write_side(report: &mut Report<'_>, lifts: &[Lift], side: Side, cutoffs: &BirdDog) -> Vec<Answer> {
    let values = |of: fn(&Lift) -> f64| lifts.iter().map(of).collect::<Vec<f64>>();
    let mut faults: Vec<(FlagCode, f64, Unit, Answer)> = Vec::new();
    let mut judge = |code, (value, unit), answer: Answer| faults.push((code, value, unit, answer));
    let line = report.measure(
        "legLine",
        Unit::Degrees,
        Some(side),
        &values(|lift| lift.leg_line_deg),
    );
    if let Some(line) = line {
        let code = if line < 0.0 {
            FlagCode::LegHigh
        } else {
            FlagCode::LegLow
        };
        judge(
            code,
            (line, Unit::Degrees),
            Answer::above(line.abs(), &cutoffs.leg_line_severe_deg),
        );
    }
    let arm = report.measure(
        "armLine",
        Unit::Degrees,
        Some(side),
        &values(|lift| lift.arm_line_deg),
    );
    if let Some(hold) = report.measure("legHold", Unit::Seconds, Some(side), &values(|lift| lift.hold_s)) {
        judge(
            FlagCode::ShortHold,
            (hold, Unit::Seconds),
            Answer::below(hold, &cutoffs.hold_s),
        );
    }
    let ratios: [Asked<'_>; 2] = [
        ("hipShift", FlagCode::HipShift, &cutoffs.hip_shift_ratio, |lift| {
            lift.hip_shift_ratio
        }),
        ("drift", FlagCode::BalanceDrift, &cutoffs.drift_ratio, |lift| {
            lift.drift_ratio
        }),
    ];
    for (name, code, cutoff, of) in ratios {
        if let Some(value) = report.measure(name, Unit::LegLengths, Some(side), &values(of)) {
            judge(code, (value, Unit::LegLengths), Answer::above(value, cutoff));
        }
    }

    let answers: Vec<Answer> = faults.iter().map(|(.., answer)| *answer).collect();
    let given: Vec<bool> = answers.iter().map(|answer| answer.yes).collect();
    report.result.sides.push(SideResult {
        side,
        measured: !lifts.is_empty(),
        bucket: (!lifts.is_empty()).then(|| bucket(&given)),
    });
    let Some(shown) = typical(lifts, |lift| lift.leg_line_deg) else {
        report
            .result
            .not_measured
            .push(format!("{} leg: not shown.", word(side)));
        return answers;
    };
    if arm.is_none() {
        let what = format!("{} arm: not seen stretched out.", word(side.other()));
        report.result.not_measured.push(what);
    }
    for (code, value, unit, _) in faults.iter().filter(|(.., answer)| answer.yes) {
        let text = report.flag(*code, Some(side), (*value, *unit), false, &[]);
        report.evidence(shown.middle(), text);
    }
    let low = arm.filter(|&arm| arm > cutoffs.arm_line_deg.value);
    if let Some(arm) = low {
        report.flag(FlagCode::ArmLow, Some(side), (arm, Unit::Degrees), false, &[]);
    }
    let off = given.first().copied().unwrap_or(false);
    let mut marks = vec![mark(
        MarkKind::Hip,
        Some(side),
        format!("leg {}", off_line(shown.leg_line_deg)),
        off,
    )];
    if shown.arm_line_deg.is_finite() {
        let label = format!("arm {}", off_line(shown.arm_line_deg));
        marks.push(mark(MarkKind::Shoulder, Some(side.other()), label, low.is_some()));
    }
    let what = format!("The {} leg stretched out", word(side));
    report.key_frame(shown.middle(), what.clone(), marks);
    report.evidence(shown.middle(), what);
    answers
}

/// An angle from the line of the trunk, in words.
fn off_line(angle_deg: f64) -> String {
    let way = if angle_deg < 0.0 { "above" } else { "below" };
    format!("{:.0}° {way}", angle_deg.abs())
}
