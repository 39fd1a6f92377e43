//! Test 9, shoulder flexion: standing side-on, the straight arm nearer to the camera goes forward and up as far as it
//! will, three times; then the person turns round for the other arm.
//!
//! Range is the angle between upper arm and trunk at the top of a raise. Only the arm nearer to the camera is measured:
//! the other one is partly hidden by the body. Who leans back gets the arm to point at the ceiling without moving the
//! shoulder: the trunk's own movement is left out of the range, and flagged.
//!
//! Bucket: `pass` when every arm that was shown reaches 165 degrees, else `limited`; below 150 is marked.

use flow_catalog::{ShoulderFlexion, thresholds};
use flow_landmarks::{Landmark, Side};

use super::{
    BRIDGE, STANDING,
    report::{Report, mark, word},
    sides::{typical, worth, write_gap},
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, Severity, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::{Vector, median},
    score::{Material, Refusal},
    signals::{Frame, Run, Sides, Signals, swings, view_error_deg},
    track,
};

/// Share of the greatest elevation of the arm from which a frame belongs to the top of a raise.
const TOP: f64 = 0.95;

/// How far the wrist passes in front of the shoulder on its way up, torso lengths. An arm raised sideways stays at the
/// shoulder when it is seen from the side; the arm of an adult is about 1.1 torso lengths long.
const IN_FRONT: f64 = 0.5;

/// One raise of the arm nearer to the camera.
#[derive(Clone, Copy, Debug)]
struct Raise {
    run: Run,
    side: Side,
    /// Arm against trunk at the top, degrees.
    flexion_deg: f64,
    /// How much further back the trunk leans at the top than before, degrees.
    lean_back_deg: f64,
    /// Median over the raise, degrees.
    view_deg: f64,
}

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().shoulder_flexion.cutoffs;
    let signals = material.signals;
    let raises = find(signals, cutoffs)?;
    let of = |side: Side| raises.iter().filter(move |raise| raise.side == side);

    let mut report = Report::new(material);
    for raise in &raises {
        let points = (raise.run.start, raise.run.peak, raise.run.end);
        report.repetition(points, Some(raise.side), SeenFrom::Side, Some("raise"));
    }
    let mut answers = Vec::new();
    let range = Sides::of(|side| median(of(side).map(|raise| raise.flexion_deg)));
    for side in Side::BOTH {
        let shown: Vec<Raise> = of(side).copied().collect();
        let reached = write_side(&mut report, &shown, side, cutoffs);
        answers.extend(reached);
    }
    write_gap(&mut report, range, &cutoffs.side_gap_deg);
    let least = [range.left, range.right]
        .into_iter()
        .flatten()
        .fold(f64::NAN, f64::min);
    report.result.severity = Some(if least < cutoffs.flexion_severe_deg.value {
        Severity::Marked
    } else if least < cutoffs.flexion_deg.value {
        Severity::Mild
    } else {
        Severity::None
    });

    let (bucket, certainty) = confidence::decide(&answers, |given| {
        if given.iter().any(|&short| short) {
            Bucket::Limited
        } else {
            Bucket::Pass
        }
    });
    let view = median(raises.iter().map(|raise| view_error_deg(raise.view_deg, 90.0))).unwrap_or(f64::NAN);
    let counts = Sides::of(|side| of(side).count());
    Ok(report.decide(bucket, certainty * worth(material, counts, view)))
}

/// Writes down one arm; the answer is whether it stops short, if it was shown.
fn write_side(
    report: &mut Report<'_>,
    raises: &[Raise],
    side: Side,
    cutoffs: &ShoulderFlexion,
) -> Option<Answer> {
    let values = |of: fn(&Raise) -> f64| raises.iter().map(of).collect::<Vec<f64>>();
    let flexion = report.measure(
        "shoulderFlexion",
        Unit::Degrees,
        Some(side),
        &values(|raise| raise.flexion_deg),
    );
    let back = report.measure(
        "leanBack",
        Unit::Degrees,
        Some(side),
        &values(|raise| raise.lean_back_deg),
    );
    let bucket = flexion.map(|flexion| {
        if flexion < cutoffs.flexion_deg.value {
            Bucket::Limited
        } else {
            Bucket::Pass
        }
    });
    report.result.sides.push(SideResult {
        side,
        measured: flexion.is_some(),
        bucket,
    });
    let Some(flexion) = flexion else {
        let what = format!("{} arm: not shown side-on.", word(side));
        report.result.not_measured.push(what);
        return None;
    };
    let short = Answer::below(flexion, &cutoffs.flexion_deg);
    if short.yes {
        let severe = flexion < cutoffs.flexion_severe_deg.value;
        report.flag(
            FlagCode::LimitedRange,
            Some(side),
            (flexion, Unit::Degrees),
            severe,
            &[],
        );
    }
    let leans = back.filter(|&back| back > cutoffs.lean_back_deg.value);
    if let Some(back) = leans {
        report.flag(
            FlagCode::ScapularCompensation,
            Some(side),
            (back, Unit::Degrees),
            false,
            &[],
        );
    }
    if let Some(raise) = typical(raises, |raise| raise.flexion_deg) {
        let marks = vec![
            mark(
                MarkKind::Shoulder,
                Some(side),
                format!("arm {:.0}°", raise.flexion_deg),
                short.yes,
            ),
            mark(
                MarkKind::Trunk,
                None,
                format!("back {:.0}°", raise.lean_back_deg),
                leans.is_some(),
            ),
        ];
        let what = format!("The {} arm at its highest", word(side));
        report.key_frame(raise.run.peak, what.clone(), marks);
        report.evidence(raise.run.peak, what);
    }
    Some(short)
}

