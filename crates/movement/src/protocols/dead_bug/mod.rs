//! Test 11, dead bug: on the back, side-on, the head either way round, arms up, hips and knees bent; one leg and the opposite
//! arm stretch away from each other over the floor and come back, slowly, five times with each leg. A side is the leg that
//! is stretched.
//!
//! Nobody has to turn round: with one leg stretched and one bent MediaPipe tells them apart (rendered people: of 40
//! stretches with either leg all). Of each stretch are measured at its far end: how high the thigh stays over the floor, how
//! far the knee bends, the arm against the line of the trunk, and how far the line from shoulder to hip has turned since the
//! start position; and for how long the leg is away.
//!
//! What is called lumbar control is that turn: it shows hips or shoulders that come off the floor. A back that arches while both
//! stay down does not show from landmarks, nor a pelvis that rolls to a side, nor whether the heel touches the floor; the
//! result says so.
//!
//! Bucket: `pass` when with each leg that was shown the trunk stays, the leg is low and straight, the other side's arm goes
//! with it, and it is slow, else `needs-work`. An arm that stops short is told, but does not decide. A trunk that turns by 5 to
//! 10 degrees passes with a mild severity.

mod stretches;

use flow_catalog::{Cutoff, DeadBug, thresholds};
use flow_landmarks::Side;

use self::stretches::{Arm, Stretch};
use super::{
    report::{Report, mark, word},
    sides::{typical, worth},
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, Severity, SideResult, TestResult, Unit},
    confidence::{self, Answer, HALF_SEEN},
    geometry::median,
    score::{Material, Refusal},
    signals::Sides,
};

/// An angle that decides: the measure, its flag, its cut-off, and where it is found.
type Asked<'a> = (&'static str, FlagCode, &'a Cutoff, fn(&Stretch) -> f64);

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().dead_bug.cutoffs;
    let mut stretches = stretches::find(material.signals, cutoffs);
    // Without an arm in any of them, legs were lowered, which is another exercise.
    if !stretches.iter().any(|stretch| stretch.arm != Arm::Unclear) {
        return Err(Refusal::new(CheckCode::WrongMovement));
    }
    stretches.retain(|stretch| stretch.complete);
    if stretches.is_empty() {
        return Err(Refusal::with(CheckCode::TooShort, 0.0, 1.0));
    }

    let mut report = Report::new(material);
    for stretch in &stretches {
        let points = (stretch.start, stretch.far, stretch.end);
        let kind = if stretch.arm == Arm::SameSide {
            "same-side-stretch"
        } else {
            "stretch"
        };
        report.repetition(points, Some(stretch.side), SeenFrom::Side, Some(kind));
    }
    let mut answers = Vec::new();
    let mut turns = Vec::new();
    for side in Side::BOTH {
        let shown: Vec<Stretch> = stretches
            .iter()
            .filter(|stretch| stretch.side == side)
            .copied()
            .collect();
        answers.extend(write_side(&mut report, &shown, side, cutoffs));
        turns.extend(median(shown.iter().map(|stretch| stretch.trunk_turn_deg)));
    }
    for hidden in [
        "Lower back: whether it arches while hips and shoulders stay on the floor does not show from landmarks.",
        "Pelvis: how it rolls to a side does not show from the side.",
    ] {
        report.result.not_measured.push(hidden.to_owned());
    }
    report.result.severity = Some(severity(&turns, cutoffs));

    let (bucket, certainty) = confidence::decide(&answers, bucket);
    let view = median(stretches.iter().map(|stretch| stretch.view_error_deg)).unwrap_or(f64::NAN);
    let counts = Sides::of(|side| stretches.iter().filter(|stretch| stretch.side == side).count());
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

/// How far the trunk turns with the worse leg.
fn severity(turns: &[f64], cutoffs: &DeadBug) -> Severity {
    let most = turns.iter().copied().map(f64::abs).fold(0.0, f64::max);
    if most > cutoffs.trunk_turn_severe_deg.value {
        Severity::Marked
    } else if most > cutoffs.trunk_turn_deg.value {
        Severity::Mild
    } else {
        Severity::None
    }
}

