//! Test 3, Y-balance of the lower quarter: facing the camera, hands on hips, one leg stands while the other foot reaches
//! forward, back and out, back and across; then the legs change.
//!
//! Directions are named after the standing leg (Plisky 2006): anterior is forward; posteromedial is back toward the side
//! of the reaching leg; posterolateral is back and across behind the standing leg. A reach is the distance over the floor
//! from the tip of the standing foot to the tip of the reaching one over the person's own leg length, so no scale is needed;
//! how it is taken from one camera is in `signals::Floor`. Both legs are measured in the same way, so their difference is
//! surer than the reach itself, and the absolute composite only gives a flag.

mod reaches;

use flow_catalog::{YBalance, thresholds};
use flow_landmarks::Side;

use self::reaches::{Direction, Reach, of};
use super::report::{Report, mark, word};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, Severity, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::{mean, median},
    score::{Material, Refusal},
    signals::Signals,
};

/// What distances over the floor taken from one camera deserve at best.
const ONE_CAMERA: f64 = 0.85;

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().y_balance.cutoffs;
    let signals = material.signals;
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
