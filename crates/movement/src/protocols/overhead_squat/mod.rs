//! Test 4, overhead squat: whole body in view, arms overhead; at least three squats facing the camera, a quarter turn,
//! at least three side-on.
//!
//! From the front: knees over feet, arms up, depth. From the side: depth, trunk against shin, heels, hands over feet.
//! The criteria are those of the FMS deep squat. Its three grades become ours like this: all criteria met is `good`
//! (3); only the heels come up is `compensation` (2: the same with heels raised); heels up and another criterion missed
//! is `significant` (1: not met even with heels raised). Criteria missed with flat heels are `compensation` up to two,
//! `significant` from three or when one is missed by far.
//!
//! Squats facing the camera are indispensable: whether knees stay over feet is the first question of the test and shows
//! from nowhere else. Without the side part, heels and trunk are not measured, depth only when it is clear, and confidence is
//! lower.

mod grade;
mod squats;

use flow_catalog::{OverheadSquat, thresholds};
use flow_landmarks::Side;

use self::{grade::grade, squats::Squat};
use super::{
    criteria::{Criterion, Rule, answers, write_flags},
    report::{Report, mark, word},
};
use crate::{
    assessment::{CheckCode, FlagCode, Mark, MarkKind, SeenFrom, TestResult, Unit},
    confidence,
    geometry::{mean, median, quantile},
    score::{Material, Refusal},
    signals::{Frame, Sides, Signals, view_error_deg},
};

/// Confidence without the side part: heels, trunk and the better view of depth and arms are missing.
const FRONT_ONLY: f64 = 0.75;

/// Knee flexion in which the frontal-plane projection angle is reported, degrees: as in single-leg squats, where its
/// published values come from.
const PROJECTION_DEG: std::ops::RangeInclusive<f64> = 25.0..=60.0;

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().overhead_squat.cutoffs;
    let signals = material.signals;
    let squats = squats::find(signals, cutoffs)?;
    let seen = |from| {
        squats
            .iter()
            .filter(|squat| squat.view == from)
            .copied()
            .collect::<Vec<_>>()
    };
    let (front, side) = (seen(SeenFrom::Front), seen(SeenFrom::Side));
    let needed = f64::from(material.setup.repetitions_needed);
    if front.is_empty() {
        let view = median(squats.iter().map(|squat| squat.view_deg)).unwrap_or(f64::NAN);
        return Err(Refusal::with(
            CheckCode::WrongAngle,
            view,
            thresholds().gates.view_error_deg.limit,
        ));
    }
    if (front.len() as f64) < needed {
        return Err(Refusal::with(CheckCode::Incomplete, front.len() as f64, needed));
    }

    let mut report = Report::new(material);
    for squat in &squats {
        report.repetition(
            (squat.run.start, squat.run.peak, squat.run.end),
            None,
            squat.view,
            None,
        );
    }
    report.measure_once("squatsFront", Unit::Count, None, front.len() as f64);
    report.measure_once("squatsSide", Unit::Count, None, side.len() as f64);

    let mut criteria = from_the_front(&mut report, signals, &front, cutoffs, side.is_empty());
    if side.is_empty() {
        for what in [
            "Heels: turn side-on for three squats.",
            "Trunk against shin: turn side-on for three squats.",
        ] {
            report.result.not_measured.push(what.to_owned());
        }
    } else {
        criteria.extend(from_the_side(&mut report, signals, &side, cutoffs));
    }
    write_flags(&mut report, &mut criteria);
    key_frames(&mut report, signals, &front, &side, &criteria);

    let (bucket, certainty) = confidence::decide(&answers(&criteria), |given| grade(&criteria, given));
    let wanted = material.setup.repetitions_wanted;
    let views = |squats: &[Squat], ideal_deg: f64| {
        mean(
            squats
                .iter()
                .map(|squat| confidence::view(view_error_deg(squat.view_deg, ideal_deg))),
        )
    };
    let parts = if side.is_empty() {
        FRONT_ONLY
    } else {
        confidence::repetitions(side.len(), wanted)
    };
    let confidence = certainty
        * confidence::tracking(material.quality)
        * confidence::repetitions(front.len(), wanted)
        * parts
        * mean([views(&front, 0.0), views(&side, 90.0)].into_iter().flatten()).unwrap_or(0.6);
    Ok(report.decide(bucket, confidence))
}

