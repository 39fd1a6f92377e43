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
//! from nowhere else. Without the side part, heels and trunk are not measured and confidence is lower.

use flow_catalog::{Cutoff, OverheadSquat, thresholds};
use flow_landmarks::Side;

use super::report::{Report, mark, word};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, Mark, MarkKind, SeenFrom, TestResult, Unit},
    confidence::{self, Answer},
    geometry::{mean, median, quantile},
    score::{Material, Refusal},
    signals::{Frame, Run, Sides, Signals, swings, view_error_deg},
};

/// Points of the grid without a body that a squat may contain: 0.3 s.
const BRIDGE: usize = 3;

/// Share of the greatest knee flexion from which a frame belongs to the bottom of a squat.
const BOTTOM: f64 = 0.92;

/// Points of the grid before a squat in which the person stands: 1 s.
const STANDING: usize = 10;

/// Confidence without the side part: heels, trunk and the better view of depth and arms are missing.
const FRONT_ONLY: f64 = 0.75;

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().overhead_squat.cutoffs;
    let signals = material.signals;
    let squats = find_squats(signals, cutoffs)?;
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
    // Arms are asked about twice, by height and by reach; the one missed by far speaks for both.
    criteria.sort_by_key(|criterion| (criterion.flag, criterion.side, !criterion.severe.yes));
    for (index, criterion) in criteria
        .iter()
        .enumerate()
        .filter(|(_, criterion)| criterion.fault.yes)
    {
        let same = |other: &Criterion| {
            other.flag == criterion.flag && other.side == criterion.side && other.fault.yes
        };
        if criteria.iter().take(index).any(same) {
            continue;
        }
        let severe = criterion.severe.yes;
        report.flag(
            criterion.flag,
            criterion.side,
            (criterion.value, criterion.unit),
            severe,
            &[],
        );
        let what = report
            .result
            .flags
            .last()
            .map(|flag| flag.text.clone())
            .unwrap_or_default();
        report.evidence(criterion.worst_at, what);
    }
    key_frames(&mut report, signals, &front, &side, &criteria);

    let answers: Vec<Answer> = criteria
        .iter()
        .flat_map(|criterion| [criterion.fault, criterion.severe])
        .collect();
    let (bucket, certainty) = confidence::decide(&answers, |given| grade(&criteria, given));
    let wanted = material.setup.repetitions_wanted;
    let front_view = mean(
        front
            .iter()
            .map(|squat| confidence::view(view_error_deg(squat.view_deg, 0.0))),
    );
    let side_view = mean(
        side.iter()
            .map(|squat| confidence::view(view_error_deg(squat.view_deg, 90.0))),
    );
    let parts = if side.is_empty() {
        FRONT_ONLY
    } else {
        confidence::repetitions(side.len(), wanted)
    };
    let confidence = certainty
        * confidence::tracking(material.quality)
        * confidence::repetitions(front.len(), wanted)
        * parts
        * mean([front_view.unwrap_or(0.6), side_view.unwrap_or(f64::NAN)]).unwrap_or(0.6);
    Ok(report.decide(bucket, confidence))
}

/// One squat.
#[derive(Clone, Copy)]
struct Squat {
    run: Run,
    view: SeenFrom,
    view_deg: f64,
}

