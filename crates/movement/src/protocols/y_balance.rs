//! Test 3, Y-balance of the lower quarter: facing the camera, hands on hips, one leg stands while the other foot reaches
//! forward, back and out, back and across; then the legs change.
//!
//! Directions are named after the standing leg (Plisky 2006): anterior is forward; posteromedial is back toward the side
//! of the reaching leg; posterolateral is back and across behind the standing leg. A reach is the horizontal distance from
//! the standing ankle to the tip of the reaching foot over the person's own leg length, so no scale is needed. Depth from
//! one camera is weak: both legs are measured in the same way, so their difference is surer than the reach itself, and the
//! absolute composite only gives a flag.

use flow_catalog::{YBalance, thresholds};
use flow_landmarks::Side;

use super::report::{Report, mark, word};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, Severity, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::{Vector, median, quantile},
    score::{Material, Refusal},
    signals::{Frame, Run, Signals, swings},
    track::{ankle, toe},
};

/// Points of the grid without a body that a reach may contain: 0.3 s.
const BRIDGE: usize = 3;

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().y_balance.cutoffs;
    let signals = material.signals;
    let reaches = find_reaches(signals, cutoffs);
    let kinds = |stance: Side| {
        Direction::ALL
            .into_iter()
            .filter(|&direction| of(&reaches, stance, direction).next().is_some())
            .count()
    };
    let (left, right) = (kinds(Side::Left), kinds(Side::Right));
    // One direction alone is a leg raise, not this test.
    if left.max(right) < 2 {
        return Err(Refusal::with(
            CheckCode::WrongMovement,
            left.max(right) as f64,
            2.0,
        ));
    }
    let compared: Vec<Direction> = Direction::ALL
        .into_iter()
        .filter(|&direction| {
            Side::BOTH
                .iter()
                .all(|&stance| of(&reaches, stance, direction).next().is_some())
        })
        .collect();
    if compared.is_empty() {
        return Err(Refusal::new(CheckCode::Incomplete));
    }

    let mut report = Report::new(material);
    for reach in &reaches {
        let points = (reach.run.start, reach.run.peak, reach.run.end);
        report.repetition(
            points,
            Some(reach.stance),
            SeenFrom::Front,
            Some(reach.direction.name()),
        );
    }
    let gaps: Vec<f64> = Direction::ALL
        .into_iter()
        .filter_map(|direction| compare(&mut report, &reaches, direction, cutoffs))
        .collect();
    composites(&mut report, &reaches, cutoffs);
    key_frames(&mut report, signals, &reaches);

    let widest = gaps.iter().copied().fold(0.0, f64::max);
    report.result.severity = Some(severity(widest, cutoffs));
    for stance in Side::BOTH {
        report.result.sides.push(SideResult {
            side: stance,
            measured: kinds(stance) > 0,
            bucket: None,
        });
    }
    let answers: Vec<Answer> = gaps
        .iter()
        .map(|&gap| Answer::above(gap, &cutoffs.side_gap_ratio))
        .collect();
    let (bucket, certainty) = confidence::decide(&answers, |given| {
        if given.iter().any(|&differs| differs) {
            Bucket::Asymmetric
        } else {
            Bucket::Symmetric
        }
    });
    let view = median(signals.present().map(|frame| frame.view_deg)).unwrap_or(f64::NAN);
    let confidence = certainty
        * confidence::tracking(material.quality)
        * confidence::view(view)
        * confidence::repetitions(compared.len(), material.setup.repetitions_wanted);
    Ok(report.decide(bucket, confidence))
}

