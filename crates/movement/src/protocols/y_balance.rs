//! Test 3, Y-balance of the lower quarter: facing the camera, hands on hips, one leg stands while the other foot reaches
//! forward, back and out, back and across; then the legs change.
//!
//! Directions are named after the standing leg (Plisky 2006): anterior is forward; posteromedial is back toward the side
//! of the reaching leg; posterolateral is back and across behind the standing leg. A reach is the distance over the floor
//! from the tip of the standing foot to the tip of the reaching one over the person's own leg length, so no scale is needed;
//! how it is taken from one camera is in `signals::Floor`. Both legs are measured in the same way, so their difference is
//! surer than the reach itself, and the absolute composite only gives a flag.

use flow_catalog::{Cutoff, YBalance, thresholds};
use flow_landmarks::Side;

use super::report::{Report, mark, word};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, Severity, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::median,
    score::{Material, Refusal},
    signals::{Apart, Floor, Frame, Run, Signals, apart, waves},
};

/// Depth over height in the picture, roughly, for telling directions apart: a camera at hip height 3 to 4 m away.
const DEPTH_PER_HEIGHT: f64 = 3.5;

/// What distances over the floor taken from one camera deserve at best.
const ONE_CAMERA: f64 = 0.85;

/// Distance in leg lengths between the places stood at beyond which the person walked.
const WANDERED: f64 = 0.6;

/// Greatest height in the picture of a foot on the floor over the standing one, leg lengths: one leg length behind it,
/// seen from a height of two leg lengths three leg lengths away.
const HIGHEST_ON_FLOOR: f64 = 0.4;

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().y_balance.cutoffs;
    let signals = material.signals;
    let reaches = find_reaches(signals, f64::from(material.clip.aspect()), cutoffs)?;
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
    let gaps: Vec<Gap> = Direction::ALL
        .into_iter()
        .filter_map(|direction| compare(&mut report, &reaches, direction, cutoffs))
        .collect();
    composites(&mut report, &reaches, cutoffs);
    key_frames(&mut report, signals, &reaches);

    let widest = gaps.iter().map(|gap| gap.of_limit(cutoffs)).fold(0.0, f64::max);
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
        .map(|gap| Answer::above(gap.ratio, gap.direction.limit(cutoffs)))
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
        * ONE_CAMERA
        * confidence::tracking(material.quality)
        * confidence::view(view)
        * confidence::repetitions(compared.len(), material.setup.repetitions_wanted);
    Ok(report.decide(bucket, confidence))
}

/// The difference between the legs in one direction.
#[derive(Clone, Copy, Debug)]
struct Gap {
    direction: Direction,
    /// Leg lengths.
    ratio: f64,
}

impl Gap {
    /// The difference over its limit: 1 at the limit.
    fn of_limit(&self, cutoffs: &YBalance) -> f64 {
        self.ratio / self.direction.limit(cutoffs).value
    }
}