impl Squat {
    /// The frames in which the knees are bent nearly as far as at the deepest point.
    ///
    /// Not the deepest frame alone: in quick movement the landmarks of trunk and hips trail those of the knees, and
    /// catch up while the person turns round.
    fn bottom<'a>(&self, signals: &'a Signals) -> impl Iterator<Item = (usize, &'a Frame)> {
        let least = BOTTOM * self.depth(signals);
        (self.run.start..=self.run.end)
            .filter_map(|index| Some((index, signals.frames.get(index)?.as_ref()?)))
            .filter(move |(_, frame)| frame.knee_flexion_deg.mean() >= least)
    }

    /// Knee flexion at the deepest point, degrees.
    fn depth(&self, signals: &Signals) -> f64 {
        let deepest = signals.frames.get(self.run.peak).and_then(Option::as_ref);
        deepest.map_or(f64::NAN, |frame| frame.knee_flexion_deg.mean())
    }

    /// Median of a signal at the bottom.
    fn at_bottom(&self, signals: &Signals, value: impl Fn(&Frame) -> f64) -> f64 {
        median(self.bottom(signals).map(|(_, frame)| value(frame))).unwrap_or(f64::NAN)
    }

    /// A high quantile of a signal over the deeper half of the squat: the worst moment without the noise.
    fn greatest(&self, signals: &Signals, value: impl Fn(&Frame) -> f64) -> f64 {
        let half = self.depth(signals) / 2.0;
        let deep = signals
            .between(self.run.start, self.run.end)
            .filter(|frame| frame.knee_flexion_deg.mean() >= half);
        quantile(deep.map(value), 0.9).unwrap_or(f64::NAN)
    }
}

/// Finds the squats: both knees and the hips bend, the hips go down and come back, the feet stay, the body is upright.
fn find_squats(signals: &Signals, cutoffs: &OverheadSquat) -> Result<Vec<Squat>, Refusal> {
    let least = cutoffs.squat_knee_flexion_deg.value;
    let bend = signals.series(|frame| frame.knee_flexion_deg.mean());
    let rest = quantile(bend.iter().copied(), 0.1).unwrap_or(0.0);
    let deepest = quantile(bend.iter().copied(), 0.98).unwrap_or(0.0);
    if deepest < least {
        return Err(Refusal::with(CheckCode::WrongMovement, deepest, least));
    }
    let low = (rest + 0.3 * (deepest - rest)).min(least - cutoffs.squat_knee_flexion_deg.dead_band);
    let runs: Vec<Run> = swings(&bend, low, least, BRIDGE)
        .into_iter()
        .filter(|run| run.complete)
        .collect();
    let squats: Vec<Squat> = runs.iter().filter_map(|&run| recognise(signals, run)).collect();
    // A clip with more other bends than squats is another movement.
    if squats.len() * 2 <= runs.len() || squats.is_empty() {
        return Err(Refusal::with(
            CheckCode::WrongMovement,
            squats.len() as f64,
            runs.len() as f64,
        ));
    }
    Ok(squats)
}

/// The squat in a swing of the knees, if it is one.
fn recognise(signals: &Signals, run: Run) -> Option<Squat> {
    let leg = signals.scale.leg;
    // The moment of standing tallest before it: the swing itself begins with the knees bent already.
    let before = signals
        .between(run.start.saturating_sub(STANDING), run.start)
        .min_by(|a, b| a.pelvis.y.total_cmp(&b.pelvis.y))?;
    let bottom = signals.frames.get(run.peak)?.as_ref()?;
    let knees = bottom.knee_flexion_deg;
    let both_bend = knees.left.min(knees.right) > 0.5 * knees.left.max(knees.right);
    let hips_bend = bottom.hip_flexion_deg.mean() > 30.0;
    let standing = Side::BOTH
        .iter()
        .all(|&side| before.ankle.get(side).y - before.pelvis.y > 0.7 * leg);
    let goes_down = bottom.pelvis.y - before.pelvis.y > 0.15 * leg;
    let feet_stay = Side::BOTH
        .iter()
        .all(|&side| (bottom.ankle.get(side) - before.ankle.get(side)).length() < 0.2 * leg);
    let upright = bottom.trunk_lean_deg < 80.0;
    if !(both_bend && hips_bend && standing && goes_down && feet_stay && upright) {
        return None;
    }
    let view_deg = median(signals.between(run.start, run.end).map(|frame| frame.view_deg))?;
    let view = signals.between(run.start, run.end).min_by(|a, b| {
        (a.view_deg - view_deg)
            .abs()
            .total_cmp(&(b.view_deg - view_deg).abs())
    })?;
    Some(Squat {
        run,
        view: view.seen_from(),
        view_deg,
    })
}

