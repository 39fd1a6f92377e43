//! Test 3, Y-balance of the lower quarter: facing the camera, hands on hips, one leg stands while the other foot reaches
//! forward, back and out, back and across; then the legs change.
//!
//! Directions are named after the standing leg (Plisky 2006): anterior is forward; posteromedial is back toward the side
//! of the reaching leg; posterolateral is back and across behind the standing leg. A reach is the distance over the floor
//! from the tip of the standing foot to the tip of the reaching one over the person's own leg length, so no scale is needed;
//! how it is taken from one camera is in `signals::Floor`. Both legs are measured in the same way, so their difference is
//! surer than the reach itself, and the absolute composite only gives a flag. A direction that was not seen of both legs may
//! differ all the same, so that the result is not sure of symmetry.

mod reaches;

use flow_catalog::{Cutoff, YBalance, thresholds};
use flow_landmarks::Side;

use self::reaches::{Direction, Reach, of};
use super::report::{Report, mark, word};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, Severity, SideResult, TestResult, Unit},
    confidence::{self, Answer, HALF_SEEN},
    geometry::{mean, median},
    score::{Material, Refusal},
    signals::{Signals, sits},
};

/// What distances over the floor taken from one camera deserve at best.
const ONE_CAMERA: f64 = 0.85;

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().y_balance.cutoffs;
    let signals = material.signals;
    // The lower leg of someone who sits swings like a reaching one.
    if sits(signals) {
        return Err(Refusal::new(CheckCode::WrongMovement));
    }
    let reaches = reaches::find(signals, f64::from(material.clip.aspect()), cutoffs)?;
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
    let turn = like_a_turn(&reaches);
    let mut gaps: Vec<Gap> = Direction::ALL
        .into_iter()
        .filter_map(|direction| compare(&mut report, &reaches, direction, turn, cutoffs))
        .collect();
    let told = gaps
        .iter()
        .any(|gap| gap.name != Direction::Anterior.name() && gap.differs().yes);
    if let Some(back) = compare_back(&reaches, cutoffs).filter(|_| !told) {
        back.report(&mut report, cutoffs);
        gaps.push(back);
    }
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
    // A direction that was not seen of both legs may differ all the same.
    let unseen = Answer {
        yes: false,
        certainty: HALF_SEEN,
    };
    let answers: Vec<Answer> = gaps
        .iter()
        .map(Gap::differs)
        .chain((compared.len()..Direction::ALL.len()).map(|_| unseen))
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

/// The difference between the legs in one direction, or in both back ones added up.
#[derive(Clone, Copy, Debug)]
struct Gap {
    /// For names of measures and in words.
    name: &'static str,
    words: &'static str,
    limit: &'static Cutoff,
    /// The leg with the shorter reach.
    shorter: Side,
    /// Leg lengths.
    ratio: f64,
    /// Standard error of `ratio`.
    error: f64,
}

impl Gap {
    /// Whether the legs differ by more than the limit and the measurement's own error.
    fn differs(&self) -> Answer {
        Answer::clearly_above(self.ratio, self.error, self.limit)
    }

    /// How marked the difference is.
    fn severity(&self, cutoffs: &YBalance) -> Severity {
        let of_limit = self.ratio / self.limit.value;
        if !self.differs().yes {
            Severity::None
        } else if of_limit > cutoffs.marked_factor.value {
            Severity::Marked
        } else if of_limit > cutoffs.moderate_factor.value {
            Severity::Moderate
        } else {
            Severity::Mild
        }
    }

    /// Writes it down, with the flag if it is one.
    fn report(&self, report: &mut Report<'_>, cutoffs: &YBalance) {
        for (what, value) in [("Gap", self.ratio), ("GapError", self.error)] {
            report.measure_once(&format!("{}{what}", self.name), Unit::LegLengths, None, value);
        }
        if self.differs().yes {
            report.flag(
                FlagCode::ReachGap,
                Some(self.shorter),
                (self.ratio, Unit::LegLengths),
                self.severity(cutoffs) == Severity::Marked,
                &[("direction", self.words)],
            );
        }
    }
}

