//! Test 8, lateral lunge: facing the camera, a wide step to one side, that knee bends and takes the weight while the other
//! leg stays straight, and back; three times to either side.
//!
//! Asked of each side: how far the knee bends, whether it stays over the foot, how far the trunk leans. All of it met is
//! `good`; up to two criteria missed is `compensation`; three, or one missed by far, is `significant`. The worse side
//! decides.
//!
//! The trunk's lean is taken against standing: from the front world landmarks read it 7 degrees too little on average, and
//! people who stand upright lean back by as much (rendered people); real ones stand at 0 to 17. It errs by
//! 3.6 degrees then, 65 lunges of three bodies that lean by 13 to 67, where world landmarks alone err by 8.0, against standing
//! by 4.7, and the trunk's length in the picture by 4.7.
//!
//! Heels should stay down, but do not show from the front: a heel 6 cm up looks like 2 cm, as much as others look up that
//! are down (rendered people), so they are not measured.

use flow_catalog::{LateralLunge, thresholds};
use flow_landmarks::Side;

use super::{
    BRIDGE, STANDING,
    criteria::{Criterion, Rule, answers, missed, write_flags},
    report::{Report, mark, word},
    sides::{typical, worth, write_gap},
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, SideResult, TestResult, Unit},
    confidence,
    geometry::{median, quantile},
    score::{Material, Refusal},
    signals::{Facing, Frame, Run, Sides, Signals, forward_lean_deg, swings, view_error_deg},
};

/// Share of the greatest knee flexion from which a frame belongs to the bottom of a lunge.
const BOTTOM: f64 = 0.92;

/// Leg lengths that a foot on the floor may move within 0.4 s; a step moves it by half a leg length and more.
const PLANTED: f64 = 0.1;

/// Where the hips are between the feet, from the straight leg's (0) to the bending leg's (1), when the bending leg carries
/// them: real lunges have 0.74 to 0.79, setting the foot aside leaves them in the middle.
const OVER: f64 = 0.54;

/// One lunge.
#[derive(Clone, Copy, Debug)]
struct Lunge {
    run: Run,
    /// The leg that bends.
    side: Side,
    knee_flexion_deg: f64,
    knee_inside_foot_deg: f64,
    trunk_lean_deg: f64,
    /// Median over the lunge, degrees.
    view_deg: f64,
}

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().lateral_lunge.cutoffs;
    let facing = Facing::new(material.signals.scale, f64::from(material.clip.aspect()));
    let lunges = find(material.signals, facing, cutoffs)?;
    let of = |side: Side| lunges.iter().filter(move |lunge| lunge.side == side);

    let mut report = Report::new(material);
    for lunge in &lunges {
        let points = (lunge.run.start, lunge.run.peak, lunge.run.end);
        report.repetition(points, Some(lunge.side), SeenFrom::Front, Some("lunge"));
    }
    let mut criteria = Vec::new();
    for side in Side::BOTH {
        let shown: Vec<Lunge> = of(side).copied().collect();
        let found = write_side(&mut report, &shown, side, cutoffs);
        criteria.extend(found);
    }
    write_flags(&mut report, &mut criteria);
    let heels = "Heels: they do not show from the front. Keep them on the floor.";
    report.result.not_measured.push(heels.to_owned());
    let depth = Sides::of(|side| median(of(side).map(|lunge| lunge.knee_flexion_deg)));
    write_gap(&mut report, depth, &cutoffs.side_gap_deg);

    let (bucket, certainty) = confidence::decide(&answers(&criteria), |given| grade(&criteria, given));
    let view = median(lunges.iter().map(|lunge| view_error_deg(lunge.view_deg, 0.0))).unwrap_or(f64::NAN);
    let counts = Sides::of(|side| of(side).count());
    Ok(report.decide(bucket, certainty * worth(material, counts, view)))
}

