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
    geometry::{mean, median},
    score::{Material, Refusal},
    signals::{Apart, Floor, Frame, Length, Run, Signals, apart, waves},
};

/// Share of the longest reach of its kind below which a reach is a stumble on the way.
const STUMBLE: f64 = 0.6;

/// Share of the greatest distance from which a frame belongs to the far end of a reach.
const FAR_END: f64 = 0.93;

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

    report.result.severity = gaps.iter().map(|gap| gap.severity(cutoffs)).max();
    for stance in Side::BOTH {
        report.result.sides.push(SideResult {
            side: stance,
            measured: kinds(stance) > 0,
            bucket: None,
        });
    }
    let answers: Vec<Answer> = gaps.iter().map(|gap| gap.differs(cutoffs)).collect();
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
    /// Standard error of `ratio`.
    error: f64,
}

impl Gap {
    /// Whether the legs differ by more than the limit and the measurement's own error.
    fn differs(&self, cutoffs: &YBalance) -> Answer {
        Answer::clearly_above(self.ratio, self.error, self.direction.limit(cutoffs))
    }

    /// How marked the difference is.
    fn severity(&self, cutoffs: &YBalance) -> Severity {
        let of_limit = self.ratio / self.direction.limit(cutoffs).value;
        if !self.differs(cutoffs).yes {
            Severity::None
        } else if of_limit > cutoffs.marked_factor.value {
            Severity::Marked
        } else if of_limit > cutoffs.moderate_factor.value {
            Severity::Moderate
        } else {
            Severity::Mild
        }
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
        let shares: Vec<f64> = of(reaches, stance, direction)
            .map(|reach| reach.length.ratio)
            .collect();
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
    // More reaches of a kind make its median surer.
    let variance = |stance: Side| {
        let errors: Vec<f64> = of(reaches, stance, direction)
            .map(|reach| reach.length.error)
            .collect();
        mean(errors.iter().map(|error| error * error)).unwrap_or(f64::NAN) / errors.len() as f64
    };
    let error = (variance(Side::Left) + variance(Side::Right)).sqrt();
    let gap = Gap {
        direction,
        ratio: (left - right).abs(),
        error,
    };
    report.measure_once(
        &format!("{}Gap", direction.name()),
        Unit::LegLengths,
        None,
        gap.ratio,
    );
    report.measure_once(
        &format!("{}GapError", direction.name()),
        Unit::LegLengths,
        None,
        gap.error,
    );
    if gap.differs(cutoffs).yes {
        let shorter = if left < right { Side::Left } else { Side::Right };
        let severe = gap.severity(cutoffs) == Severity::Marked;
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
    length: Length,
}

fn of(reaches: &[Reach], stance: Side, direction: Direction) -> impl Iterator<Item = &Reach> {
    reaches
        .iter()
        .filter(move |reach| reach.stance == stance && reach.direction == direction)
}

/// Roughly how far the feet have parted from how they are most of the time, over the floor, leg lengths: grows with every
/// reach, whichever foot it is.
fn parting(signals: &Signals, floor: &Floor) -> Vec<f64> {
    let line = |frame: &Frame| apart(signals, frame, Side::Left);
    let home =
        |axis: fn(Apart) -> f64| median(signals.present().map(|frame| axis(line(frame)))).unwrap_or(f64::NAN);
    let (outward, down) = (home(|apart| apart.outward), home(|apart| apart.down));
    signals.series(|frame| {
        let apart = line(frame);
        (apart.outward - outward).hypot((apart.down - down) * floor.depth_per_height())
    })
}

/// Finds the reaches: the feet part and come together again, one foot stays, the body is upright over it. A clip in which
/// most of what the feet do is something else, or in which the person wanders about, is another movement.
fn find_reaches(signals: &Signals, aspect: f64, cutoffs: &YBalance) -> Result<Vec<Reach>, Refusal> {
    let scale = signals.scale;
    let far = |run: Run| signals.frames.get(run.peak).and_then(Option::as_ref);
    let mut floor = Floor::new(signals, aspect);
    let (mut parted, mut found) = (Vec::new(), Vec::new());
    // The first round finds the back reaches, from which the floor is learnt; the second all of them.
    for _ in 0..2 {
        parted = waves(&parting(signals, &floor), cutoffs.reach_ratio.value);
        found = parted
            .iter()
            .filter_map(|&run| recognise(signals, &floor, run, cutoffs))
            .collect::<Vec<_>>();
        let back: Vec<(&Frame, Side)> = found
            .iter()
            .filter(|(_, _, direction)| *direction != Direction::Anterior)
            .filter_map(|&(run, stance, _)| Some((far(run)?, stance)))
            .collect();
        floor = floor.learn(&back);
    }
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

    let measured = found.into_iter().filter_map(|(run, stance, direction)| {
        let (peak, length) = measure(signals, &floor, run, stance, direction)?;
        let reach = Reach {
            run: Run { peak, ..run },
            stance,
            direction,
            length,
        };
        (length.ratio >= cutoffs.reach_ratio.value).then_some(reach)
    });
    let mut reaches: Vec<Reach> = measured.collect();
    // A stumble on the way out is no second reach.
    let longest = |reach: &Reach| {
        of(&reaches, reach.stance, reach.direction)
            .map(|other| other.length.ratio)
            .fold(0.0, f64::max)
    };
    let whole: Vec<bool> = reaches
        .iter()
        .map(|reach| reach.length.ratio >= STUMBLE * longest(reach))
        .collect();
    let mut whole = whole.into_iter();
    reaches.retain(|_| whole.next().unwrap_or(true));
    Ok(reaches)
}

/// How far a reach goes, leg lengths, and where in the middle of its far end that is.
///
/// The far end is found where the picture is sure: sideways for the back reaches, down for the front one.
fn measure(
    signals: &Signals,
    floor: &Floor,
    run: Run,
    stance: Side,
    direction: Direction,
) -> Option<(usize, Length)> {
    let out = |frame: &Frame| {
        let Apart { outward, down } = apart(signals, frame, stance);
        match direction {
            Direction::Anterior => down,
            Direction::Posteromedial | Direction::Posterolateral => outward.abs(),
        }
    };
    let frames =
        || (run.start..=run.end).filter_map(|index| Some((index, signals.frames.get(index)?.as_ref()?)));
    let furthest = frames().map(|(_, frame)| out(frame)).fold(f64::NAN, f64::max);
    let far: Vec<(usize, &Frame)> = frames()
        .filter(|(_, frame)| out(frame) >= FAR_END * furthest)
        .collect();
    let lengths: Vec<Length> = far
        .iter()
        .map(|(_, frame)| match direction {
            Direction::Anterior => floor.front_reach(frame, stance),
            Direction::Posteromedial | Direction::Posterolateral => floor.back_reach(frame, stance),
        })
        .collect();
    let length = Length {
        ratio: median(lengths.iter().map(|length| length.ratio))?,
        error: median(lengths.iter().map(|length| length.error))?,
    };
    far.get(far.len() / 2).map(|&(index, _)| (index, length))
}

/// The standing leg and the direction of a swing of the feet, if it is a reach.
fn recognise(
    signals: &Signals,
    floor: &Floor,
    run: Run,
    cutoffs: &YBalance,
) -> Option<(Run, Side, Direction)> {
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
    let Apart { outward, down } = apart(signals, far, stance);
    // A foot on the floor is never this much higher in the picture than the other: it is raised.
    let low = down > -HIGHEST_ON_FLOOR;
    if !(stays && upright && carried && low) {
        return None;
    }
    Some((
        run,
        stance,
        Direction::of(down * floor.depth_per_height(), outward)?,
    ))
}

/// The mean of the three reaches for each leg, per cent of leg length, where all three were shown.
fn composites(report: &mut Report<'_>, reaches: &[Reach], cutoffs: &YBalance) {
    for stance in Side::BOTH {
        let best = Direction::ALL
            .map(|direction| median(of(reaches, stance, direction).map(|reach| reach.length.ratio)));
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
                let label = format!("{:.0} % of leg", reach.length.ratio * 100.0);
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