/// Writes down one leg; the answers are the faults that decide, none if it was not shown.
fn write_side(report: &mut Report<'_>, stretches: &[Stretch], side: Side, cutoffs: &DeadBug) -> Vec<Answer> {
    let values = |of: fn(&Stretch) -> f64| stretches.iter().map(of).collect::<Vec<f64>>();
    let mut faults: Vec<(FlagCode, f64, Unit, Answer)> = Vec::new();
    let turn = report.measure(
        "trunkTurn",
        Unit::Degrees,
        Some(side),
        &values(|stretch| stretch.trunk_turn_deg),
    );
    if let Some(turn) = turn {
        let answer = Answer::above(turn.abs(), &cutoffs.trunk_turn_severe_deg);
        faults.push((FlagCode::HipShift, turn, Unit::Degrees, answer));
    }
    let asked: [Asked<'_>; 2] = [
        (
            "legOverFloor",
            FlagCode::LegHigh,
            &cutoffs.leg_over_floor_deg,
            |stretch| stretch.leg_over_floor_deg,
        ),
        (
            "kneeFlexion",
            FlagCode::KneeBent,
            &cutoffs.knee_bend_deg,
            |stretch| stretch.knee_flexion_deg,
        ),
    ];
    for (name, code, cutoff, of) in asked {
        if let Some(value) = report.measure(name, Unit::Degrees, Some(side), &values(of)) {
            faults.push((code, value, Unit::Degrees, Answer::above(value, cutoff)));
        }
    }
    let away = report.measure(
        "legAway",
        Unit::Seconds,
        Some(side),
        &values(|stretch| stretch.away_s),
    );
    if let Some(away) = away {
        let answer = Answer::below(away, &cutoffs.away_s);
        faults.push((FlagCode::TooFast, away, Unit::Seconds, answer));
    }
    let arm = report.measure(
        "armShort",
        Unit::Degrees,
        Some(side),
        &values(|stretch| stretch.arm_line_deg),
    );
    let with = |arm: Arm| stretches.iter().filter(|stretch| stretch.arm == arm).count();
    let (own, opposite) = (with(Arm::SameSide), with(Arm::Opposite));
    let same_side = Answer {
        yes: own > opposite,
        // Which arm went has to be seen in half of the stretches, and not be either one as often.
        certainty: if own != opposite && 2 * own.max(opposite) >= stretches.len() {
            1.0
        } else {
            HALF_SEEN
        },
    };
    faults.push((FlagCode::SameSide, own as f64, Unit::Count, same_side));

    let given: Vec<bool> = faults.iter().map(|(.., answer)| answer.yes).collect();
    report.result.sides.push(SideResult {
        side,
        measured: !stretches.is_empty(),
        bucket: (!stretches.is_empty()).then(|| bucket(&given)),
    });
    let Some(shown) = typical(stretches, |stretch| stretch.trunk_turn_deg) else {
        let what = format!("{} leg: not shown.", word(side));
        report.result.not_measured.push(what);
        return Vec::new();
    };
    for (code, value, unit, _) in faults.iter().filter(|(.., answer)| answer.yes) {
        let text = report.flag(*code, Some(side), (*value, *unit), false, &[]);
        report.evidence(shown.far, text);
    }
    let went = if same_side.yes { side } else { side.other() };
    let short = arm.filter(|&arm| arm > cutoffs.arm_line_deg.value);
    if let Some(arm) = short {
        report.flag(
            FlagCode::LimitedRange,
            Some(went),
            (arm, Unit::Degrees),
            false,
            &[],
        );
    }
    if arm.is_none() {
        let what = format!("{} arm: not seen clearly.", word(side.other()));
        report.result.not_measured.push(what);
    }
    write_key_frame(report, &shown, went, &faults, short.is_some());
    faults.into_iter().map(|(.., answer)| answer).collect()
}

/// The far end of a stretch with what was measured there.
fn write_key_frame(
    report: &mut Report<'_>,
    shown: &Stretch,
    arm: Side,
    faults: &[(FlagCode, f64, Unit, Answer)],
    short: bool,
) {
    let flagged = |code: FlagCode| {
        faults
            .iter()
            .any(|(found, .., answer)| *found == code && answer.yes)
    };
    let side = Some(shown.side);
    let mut marks = vec![
        mark(
            MarkKind::Hip,
            side,
            format!("leg {:.0}° over the floor", shown.leg_over_floor_deg),
            flagged(FlagCode::LegHigh),
        ),
        mark(
            MarkKind::Knee,
            side,
            format!("{:.0}°", shown.knee_flexion_deg),
            flagged(FlagCode::KneeBent),
        ),
    ];
    if shown.arm_line_deg.is_finite() {
        let label = format!("arm {:.0}°", shown.arm_line_deg);
        marks.push(mark(MarkKind::Shoulder, Some(arm), label, short));
    }
    let what = format!(
        "The {} leg stretched away, the trunk turned by {:.0}°",
        word(shown.side),
        shown.trunk_turn_deg.abs()
    );
    report.key_frame(shown.far, what.clone(), marks);
    report.evidence(shown.far, what);
}