/// The worse side's bucket; `answers` holds two for each criterion: missed, missed by far.
fn grade(criteria: &[Criterion], answers: &[bool]) -> Bucket {
    let of = |side: Side| {
        let (mut own, mut given) = (Vec::new(), Vec::new());
        for (criterion, pair) in criteria.iter().zip(answers.chunks_exact(2)) {
            if criterion.side == Some(side) {
                own.push(criterion);
                given.extend_from_slice(pair);
            }
        }
        let (missed, by_far) = missed(own, &given);
        match missed.len() {
            0 => 0,
            1 | 2 if !by_far => 1,
            _ => 2,
        }
    };
    match of(Side::Left).max(of(Side::Right)) {
        0 => Bucket::Good,
        1 => Bucket::Compensation,
        _ => Bucket::Significant,
    }
}

/// Writes down one side; the criteria it was judged by, none if it was not shown.
fn write_side(
    report: &mut Report<'_>,
    lunges: &[Lunge],
    side: Side,
    cutoffs: &LateralLunge,
) -> Vec<Criterion> {
    let values = |of: fn(&Lunge) -> f64| lunges.iter().map(of).collect::<Vec<f64>>();
    let asked = [
        (
            "kneeFlexion",
            FlagCode::ShallowDepth,
            &cutoffs.depth_deg,
            &cutoffs.depth_severe_deg,
            values(|lunge| lunge.knee_flexion_deg),
        ),
        (
            "kneeInsideFoot",
            FlagCode::KneeValgus,
            &cutoffs.knee_inside_foot_deg,
            &cutoffs.knee_inside_foot_severe_deg,
            values(|lunge| lunge.knee_inside_foot_deg),
        ),
        (
            "trunkLean",
            FlagCode::TrunkLean,
            &cutoffs.trunk_lean_deg,
            &cutoffs.trunk_lean_severe_deg,
            values(|lunge| lunge.trunk_lean_deg),
        ),
    ];
    let mut criteria = Vec::new();
    for (name, flag, cutoff, severe, values) in asked {
        report.measure(name, Unit::Degrees, Some(side), &values);
        let rule = Rule {
            flag,
            side: Some(side),
            unit: Unit::Degrees,
            cutoff,
            severe,
        };
        criteria.extend(rule.judge(lunges.iter().map(|lunge| lunge.run.peak), &values));
    }
    let given: Vec<bool> = answers(&criteria).iter().map(|answer| answer.yes).collect();
    report.result.sides.push(SideResult {
        side,
        measured: !lunges.is_empty(),
        bucket: (!lunges.is_empty()).then(|| grade(&criteria, &given)),
    });
    if lunges.is_empty() {
        let what = format!("Lunge to the {}: not shown.", word(side));
        report.result.not_measured.push(what);
    }
    if let Some(lunge) = typical(lunges, |lunge| lunge.knee_flexion_deg) {
        let flagged = |code: FlagCode| criteria.iter().any(|found| found.flag == code && found.fault.yes);
        let inside = lunge.knee_inside_foot_deg;
        let way = if inside >= 0.0 { "in" } else { "out" };
        let marks = vec![
            mark(
                MarkKind::Knee,
                Some(side),
                format!("knee {:.0}°", lunge.knee_flexion_deg),
                flagged(FlagCode::ShallowDepth),
            ),
            mark(
                MarkKind::Shin,
                Some(side),
                format!("shin {:.0}° {way}", inside.abs()),
                flagged(FlagCode::KneeValgus),
            ),
        ];
        let what = format!("Bottom of the lunge to the {}", word(side));
        report.key_frame(lunge.run.peak, what.clone(), marks);
        report.evidence(lunge.run.peak, what);
    }
    criteria
}

/// Finds the lunges in the order of time. A clip in which most bends of one knee over a planted foot are something else is
/// another movement.
fn find(signals: &Signals, facing: Facing, cutoffs: &LateralLunge) -> Result<Vec<Lunge>, Refusal> {
    let least = cutoffs.knee_gap_deg.value;
    let upright_deg = standing_lean_deg(signals, 0.5 * least).unwrap_or(f64::NAN);
    let (mut bends, mut lunges, mut greatest) = (0, Vec::new(), f64::NAN);
    for side in Side::BOTH {
        let gap = signals
            .series(|frame| frame.knee_flexion_deg.get(side) - frame.knee_flexion_deg.get(side.other()));
        greatest = gap.iter().copied().fold(greatest, f64::max);
        for run in swings(&gap, 0.5 * least, least, BRIDGE) {
            if run.complete && planted(signals, run.peak, side) {
                bends += 1;
                lunges.extend(recognise(signals, facing, (run, side), upright_deg, cutoffs));
            }
        }
    }
    if lunges.is_empty() || lunges.len() * 2 <= bends {
        return Err(Refusal::with(CheckCode::WrongMovement, greatest, least));
    }
    lunges.sort_by_key(|lunge| lunge.run.start);
    Ok(lunges)
}