/// What a leg reached in one direction.
#[derive(Clone, Copy)]
struct Reached {
    /// The median, leg lengths.
    ratio: f64,
    /// Variance of the median from the errors of each reach alone.
    variance: f64,
    /// The error that all reaches share.
    turn_error: f64,
}

impl Reached {
    fn of(reaches: &[Reach], stance: Side, direction: Direction) -> Option<Self> {
        let lengths = || of(reaches, stance, direction).map(|reach| reach.length);
        Some(Self {
            ratio: median(lengths().map(|length| length.ratio))?,
            // More reaches of a kind make its median surer.
            variance: mean(lengths().map(|length| length.error.powi(2)))? / lengths().count() as f64,
            turn_error: mean(lengths().map(|length| length.turn_error))?,
        })
    }
}

/// Writes down one direction for both legs; the answer is the difference between them, where both were shown.
fn compare(
    report: &mut Report<'_>,
    reaches: &[Reach],
    direction: Direction,
    turn: f64,
    cutoffs: &'static YBalance,
) -> Option<Gap> {
    for stance in Side::BOTH {
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
        report.measure(direction.name(), Unit::LegLengths, Some(stance), &shares);
    }
    let [left, right] = Side::BOTH.map(|stance| Reached::of(reaches, stance, direction));
    let (left, right) = (left?, right?);
    let gap = Gap {
        name: direction.name(),
        words: direction.words(),
        limit: direction.limit(cutoffs),
        shorter: shorter(left.ratio, right.ratio),
        ratio: (left.ratio - right.ratio).abs(),
        // The same direction goes to opposite sides of the picture for the two legs: a turn adds up.
        error: (left.variance + right.variance)
            .sqrt()
            .hypot(left.turn_error + right.turn_error)
            .hypot(if direction == Direction::Anterior {
                0.0
            } else {
                turn
            }),
    };
    gap.report(report, cutoffs);
    if gap.differs().yes {
        for stance in Side::BOTH {
            if let Some(reach) = of(reaches, stance, direction).next() {
                let what = format!("{} reach standing on the {} leg", direction.title(), word(stance));
                report.evidence(reach.run.peak, what);
            }
        }
    }
    Some(gap)
}

/// How much of the gaps of the two back reaches looks like a turn of the body that was not seen, leg lengths: it makes one
/// leg shorter in the one and the other leg in the other, by as much. Bodies turned by 10 degrees before a low camera
/// showed gaps of 0.3 that were none (rendered people).
fn like_a_turn(reaches: &[Reach]) -> f64 {
    let gap = |direction: Direction| {
        let [left, right] = Side::BOTH.map(|stance| Reached::of(reaches, stance, direction));
        Some(left?.ratio - right?.ratio)
    };
    match gap(Direction::Posteromedial).zip(gap(Direction::Posterolateral)) {
        Some((medial, lateral)) if medial * lateral < 0.0 => medial.abs().min(lateral.abs()),
        _ => 0.0,
    }
}

/// Both back reaches added up: one goes to either side of the picture, so that a turn of the body cancels out.
fn compare_back(reaches: &[Reach], cutoffs: &'static YBalance) -> Option<Gap> {
    let back = |stance: Side| {
        let medial = Reached::of(reaches, stance, Direction::Posteromedial)?;
        let lateral = Reached::of(reaches, stance, Direction::Posterolateral)?;
        Some((medial.ratio + lateral.ratio, medial.variance + lateral.variance))
    };
    let [left, right] = Side::BOTH.map(back);
    let ((left, left_variance), (right, right_variance)) = (left?, right?);
    Some(Gap {
        name: "back",
        words: "back",
        limit: &cutoffs.back_sum_gap_ratio,
        shorter: shorter(left, right),
        ratio: (left - right).abs(),
        error: (left_variance + right_variance).sqrt(),
    })
}

fn shorter(left: f64, right: f64) -> Side {
    if left < right { Side::Left } else { Side::Right }
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