/// Writes down one direction for both legs; the answer is the difference between them, leg lengths.
fn compare(
    report: &mut Report<'_>,
    reaches: &[Reach],
    direction: Direction,
    cutoffs: &YBalance,
) -> Option<f64> {
    let [left, right] = Side::BOTH.map(|stance| {
        let shares: Vec<f64> = of(reaches, stance, direction).map(|reach| reach.share).collect();
        if shares.is_empty() {
            let what = format!(
                "{} reach standing on the {} leg: not shown.",
                direction.title(),
                word(stance)
            );
            report.result.not_measured.push(what);
        }
        report.measure(direction.name(), Unit::LegLengths, Some(stance), &shares)
    });
    let (left, right) = (left?, right?);
    let gap = (left - right).abs();
    report.measure_once(&format!("{}Gap", direction.name()), Unit::LegLengths, None, gap);
    if gap > cutoffs.side_gap_ratio.value {
        let shorter = if left < right { Side::Left } else { Side::Right };
        let severe = gap > cutoffs.side_gap_marked_ratio.value;
        let words = [("direction", direction.words())];
        report.flag(
            FlagCode::ReachGap,
            Some(shorter),
            (gap, Unit::LegLengths),
            severe,
            &words,
        );
        for stance in Side::BOTH {
            if let Some(reach) = of(reaches, stance, direction).next() {
                let what = format!("{} reach standing on the {} leg", direction.title(), word(stance));
                report.evidence(reach.run.peak, what);
            }
        }
    }
    Some(gap)
}

/// Where a foot reaches, named after the standing leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Anterior,
    Posteromedial,
    Posterolateral,
}

impl Direction {
    const ALL: [Self; 3] = [Self::Anterior, Self::Posteromedial, Self::Posterolateral];

    const fn name(self) -> &'static str {
        match self {
            Self::Anterior => "anterior",
            Self::Posteromedial => "posteromedial",
            Self::Posterolateral => "posterolateral",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Anterior => "Forward",
            Self::Posteromedial => "Back-and-out",
            Self::Posterolateral => "Back-and-across",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Anterior => "forward",
            Self::Posteromedial => "back-and-out",
            Self::Posterolateral => "back-and-across",
        }
    }

    /// The direction of a displacement: `ahead` and `outward` (toward the reaching leg's own side). Straight sideways is
    /// none of the three.
    fn of(ahead: f64, outward: f64) -> Option<Self> {
        let angle = outward.atan2(ahead).to_degrees();
        match angle {
            -50.0..=50.0 => Some(Self::Anterior),
            100.0..=180.0 => Some(Self::Posteromedial),
            -180.0..=-80.0 => Some(Self::Posterolateral),
            _ => None,
        }
    }
}

/// One reach.
#[derive(Clone, Copy, Debug)]
struct Reach {
    run: Run,
    stance: Side,
    direction: Direction,
    /// Distance over leg length.
    share: f64,
}

fn of(reaches: &[Reach], stance: Side, direction: Direction) -> impl Iterator<Item = &Reach> {
    reaches
        .iter()
        .filter(move |reach| reach.stance == stance && reach.direction == direction)
}

/// From the standing ankle to the tip of the other foot, in the horizontal plane of space, leg lengths.
fn apart(frame: &Frame, stance: Side, leg_m: f64) -> Vector {
    let line = frame.body.world(toe(stance.other())) - frame.body.world(ankle(stance));
    Vector { y: 0.0, ..line } * (1.0 / leg_m)
}

/// Between the ankles in the horizontal plane, leg lengths: grows with every reach, whichever foot it is.
fn spread(frame: &Frame, leg_m: f64) -> f64 {
    let line = frame.body.world(ankle(Side::Left)) - frame.body.world(ankle(Side::Right));
    Vector { y: 0.0, ..line }.length() / leg_m
}

/// Finds the reaches: the feet part and come together again, one foot stays, the body is upright over it.
fn find_reaches(signals: &Signals, cutoffs: &YBalance) -> Vec<Reach> {
    let leg_m = signals.scale.leg_m;
    let parted = signals.series(|frame| spread(frame, leg_m));
    let together = quantile(parted.iter().copied(), 0.1).unwrap_or(0.0);
    let high = together + cutoffs.reach_ratio.value;
    let low = together + 0.6 * cutoffs.reach_ratio.value;
    swings(&parted, low, high, BRIDGE)
        .into_iter()
        .filter(|run| run.complete)
        .filter_map(|run| recognise(signals, run, cutoffs))
        .collect()
}