/// One criterion of the test.
struct Criterion {
    flag: FlagCode,
    side: Option<Side>,
    value: f64,
    unit: Unit,
    fault: Answer,
    severe: Answer,
    /// Grid point of the repetition that shows it most.
    worst_at: usize,
}

/// How a criterion is judged.
struct Rule<'a> {
    flag: FlagCode,
    side: Option<Side>,
    unit: Unit,
    cutoff: &'a Cutoff,
    severe: &'a Cutoff,
}

impl Rule<'_> {
    /// Judges the median over the squats; a fault lies on the side of the cut-off where the severe cut-off is.
    fn judge(&self, squats: &[Squat], values: &[f64]) -> Option<Criterion> {
        let value = median(values.iter().copied())?;
        let upward = self.severe.value > self.cutoff.value;
        let answer = if upward { Answer::above } else { Answer::below };
        let badness = |value: &f64| if upward { *value } else { -*value };
        let worst = squats
            .iter()
            .zip(values)
            .filter(|(_, value)| value.is_finite())
            .max_by(|a, b| badness(a.1).total_cmp(&badness(b.1)))?;
        Some(Criterion {
            flag: self.flag,
            side: self.side,
            value,
            unit: self.unit,
            fault: answer(value, self.cutoff),
            severe: answer(value, self.severe),
            worst_at: worst.0.run.peak,
        })
    }
}

/// Bucket from the answers, two for each criterion: missed, missed by far.
fn grade(criteria: &[Criterion], answers: &[bool]) -> Bucket {
    let mut missed: Vec<FlagCode> = Vec::new();
    let mut by_far = false;
    for (criterion, given) in criteria.iter().zip(answers.chunks_exact(2)) {
        if given[0] || given[1] {
            missed.push(criterion.flag);
            by_far |= given[1];
        }
    }
    missed.sort_unstable();
    missed.dedup();
    let heels = missed.contains(&FlagCode::HeelLift);
    match missed.len() {
        0 => Bucket::Good,
        _ if by_far => Bucket::Significant,
        1 => Bucket::Compensation,
        2 if !heels => Bucket::Compensation,
        _ => Bucket::Significant,
    }
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
        let inside = each(&|squat| squat.greatest(signals, |frame| frame.knee_inside_foot_deg.get(side)));
        let fppa = each(&|squat| squat.greatest(signals, |frame| frame.fppa_deg.get(side)));
        report.measure("kneeInsideFoot", Unit::Degrees, Some(side), &inside);
        report.measure("frontalPlaneProjection", Unit::Degrees, Some(side), &fppa);
        let rule = Rule {
            flag: FlagCode::KneeValgus,
            side: Some(side),
            unit: Unit::Degrees,
            cutoff: &cutoffs.knee_inside_foot_deg,
            severe: &cutoffs.knee_inside_foot_severe_deg,
        };
        criteria.extend(rule.judge(squats, &inside));
    }
    if alone {
        criteria.extend(depth(report, signals, squats, cutoffs, None));
        criteria.extend(arms(report, signals, squats, cutoffs, None));
    }
    criteria
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
    let heels = each(&|squat| heel_rise(signals, squat, near));
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
            .judge(squats, values),
        );
    }
    criteria.extend(arms(report, signals, squats, cutoffs, Some(near)));
    criteria
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
        cutoff: &cutoffs.depth_deg,
        severe: &cutoffs.depth_severe_deg,
    }
    .judge(squats, &values)
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
    .judge(squats, &values)
}

/// How far the heel comes up between standing before a squat and its bottom, leg lengths.
fn heel_rise(signals: &Signals, squat: &Squat, side: Side) -> f64 {
    let height = |frame: &Frame| frame.heel_over_toe_ratio.get(side);
    let standing = signals
        .between(squat.run.start.saturating_sub(8), squat.run.start)
        .map(height);
    squat.at_bottom(signals, height) - median(standing).unwrap_or(f64::NAN)
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