/// Knees over feet; depth and arms too when there is no side part.
fn from_the_front(
    report: &mut Report<'_>,
    signals: &Signals,
    squats: &[Squat],
    cutoffs: &OverheadSquat,
    alone: bool,
) -> Vec<Criterion> {
    let each = |value: &dyn Fn(&Squat) -> f64| squats.iter().map(value).collect::<Vec<f64>>();
    let mut criteria = Vec::new();
    for side in Side::BOTH {
        let inside = each(&|squat| squat.knee_inside_foot_deg(signals, side));
        let fppa = each(&|squat| projection(signals, squat, side));
        report.measure("kneeInsideFoot", Unit::Degrees, Some(side), &inside);
        report.measure("frontalPlaneProjection", Unit::Degrees, Some(side), &fppa);
        let rule = Rule {
            flag: FlagCode::KneeValgus,
            side: Some(side),
            unit: Unit::Degrees,
            cutoff: &cutoffs.knee_inside_foot_deg,
            severe: &cutoffs.knee_inside_foot_severe_deg,
        };
        criteria.extend(rule.judge(peaks(squats), &inside));
    }
    if alone {
        let depth = depth(report, signals, squats, cutoffs, None);
        if depth.as_ref().is_some_and(|depth| depth.fault.certainty >= 1.0) {
            criteria.extend(depth);
        } else {
            report
                .result
                .not_measured
                .push("Depth: close to the limit, turn side-on for three squats.".to_owned());
        }
        criteria.extend(arms(report, signals, squats, cutoffs, None));
    }
    criteria
}

/// The frontal-plane projection angle while the knees are bent moderately, degrees.
///
/// Deeper down the thigh points at the camera and the angle of its short image says nothing.
fn projection(signals: &Signals, squat: &Squat, side: Side) -> f64 {
    let moderate = signals
        .between(squat.run.start, squat.run.end)
        .filter(|frame| PROJECTION_DEG.contains(&frame.knee_flexion_deg.get(side)));
    quantile(moderate.map(|frame| frame.fppa_deg.get(side)), 0.9).unwrap_or(f64::NAN)
}

/// Depth, trunk against shin, heels and arms.
fn from_the_side(
    report: &mut Report<'_>,
    signals: &Signals,
    squats: &[Squat],
    cutoffs: &OverheadSquat,
) -> Vec<Criterion> {
    let near = near_side(signals, squats);
    let each = |value: &dyn Fn(&Squat) -> f64| squats.iter().map(value).collect::<Vec<f64>>();
    let bottom = |value: &dyn Fn(&Frame) -> f64| each(&|squat| squat.at_bottom(signals, value));
    let joint = |angle: fn(&Frame) -> Sides<f64>| bottom(&|frame| angle(frame).get(near));
    for (name, values) in [
        ("kneeFlexion", joint(|frame| frame.knee_flexion_deg)),
        ("hipFlexion", joint(|frame| frame.hip_flexion_deg)),
        ("shoulderFlexion", joint(|frame| frame.shoulder_flexion_deg)),
        ("shinLean", joint(|frame| frame.shin_lean_deg)),
    ] {
        report.measure(name, Unit::Degrees, Some(near), &values);
    }
    report.measure(
        "trunkLean",
        Unit::Degrees,
        None,
        &bottom(&|frame| frame.trunk_lean_deg),
    );

    let trunk = bottom(&|frame| frame.trunk_lean_deg - frame.shin_lean_deg.get(near));
    report.measure("trunkOverShin", Unit::Degrees, None, &trunk);
    let heels = each(&|squat| squat.heel_rise(signals, near));
    report.measure("heelRise", Unit::LegLengths, Some(near), &heels);
    let hands = bottom(&|frame| frame.hands_ahead_of_toes_ratio);
    report.measure("handsAheadOfToes", Unit::LegLengths, None, &hands);

    let mut criteria: Vec<Criterion> = depth(report, signals, squats, cutoffs, Some(near))
        .into_iter()
        .collect();
    let rules = [
        (
            FlagCode::TrunkLean,
            None,
            Unit::Degrees,
            &cutoffs.trunk_over_tibia_deg,
            &cutoffs.trunk_over_tibia_severe_deg,
            &trunk,
        ),
        (
            FlagCode::HeelLift,
            Some(near),
            Unit::LegLengths,
            &cutoffs.heel_rise_ratio,
            &cutoffs.heel_rise_severe_ratio,
            &heels,
        ),
        (
            FlagCode::ArmsFallForward,
            None,
            Unit::LegLengths,
            &cutoffs.hands_ahead_of_toes_ratio,
            &cutoffs.hands_ahead_of_toes_severe_ratio,
            &hands,
        ),
    ];
    for (flag, side, unit, cutoff, severe, values) in rules {
        criteria.extend(
            Rule {
                flag,
                side,
                unit,
                cutoff,
                severe,
            }
            .judge(peaks(squats), values),
        );
    }
    criteria.extend(arms(report, signals, squats, cutoffs, Some(near)));
    criteria
}

/// Where each squat is deepest, points of the grid.
fn peaks(squats: &[Squat]) -> impl Iterator<Item = usize> {
    squats.iter().map(|squat| squat.run.peak)
}

/// The side nearer to the camera in most of the squats.
fn near_side(signals: &Signals, squats: &[Squat]) -> Side {
    let left = squats
        .iter()
        .filter(|squat| {
            signals
                .frames
                .get(squat.run.peak)
                .and_then(Option::as_ref)
                .is_some_and(|frame| frame.near == Side::Left)
        })
        .count();
    if left * 2 > squats.len() {
        Side::Left
    } else {
        Side::Right
    }
}