fn recognise(signals: &Signals, run: Run, cutoffs: &YBalance) -> Option<Reach> {
    let leg = signals.scale.leg;
    let start = signals.between(run.start.saturating_sub(1), run.start).next()?;
    let far = signals.frames.get(run.peak)?.as_ref()?;
    let moved = |side: Side| (far.ankle.get(side) - start.ankle.get(side)).length() / leg;
    let stance = if moved(Side::Left) < moved(Side::Right) {
        Side::Left
    } else {
        Side::Right
    };
    let stays = moved(stance) < cutoffs.stance_shift_ratio.value;
    let upright = far.trunk_lean_deg < 75.0 && far.ankle.get(stance).y - far.pelvis.y > 0.4 * leg;
    // The weight stays on the standing leg; in a lunge it goes with the foot.
    let carried = (far.pelvis.x - far.ankle.get(stance).x).abs() < 0.35 * leg;
    if !(stays && upright && carried) {
        return None;
    }
    let line = apart(far, stance, signals.scale.leg_m);
    let direction = {
        let leftward = leftward(far)?;
        let ahead = Vector {
            x: leftward.z,
            y: 0.0,
            z: -leftward.x,
        };
        let outward = match stance {
            Side::Left => -1.0,
            Side::Right => 1.0,
        };
        Direction::of(line.dot(ahead), line.dot(leftward) * outward)?
    };
    let share = median(
        signals
            .between(run.peak.saturating_sub(1), run.peak + 1)
            .map(|frame| apart(frame, stance, signals.scale.leg_m).length()),
    )?;
    Some(Reach {
        run,
        stance,
        direction,
        share,
    })
}

/// Unit vector to the body's left in the horizontal plane, from the hips and shoulders.
fn leftward(frame: &Frame) -> Option<Vector> {
    let view = frame.view_deg.to_radians();
    let depth = if frame.facing > 0.0 { 1.0 } else { -1.0 };
    view.is_finite().then(|| Vector {
        x: view.cos(),
        y: 0.0,
        z: depth * view.sin(),
    })
}

/// The mean of the three reaches for each leg, per cent of leg length, where all three were shown.
fn composites(report: &mut Report<'_>, reaches: &[Reach], cutoffs: &YBalance) {
    for stance in Side::BOTH {
        let best =
            Direction::ALL.map(|direction| median(of(reaches, stance, direction).map(|reach| reach.share)));
        if let [Some(a), Some(b), Some(c)] = best {
            let composite = (a + b + c) / 3.0 * 100.0;
            report.measure_once("composite", Unit::PercentOfLeg, Some(stance), composite);
            if composite < cutoffs.composite_percent.value {
                report.flag(
                    FlagCode::LowReach,
                    Some(stance),
                    (composite, Unit::PercentOfLeg),
                    false,
                    &[],
                );
            }
        }
    }
}

fn severity(gap: f64, cutoffs: &YBalance) -> Severity {
    if gap > cutoffs.side_gap_marked_ratio.value {
        Severity::Marked
    } else if gap > cutoffs.side_gap_moderate_ratio.value {
        Severity::Moderate
    } else if gap > cutoffs.side_gap_ratio.value {
        Severity::Mild
    } else {
        Severity::None
    }
}

/// The far end of one reach for each leg and direction.
fn key_frames(report: &mut Report<'_>, signals: &Signals, reaches: &[Reach]) {
    let flagged = |report: &Report<'_>, direction: Direction| {
        report
            .result
            .flags
            .iter()
            .any(|flag| flag.code == FlagCode::ReachGap && flag.text.contains(direction.words()))
    };
    for stance in Side::BOTH {
        for direction in Direction::ALL {
            let Some(reach) = of(reaches, stance, direction).next() else {
                continue;
            };
            if signals.frames.get(reach.run.peak).is_some_and(Option::is_some) {
                let label = format!("{:.0} % of leg", reach.share * 100.0);
                let marked = flagged(report, direction);
                let marks = vec![mark(MarkKind::Reach, Some(stance.other()), label, marked)];
                let what = format!(
                    "{} reach, standing on the {} leg",
                    direction.title(),
                    word(stance)
                );
                report.key_frame(reach.run.peak, what, marks);
            }
        }
    }
}