/// How far the trunk seems to lean ahead while neither knee bends more than the other, degrees.
fn standing_lean_deg(signals: &Signals, knee_gap_deg: f64) -> Option<f64> {
    let standing = signals
        .present()
        .filter(|frame| (frame.knee_flexion_deg.left - frame.knee_flexion_deg.right).abs() < knee_gap_deg);
    median(standing.map(forward_lean_deg))
}

/// How far the trunk leans more than it does in standing, which reads as `upright_deg`. Space says it, and so does the
/// trunk's length in the picture, the better the more is lost of it: both together, the length by the sine of its angle.
fn trunk_lean_deg(signals: &Signals, frame: &Frame, upright_deg: f64) -> f64 {
    let trunk = 2.0 * (frame.trunk_middle - frame.pelvis).length();
    let shortened = (trunk / signals.scale.torso).min(1.0).acos();
    let weight = shortened.sin();
    (forward_lean_deg(frame) - upright_deg + weight * shortened.to_degrees()) / (1.0 + weight)
}

/// Whether a foot rests on the floor around a point of the grid: setting it aside bends the knee too.
fn planted(signals: &Signals, index: usize, side: Side) -> bool {
    let around = || signals.between(index.saturating_sub(2), index + 2);
    let first = around().next().map(|frame| frame.ankle.get(side));
    let last = around().last().map(|frame| frame.ankle.get(side));
    first
        .zip(last)
        .is_some_and(|(first, last)| (last - first).length() < PLANTED * signals.scale.leg)
}

/// The lunge in a swing of one knee against the other, if it is one: the feet are wide apart on the floor, the straight
/// leg's foot stays where it was, the hips go down over the bending leg.
fn recognise(
    signals: &Signals,
    facing: Facing,
    (run, side): (Run, Side),
    upright_deg: f64,
    cutoffs: &LateralLunge,
) -> Option<Lunge> {
    let (leg, other) = (signals.scale.leg, side.other());
    let deepest = signals.frames.get(run.peak)?.as_ref()?;
    let before = signals
        .between(run.start.saturating_sub(STANDING), run.start)
        .min_by(|a, b| a.pelvis.y.total_cmp(&b.pelvis.y))?;
    let feet = deepest.ankle.get(side).x - deepest.ankle.get(other).x;
    let wide = feet.abs() > cutoffs.feet_apart_ratio.value * leg;
    let over = (deepest.pelvis.x - deepest.ankle.get(other).x) / feet > OVER;
    let down = deepest.pelvis.y - before.pelvis.y > 0.04 * leg;
    let stays = (deepest.ankle.get(other) - before.ankle.get(other)).length() < 0.25 * leg;
    let straight = deepest.knee_flexion_deg.get(other) < 50.0;
    let upright = deepest.trunk_lean_deg < 80.0;
    if !(wide && over && down && stays && straight && upright) {
        return None;
    }
    let frames = || signals.between(run.start, run.end);
    let knee = |frame: &Frame| frame.knee_flexion_deg.get(side);
    let least = BOTTOM * knee(deepest);
    let bottom = || frames().filter(move |frame| knee(frame) >= least);
    Some(Lunge {
        run,
        side,
        knee_flexion_deg: median(bottom().map(|frame| facing.knee_flexion_deg(frame, side)))?,
        knee_inside_foot_deg: quantile(
            bottom().map(|frame| facing.knee_inside_foot_deg(frame, side)),
            0.9,
        )?,
        trunk_lean_deg: median(bottom().map(|frame| trunk_lean_deg(signals, frame, upright_deg)))?,
        view_deg: median(frames().map(|frame| frame.view_deg))?,
    })
}
