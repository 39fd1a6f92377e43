//! Test 12, glute bridge: on the back, side-on, knees bent; two or more bridges on both feet, then a hold on each foot with
//! the other leg straight in the air. The head may lie either way.
//!
//! Range is the hip angle at the top of the bridges on both feet; 170 degrees is straight. Form gates the clock of a hold:
//! it runs while the hip of the planted leg is within 10 degrees of the line from shoulder to knee. Of several holds on a
//! foot the one with the most clean seconds counts. Asked for are 15 seconds: two of 20 do not fit into 45 s with two
//! bridges. The planted leg is the one whose knee is bent over a foot that is lower than the other, straight one. A hold
//! that the end of the recording cuts off while the clock runs is no measurement unless it had reached the 15 seconds.
//!
//! Bucket: `pass` when the bridges shown come up to 170 degrees and each foot shown is held on for 15 seconds, else
//! `needs-work`. A foot that was not shown is not measured; without a hold on either foot there is no result.

mod find;

use flow_catalog::{GluteBridge, thresholds};
use flow_landmarks::Side;

use self::find::{Both, Hold};
use super::{
    report::{Report, mark, word},
    sides::{typical, worth},
    stretches::{Stretch, seconds},
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::{mean, median},
    score::{Material, Refusal},
    signals::{Sides, side_error_deg},
};

/// Confidence without a bridge on both feet: the range is not known.
const NO_RANGE: f64 = 0.7;

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().glute_bridge.cutoffs;
    let bridges = find::both(material.signals, cutoffs);
    let holds = find::holds(material.signals, cutoffs);
    if holds.is_empty() {
        return Err(Refusal::new(if bridges.is_empty() {
            CheckCode::WrongMovement
        } else {
            CheckCode::Incomplete
        }));
    }
    let best = Sides::of(|side| {
        let of_side = holds.iter().filter(|hold| hold.side == side);
        of_side.max_by(|a, b| in_line_s(a, cutoffs).total_cmp(&in_line_s(b, cutoffs)))
    });
    for hold in [best.left, best.right].into_iter().flatten() {
        let running = hold
            .clean(cutoffs.hip_drop_deg.value)
            .last()
            .is_some_and(|stretch| stretch.end == hold.run.end);
        let seconds = in_line_s(hold, cutoffs);
        if hold.last && running && seconds < cutoffs.hold_s.value {
            return Err(Refusal::with(CheckCode::TooShort, seconds, cutoffs.hold_s.value));
        }
    }

    let mut report = Report::new(material);
    for bridge in &bridges {
        let points = (bridge.run.start, bridge.run.peak, bridge.run.end);
        report.repetition(points, None, SeenFrom::Side, Some("bridge"));
    }
    for hold in &holds {
        let points = (hold.run.start, hold.run.middle(), hold.run.end);
        report.repetition(points, Some(hold.side), SeenFrom::Side, Some("hold"));
    }
    let mut answers: Vec<Answer> = write_range(&mut report, &bridges, cutoffs).into_iter().collect();
    for side in Side::BOTH {
        answers.extend(write_side(&mut report, best.get(side), side, cutoffs));
    }
    if let Some((left, right)) = best.left.zip(best.right) {
        let gap = (in_line_s(left, cutoffs) - in_line_s(right, cutoffs)).abs();
        report.measure_once("sideGap", Unit::Seconds, None, gap);
        if gap > cutoffs.side_gap_s.value {
            report.flag(FlagCode::SideGap, None, (gap, Unit::Seconds), false, &[]);
        }
    }

    let (bucket, certainty) = confidence::decide(&answers, |given| {
        if given.iter().any(|&short| short) {
            Bucket::NeedsWork
        } else {
            Bucket::Pass
        }
    });
    let spans = bridges
        .iter()
        .map(|bridge| (bridge.run.start, bridge.run.end))
        .chain(holds.iter().map(|hold| (hold.run.start, hold.run.end)));
    let frames = spans.flat_map(|(start, end)| material.signals.between(start, end));
    let view = median(frames.map(side_error_deg)).unwrap_or(f64::NAN);
    // One hold on a foot is all that is asked for: what is counted are the bridges.
    let count = Sides::of(|side| best.get(side).map_or(0, |_| bridges.len().max(1)));
    let range = if bridges.is_empty() { NO_RANGE } else { 1.0 };
    Ok(report.decide(bucket, certainty * range * worth(material, count, view)))
}

/// Clean seconds of a hold, up to those asked for: a longer clip does not look like progress.
fn in_line_s(hold: &Hold, cutoffs: &GluteBridge) -> f64 {
    seconds(&hold.clean(cutoffs.hip_drop_deg.value)).min(cutoffs.hold_s.value)
}