/// Finds the raises: seen from the side, the nearer arm goes from hanging over the front to above the shoulder and back,
/// while the person stands. A clip in which most of what the arm does is something else is another movement.
fn find(signals: &Signals, cutoffs: &ShoulderFlexion) -> Result<Vec<Raise>, Refusal> {
    let least = cutoffs.raise_deg.value;
    let up = signals.series(|frame| match frame.seen_from() {
        SeenFrom::Side => frame.arm_raise_deg.get(frame.near),
        SeenFrom::Front | SeenFrom::Back => f64::NAN,
    });
    let swings = swings(&up, cutoffs.rest_deg.value, least, BRIDGE);
    let complete = || swings.iter().filter(|run| run.complete);
    let raises: Vec<Raise> = complete()
        .filter_map(|&run| recognise(signals, run, cutoffs))
        .collect();
    if raises.is_empty() || raises.len() * 2 <= complete().count() {
        let highest = up.iter().copied().fold(f64::NAN, f64::max);
        return Err(Refusal::with(CheckCode::WrongMovement, highest, least));
    }
    Ok(raises)
}

/// The raise in a swing of the arm, if it is one.
fn recognise(signals: &Signals, run: Run, cutoffs: &ShoulderFlexion) -> Option<Raise> {
    let scale = signals.scale;
    let frames = || signals.between(run.start, run.end);
    let left = frames().filter(|frame| frame.near == Side::Left).count();
    let side = if left * 2 > frames().count() {
        Side::Left
    } else {
        Side::Right
    };
    let in_front = |frame: &Frame| {
        let line = frame.body.image(track::wrist(side)) - frame.body.image(track::shoulder(side));
        line.x * frame.facing / scale.torso
    };
    let forward = frames().map(in_front).fold(f64::NAN, f64::max) > IN_FRONT;
    let before = || signals.between(run.start.saturating_sub(STANDING), run.start);
    let height = median(before().map(|frame| frame.pelvis.y))?;
    let stands = frames()
        .all(|frame| (frame.pelvis.y - height).abs() < 0.15 * scale.leg && frame.trunk_lean_deg < 45.0);
    if !(forward && stands) {
        return None;
    }
    let highest = frames()
        .map(|frame| frame.arm_raise_deg.get(side))
        .fold(f64::NAN, f64::max);
    // The trunk at rest: while the arm hangs, on this side of the clip.
    let hanging = signals.present().filter(|frame| {
        frame.seen_from() == SeenFrom::Side
            && frame.near == side
            && frame.arm_raise_deg.get(side) < 0.5 * cutoffs.rest_deg.value
    });
    let top = || frames().filter(move |frame| frame.arm_raise_deg.get(side) >= TOP * highest);
    Some(Raise {
        run,
        side,
        flexion_deg: median(top().map(|frame| frame.shoulder_flexion_deg.get(side)))?,
        lean_back_deg: median(hanging.map(leans_ahead_deg))? - median(top().map(leans_ahead_deg))?,
        view_deg: median(frames().map(|frame| frame.view_deg))?,
    })
}

/// How far the trunk leans ahead in the picture, degrees; negative is back.
fn leans_ahead_deg(frame: &Frame) -> f64 {
    let middle = |pair: fn(Side) -> Landmark| {
        frame
            .body
            .image(pair(Side::Left))
            .middle(frame.body.image(pair(Side::Right)))
    };
    let Vector { x, y, .. } = middle(track::shoulder) - middle(track::hip);
    (x * frame.facing).atan2(-y).to_degrees()
}