/// Hips below knees: thigh below horizontal, of the nearer side when side-on, of both from the front.
fn depth(
    report: &mut Report<'_>,
    signals: &Signals,
    squats: &[Squat],
    cutoffs: &OverheadSquat,
    near: Option<Side>,
) -> Option<Criterion> {
    let of = |angles: Sides<f64>| near.map_or_else(|| angles.mean(), |side| angles.get(side));
    let values: Vec<f64> = squats
        .iter()
        .map(|squat| squat.at_bottom(signals, |frame| of(frame.thigh_below_horizontal_deg)))
        .collect();
    report.measure("thighBelowHorizontal", Unit::Degrees, near, &values);
    Rule {
        flag: FlagCode::ShallowDepth,
        side: None,
        unit: Unit::Degrees,
        cutoff: if near.is_some() {
            &cutoffs.depth_deg
        } else {
            &cutoffs.depth_front_deg
        },
        severe: &cutoffs.depth_severe_deg,
    }
    .judge(peaks(squats), &values)
}

/// Arms overhead at the bottom.
fn arms(
    report: &mut Report<'_>,
    signals: &Signals,
    squats: &[Squat],
    cutoffs: &OverheadSquat,
    near: Option<Side>,
) -> Option<Criterion> {
    let of = |angles: Sides<f64>| near.map_or_else(|| angles.mean(), |side| angles.get(side));
    let values: Vec<f64> = squats
        .iter()
        .map(|squat| squat.at_bottom(signals, |frame| of(frame.arm_raise_deg)))
        .collect();
    report.measure("armRaise", Unit::Degrees, near, &values);
    Rule {
        flag: FlagCode::ArmsFallForward,
        side: None,
        unit: Unit::Degrees,
        cutoff: &cutoffs.arm_raise_deg,
        severe: &cutoffs.arm_raise_severe_deg,
    }
    .judge(peaks(squats), &values)
}

/// The bottoms of the most typical squats of each part.
fn key_frames(
    report: &mut Report<'_>,
    signals: &Signals,
    front: &[Squat],
    side: &[Squat],
    criteria: &[Criterion],
) {
    let flagged = |code: FlagCode, side: Option<Side>| {
        criteria
            .iter()
            .any(|criterion| criterion.flag == code && criterion.side == side && criterion.fault.yes)
    };
    if let Some((index, frame)) = typical(signals, front) {
        let marks = Side::BOTH
            .map(|side| {
                let inside = frame.knee_inside_foot_deg.get(side);
                let text = if inside >= 0.0 { "in" } else { "out" };
                let label = format!("{} knee {:.0}° {text}", word(side), inside.abs());
                mark(
                    MarkKind::Shin,
                    Some(side),
                    label,
                    flagged(FlagCode::KneeValgus, Some(side)),
                )
            })
            .to_vec();
        report.key_frame(index, "Bottom of the squat, from the front", marks);
        report.evidence(index, "Bottom of a squat from the front");
    }
    if let Some((index, frame)) = typical(signals, side) {
        let near = Some(frame.near);
        let number = |name: &str, value: f64| format!("{name} {value:.0}°");
        let mut marks: Vec<Mark> = vec![
            mark(
                MarkKind::Knee,
                near,
                number("knee", frame.knee_flexion_deg.get(frame.near)),
                flagged(FlagCode::ShallowDepth, None),
            ),
            mark(
                MarkKind::Trunk,
                None,
                number("trunk", frame.trunk_lean_deg),
                flagged(FlagCode::TrunkLean, None),
            ),
            mark(
                MarkKind::Shin,
                near,
                number("shin", frame.shin_lean_deg.get(frame.near)),
                false,
            ),
            mark(
                MarkKind::Shoulder,
                near,
                number("arm", frame.shoulder_flexion_deg.get(frame.near)),
                flagged(FlagCode::ArmsFallForward, None),
            ),
        ];
        if flagged(FlagCode::HeelLift, near) {
            marks.push(mark(MarkKind::Heel, near, "heel up".to_owned(), true));
        }
        report.key_frame(index, "Bottom of the squat, from the side", marks);
        report.evidence(index, "Bottom of a squat from the side");
    }
}

/// A moment in the middle of the bottom of the squat whose depth is in the middle.
fn typical<'a>(signals: &'a Signals, squats: &[Squat]) -> Option<(usize, &'a Frame)> {
    let mut bottoms: Vec<(f64, usize, &Frame)> = squats
        .iter()
        .filter_map(|squat| {
            let frames: Vec<(usize, &Frame)> = squat.bottom(signals).collect();
            let &(index, frame) = frames.get(frames.len() / 2)?;
            Some((squat.depth(signals), index, frame))
        })
        .collect();
    bottoms.sort_by(|a, b| a.0.total_cmp(&b.0));
    bottoms
        .get(bottoms.len() / 2)
        .map(|&(_, index, frame)| (index, frame))
}