/// Whether the clean seconds fall short, and how sure that is: a clock that stops at either edge of the hip's dead band
/// might have said otherwise.
fn short(hold: &Hold, cutoffs: &GluteBridge) -> Answer {
    let limit = &cutoffs.hip_drop_deg;
    let by = |limit_deg: f64| Answer::below(seconds(&hold.clean(limit_deg)), &cutoffs.hold_s);
    let mut answer = by(limit.value);
    let differs = [limit.value - limit.dead_band, limit.value + limit.dead_band]
        .into_iter()
        .any(|edge| by(edge).yes != answer.yes);
    if differs {
        let hips = mean(
            hold.bends_deg
                .iter()
                .filter(|bend| bend.is_finite())
                .map(|bend| limit.certainty(*bend)),
        );
        answer.certainty = answer.certainty.min(hips.unwrap_or(0.5));
    }
    answer
}

/// Writes down the bridges on both feet; the answer is whether they stop short, if there are any.
fn write_range(report: &mut Report<'_>, bridges: &[Both], cutoffs: &GluteBridge) -> Option<Answer> {
    let values: Vec<f64> = bridges.iter().map(|bridge| bridge.extension_deg).collect();
    let Some(extension) = report.measure("hipExtension", Unit::Degrees, None, &values) else {
        let what = "Bridges on both feet: not shown from lying to lying.".to_owned();
        report.result.not_measured.push(what);
        return None;
    };
    let short = Answer::below(extension, &cutoffs.hip_extension_deg);
    if short.yes {
        let severe = extension < cutoffs.bridge_deg.value;
        report.flag(
            FlagCode::LimitedRange,
            None,
            (extension, Unit::Degrees),
            severe,
            &[],
        );
    }
    if let Some(bridge) = typical(bridges, |bridge| bridge.extension_deg) {
        let label = format!("hip {:.0}°", bridge.extension_deg);
        let marks = vec![mark(MarkKind::Hip, Some(bridge.near), label, short.yes)];
        report.key_frame(bridge.run.peak, "The top of a bridge on both feet", marks);
        report.evidence(bridge.run.peak, "The top of a bridge on both feet");
    }
    Some(short)
}

/// Writes down the hold on one foot; the answer is whether it is short, if it was shown.
fn write_side(
    report: &mut Report<'_>,
    hold: Option<&Hold>,
    side: Side,
    cutoffs: &GluteBridge,
) -> Option<Answer> {
    let answer = hold.map(|hold| short(hold, cutoffs));
    report.result.sides.push(SideResult {
        side,
        measured: hold.is_some(),
        bucket: answer.map(|short| {
            if short.yes {
                Bucket::NeedsWork
            } else {
                Bucket::Pass
            }
        }),
    });
    let Some(hold) = hold else {
        let what = format!("{} foot: no bridge on it alone.", word(side));
        report.result.not_measured.push(what);
        return None;
    };
    let seconds = in_line_s(hold, cutoffs);
    report.measure_once("hold", Unit::Seconds, Some(side), seconds);
    let bend = median(hold.bends_deg.iter().copied()).unwrap_or(f64::NAN);
    report.measure_once("hipBend", Unit::Degrees, Some(side), bend);
    if seconds < cutoffs.hold_s.value {
        let severe = seconds < cutoffs.short_hold_s.value;
        report.flag(
            FlagCode::ShortHold,
            Some(side),
            (seconds, Unit::Seconds),
            severe,
            &[],
        );
    }
    let longest = longest(hold.clean(cutoffs.hip_drop_deg.value));
    if let Some(clean) = longest {
        let what = format!("The longest hold in line on the {} foot", word(side));
        let label = format!("hip {:.0}°", 180.0 - hold.bend_deg(clean).unwrap_or(0.0));
        let marks = vec![mark(MarkKind::Hip, Some(side), label, false)];
        report.key_frame(clean.middle(), what.clone(), marks);
        report.evidence(clean.start, format!("{what}: begin"));
        report.evidence(clean.end, format!("{what}: end"));
    }
    write_drop(report, hold, cutoffs);
    answer
}

/// Writes down a hip that drops for long during a hold.
fn write_drop(report: &mut Report<'_>, hold: &Hold, cutoffs: &GluteBridge) {
    let limit = cutoffs.hip_drop_deg.value;
    let Some(dropped) = longest(hold.stretches(|bend| bend > limit)) else {
        return;
    };
    if dropped.seconds() < cutoffs.off_line_s.value {
        return;
    }
    let value = hold.bend_deg(dropped).unwrap_or(f64::NAN);
    let severe = value > cutoffs.hip_drop_severe_deg.value;
    let text = report.flag(
        FlagCode::HipSag,
        Some(hold.side),
        (value, Unit::Degrees),
        severe,
        &[],
    );
    let label = format!("hip {:.0}°", 180.0 - value);
    let marks = vec![mark(MarkKind::Hip, Some(hold.side), label, true)];
    report.key_frame(dropped.middle(), text.clone(), marks);
    report.evidence(dropped.start, format!("The clock stops: {text}"));
}

/// The longest of some stretches.
fn longest(stretches: Vec<Stretch>) -> Option<Stretch> {
    stretches
        .into_iter()
        .max_by(|a, b| a.seconds().total_cmp(&b.seconds()))
}
