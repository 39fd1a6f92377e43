//! Test 15, clamshell: on one side, the front of the body toward the camera, hips half bent, knees at a right angle, feet
//! together; the upper knee opens and closes five times while the feet stay together. Then the person turns over. A side
//! is the leg that is up.
//!
//! Opening is how far the upper knee turns about the line from its hip to its ankle. That line lies across the picture, and
//! a knee bent to a right angle stands half of its length away from it: the height of the knee over the line in the picture
//! is the sine of the turn. What it is at rest is taken off. World landmarks show half of the opening and nothing of how
//! the pelvis rolls back (rendered people with known angles), so that the roll is not measured.
//!
//! Bucket: `pass` when each knee that was shown opens by 30 degrees or more, else `needs-work`; below 45 is mild. No
//! published norm: the opening stands for how well the muscles at the side of the hip lift and turn the leg out.

use flow_catalog::{Clamshell, thresholds};
use flow_landmarks::Side;

use super::{
    BRIDGE,
    report::{Report, mark, word},
    sides::{typical, worth},
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, Severity, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::{Vector, median, quantile},
    score::{Material, Refusal},
    signals::{Frame, Lying, Run, Sides, Signals, lying, lying_front_error_deg, swings},
    track::{ankle, hip, knee},
};

/// Share of the greatest opening from which a frame belongs to the top.
const TOP: f64 = 0.92;

/// One opening of the upper knee.
#[derive(Clone, Copy, Debug)]
struct Opening {
    run: Run,
    side: Side,
    wide_deg: f64,
    view_error_deg: f64,
}

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().clamshell.cutoffs;
    let mut openings: Vec<Opening> = Vec::new();
    for side in Side::BOTH {
        openings.extend(find(material.signals, side, cutoffs));
    }
    if openings.is_empty() {
        return Err(Refusal::new(CheckCode::WrongMovement));
    }
    openings.sort_by_key(|opening| opening.run.start);
    let of = |side: Side| openings.iter().filter(move |opening| opening.side == side);

    let mut report = Report::new(material);
    for opening in &openings {
        let points = (opening.run.start, opening.run.peak, opening.run.end);
        report.repetition(points, Some(opening.side), SeenFrom::Front, Some("opening"));
    }
    let mut answers = Vec::new();
    for side in Side::BOTH {
        let shown: Vec<Opening> = of(side).copied().collect();
        answers.extend(write_side(&mut report, &shown, side, cutoffs));
    }
    let roll = "Pelvis: how far it rolls back does not show from the front. Keep it still.";
    report.result.not_measured.push(roll.to_owned());
    let least = Side::BOTH
        .into_iter()
        .filter_map(|side| median(of(side).map(|opening| opening.wide_deg)))
        .fold(f64::NAN, f64::min);
    report.result.severity = Some(if least < cutoffs.opening_severe_deg.value {
        Severity::Marked
    } else if least < cutoffs.opening_deg.value {
        Severity::Mild
    } else {
        Severity::None
    });
    let (bucket, certainty) = confidence::decide(&answers, |given| {
        if given.iter().any(|&little| little) {
            Bucket::NeedsWork
        } else {
            Bucket::Pass
        }
    });
    let view = median(openings.iter().map(|opening| opening.view_error_deg)).unwrap_or(f64::NAN);
    let counts = Sides::of(|side| of(side).count());
    Ok(report.decide(bucket, certainty * worth(material, counts, view)))
}

/// Writes down one leg; the answer is whether it opens too little, if it was shown.
fn write_side(
    report: &mut Report<'_>,
    openings: &[Opening],
    side: Side,
    cutoffs: &Clamshell,
) -> Option<Answer> {
    let values: Vec<f64> = openings.iter().map(|opening| opening.wide_deg).collect();
    let value = report.measure("kneeOpening", Unit::Degrees, Some(side), &values);
    let little = value.map(|value| Answer::below(value, &cutoffs.opening_severe_deg));
    report.result.sides.push(SideResult {
        side,
        measured: little.is_some(),
        bucket: little.map(|little| {
            if little.yes {
                Bucket::NeedsWork
            } else {
                Bucket::Pass
            }
        }),
    });
    let (Some(value), Some(little)) = (value, little) else {
        report
            .result
            .not_measured
            .push(format!("{} leg on top: not shown.", word(side)));
        return None;
    };
    if little.yes {
        let measured = (value, Unit::Degrees);
        report.flag(FlagCode::LimitedRange, Some(side), measured, false, &[]);
    }
    if let Some(opening) = typical(openings, |opening| opening.wide_deg) {
        let label = format!("open {:.0}°", opening.wide_deg);
        let marks = vec![mark(MarkKind::Knee, Some(side), label, little.yes)];
        let what = format!("The {} knee at its widest", word(side));
        report.key_frame(opening.run.peak, what.clone(), marks);
        report.evidence(opening.run.peak, what);
    }
    Some(little)
}

/// The openings with this leg on top, in order of time.
fn find(signals: &Signals, side: Side, cutoffs: &Clamshell) -> Vec<Opening> {
    let raw = signals.series(|frame| knee_turn_deg(frame, side));
    let Some(rest) = quantile(raw.iter().copied(), 0.1) else {
        return Vec::new();
    };
    let open: Vec<f64> = raw.iter().map(|turn| turn - rest).collect();
    swings(&open, cutoffs.rest_deg.value, cutoffs.least_deg.value, BRIDGE)
        .into_iter()
        .filter(|run| run.complete && feet_together(signals, *run, cutoffs))
        .filter_map(|run| {
            let top = || (run.start..=run.end).filter(|&index| open[index] >= TOP * open[run.peak]);
            Some(Opening {
                run,
                side,
                wide_deg: median(top().map(|index| open[index]))?,
                view_error_deg: median(signals.between(run.start, run.end).map(lying_front_error_deg))?,
            })
        })
        .collect()
}

/// How far the upper knee is turned up about the line from its hip to its ankle, degrees; `NaN` for a body that does not lie
/// on its other side.
fn knee_turn_deg(frame: &Frame, side: Side) -> f64 {
    let at = |part: fn(Side) -> flow_landmarks::Landmark| frame.body.image(part(side));
    let (hips, line) = (at(hip), at(ankle) - at(hip));
    let lies = lying(frame) == Lying::OnSide(side) && line.x.abs() > line.y.abs();
    if !lies {
        return f64::NAN;
    }
    let to_knee: Vector = at(knee) - hips;
    // Up in the picture is negative; either way round.
    let over = -(line.x * to_knee.y - line.y * to_knee.x) * line.x.signum() / line.length();
    (over / (0.5 * line.length()))
        .clamp(-1.0, 1.0)
        .asin()
        .to_degrees()
}

/// Whether the feet stay together: a lifted straight leg takes its foot along.
fn feet_together(signals: &Signals, run: Run, cutoffs: &Clamshell) -> bool {
    let apart = signals
        .frames
        .get(run.peak)
        .and_then(Option::as_ref)
        .map(|frame| (frame.ankle.left - frame.ankle.right).length() / signals.scale.torso);
    apart.is_some_and(|apart| apart <= cutoffs.feet_apart_ratio.value)
}