/// Writes down one direction for both legs; the answer is the difference between them, where both were shown.
fn compare(
    report: &mut Report<'_>,
    reaches: &[Reach],
    direction: Direction,
    cutoffs: &YBalance,
) -> Option<Gap> {
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
    let gap = Gap {
        direction,
        ratio: (left - right).abs(),
    };
    report.measure_once(
        &format!("{}Gap", direction.name()),
        Unit::LegLengths,
        None,
        gap.ratio,
    );
    if gap.of_limit(cutoffs) > 1.0 {
        let shorter = if left < right { Side::Left } else { Side::Right };
        let severe = severity(gap.of_limit(cutoffs), cutoffs) == Severity::Marked;
        let words = [("direction", direction.words())];
        report.flag(
            FlagCode::ReachGap,
            Some(shorter),
            (gap.ratio, Unit::LegLengths),
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

    /// The greatest difference between the legs that is not flagged.
    const fn limit(self, cutoffs: &YBalance) -> &Cutoff {
        match self {
            Self::Anterior => &cutoffs.front_gap_ratio,
            Self::Posteromedial | Self::Posterolateral => &cutoffs.back_gap_ratio,
        }
    }

    /// The direction of a displacement: `ahead` and `outward` (toward the reaching leg's own side). Straight sideways is
    /// none of the three.
    fn of(ahead: f64, outward: f64) -> Option<Self> {
        let angle = outward.atan2(ahead).to_degrees();
        match angle {
            -60.0..=60.0 => Some(Self::Anterior),
            100.0..=180.0 => Some(Self::Posteromedial),
            -180.0..=-90.0 => Some(Self::Posterolateral),
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

/// Roughly how far the feet have parted from how they are most of the time, over the floor, leg lengths: grows with every
/// reach, whichever foot it is.
fn parting(signals: &Signals) -> Vec<f64> {
    let line = |frame: &Frame| apart(frame, Side::Left, signals.scale);
    let home =
        |axis: fn(Apart) -> f64| median(signals.present().map(|frame| axis(line(frame)))).unwrap_or(f64::NAN);
    let (outward, down) = (home(|apart| apart.outward), home(|apart| apart.down));
    signals.series(|frame| {
        let apart = line(frame);
        (apart.outward - outward).hypot((apart.down - down) * DEPTH_PER_HEIGHT)
    })
}

/// Finds the reaches: the feet part and come together again, one foot stays, the body is upright over it. A clip in which
/// most of what the feet do is something else, or in which the person wanders about, is another movement.
fn find_reaches(signals: &Signals, aspect: f64, cutoffs: &YBalance) -> Result<Vec<Reach>, Refusal> {
    let scale = signals.scale;
    let parted = waves(&parting(signals), cutoffs.reach_ratio.value);
    let mut found: Vec<(Run, Side, Direction)> = parted
        .iter()
        .filter_map(|&run| recognise(signals, run, cutoffs))
        .collect();
    let far = |run: Run| signals.frames.get(run.peak).and_then(Option::as_ref);
    let stood_at = |&(run, stance, _): &(Run, Side, Direction)| far(run).map(|frame| frame.ankle.get(stance));
    let xs = || found.iter().filter_map(stood_at).map(|foot| foot.x);
    let place = median(xs()).unwrap_or(f64::NAN);
    let wandered = xs().any(|x| (x - place).abs() > WANDERED * scale.leg);
    if found.is_empty() || found.len() * 2 <= parted.len() || wandered {
        return Err(Refusal::with(
            CheckCode::WrongMovement,
            found.len() as f64,
            parted.len() as f64,
        ));
    }
    found.sort_by_key(|(run, ..)| run.peak);

    let back: Vec<(&Frame, Side)> = found
        .iter()
        .filter(|(_, _, direction)| *direction != Direction::Anterior)
        .filter_map(|&(run, stance, _)| Some((far(run)?, stance)))
        .collect();
    let any = found
        .first()
        .and_then(|&(run, stance, _)| Some((far(run)?, stance)));
    let floor = Floor::new(scale, aspect).learn(&back, any, scale);
    let measured = found.into_iter().filter_map(|(run, stance, direction)| {
        let lengths =
            signals
                .between(run.peak.saturating_sub(1), run.peak + 1)
                .map(|frame| match direction {
                    Direction::Anterior => floor.front_reach(frame, stance, scale),
                    Direction::Posteromedial | Direction::Posterolateral => {
                        floor.back_reach(frame, stance, scale)
                    }
                });
        let share = median(lengths).filter(|share| *share >= cutoffs.reach_ratio.value)?;
        Some(Reach {
            run,
            stance,
            direction,
            share,
        })
    });
    Ok(measured.collect())
}

/// The standing leg and the direction of a swing of the feet, if it is a reach.
fn recognise(signals: &Signals, run: Run, cutoffs: &YBalance) -> Option<(Run, Side, Direction)> {
    let scale = signals.scale;
    let start = signals.between(run.start.saturating_sub(1), run.start).next()?;
    let far = signals.frames.get(run.peak)?.as_ref()?;
    let moved = |side: Side| (far.ankle.get(side) - start.ankle.get(side)).length() / scale.leg;
    let stance = if moved(Side::Left) < moved(Side::Right) {
        Side::Left
    } else {
        Side::Right
    };
    let stays = moved(stance) < cutoffs.stance_shift_ratio.value;
    let upright = far.trunk_lean_deg < 75.0 && far.ankle.get(stance).y - far.pelvis.y > 0.35 * scale.leg;
    // The weight stays on the standing leg; in a lunge it goes with the foot.
    let carried = (far.pelvis.x - far.ankle.get(stance).x).abs() < 0.4 * scale.leg;
    let Apart { outward, down } = apart(far, stance, scale);
    // A foot on the floor is never this much higher in the picture than the other: it is raised.
    let low = down > -HIGHEST_ON_FLOOR;
    if !(stays && upright && carried && low) {
        return None;
    }
    Some((run, stance, Direction::of(down * DEPTH_PER_HEIGHT, outward)?))
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

/// How marked a gap is that is `of_limit` times its limit.
fn severity(of_limit: f64, cutoffs: &YBalance) -> Severity {
    if of_limit > cutoffs.marked_factor.value {
        Severity::Marked
    } else if of_limit > cutoffs.moderate_factor.value {
        Severity::Moderate
    } else if of_limit > 1.0 {
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
