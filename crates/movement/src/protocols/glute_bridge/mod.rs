//! Test 12, glute bridge: on the back, side-on, knees bent; the hips go up on both feet, then the leg nearer to the camera is
//! stretched out in line with the body and held there for 15 seconds, so that the farther foot carries. Then the person
//! turns round, the head where the feet were, for the other side. A side is the foot that carries. The head may lie either way first.
//!
//! Range is the hip angle, shoulder to hip to knee, in the second of the hold in which it is greatest; 170 degrees is up.
//! Form gates the clock: it runs while the hips have dropped by at most 10 degrees from there, stops while they are lower,
//! and goes on when they are back. Of several holds on a foot the one with the most clean seconds counts. A hold that the
//! end of the recording cuts off while the clock runs is no measurement unless it had reached the 15 seconds.
//!
//! It is a screen: published holds on one foot last a minute, and two of them do not fit into a clip. How the pelvis turns
//! about the length of the body does not show from the side.
//!
//! Bucket: `pass` when each foot shown carries the hips up to 170 degrees and for 15 seconds, else `needs-work`. Sides that
//! differ by more than 10 seconds or 10 degrees are told; a foot that was not shown is not measured.

mod find;

use flow_catalog::{GluteBridge, thresholds};
use flow_landmarks::Side;

use self::find::Hold;
use super::{
    report::{Report, mark, word},
    sides::worth,
    stretches::{Stretch, seconds},
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::{mean, median},
    score::{Material, Refusal},
    signals::{Sides, side_error_deg},
};

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().glute_bridge.cutoffs;
    let bridges = find::bridges(material.signals, cutoffs);
    if bridges.is_empty() {
        return Err(Refusal::new(CheckCode::WrongMovement));
    }
    let holds = find::holds(material.signals, &bridges, cutoffs);
    let usable = |hold: &&Hold| hold.near_leg_up && !cut_off(hold, cutoffs);
    let best = Sides::of(|side| {
        let of_side = holds.iter().filter(usable).filter(|hold| hold.side == side);
        of_side.max_by(|a, b| in_line_s(a, cutoffs).total_cmp(&in_line_s(b, cutoffs)))
    });
    if best.left.is_none() && best.right.is_none() {
        let cut = holds.iter().find(|hold| hold.near_leg_up);
        return Err(cut.map_or(Refusal::new(CheckCode::Incomplete), |hold| {
            Refusal::with(
                CheckCode::TooShort,
                in_line_s(hold, cutoffs),
                cutoffs.hold_s.value,
            )
        }));
    }

    let mut report = Report::new(material);
    let shown = || holds.iter().filter(usable);
    for hold in shown() {
        let points = (hold.run.start, hold.top, hold.run.end);
        report.repetition(points, Some(hold.side), SeenFrom::Side, Some("hold"));
    }
    let mut answers: Vec<Answer> = Vec::new();
    // Of a foot that was not seen all the time it is sure what it reached, not that it was short.
    let mut sure: Vec<bool> = Vec::new();
    for side in Side::BOTH {
        match best.get(side) {
            Some(hold) => {
                let whole = seen_whole(shown().filter(|hold| hold.side == side), cutoffs);
                let [low, short] = write_side(&mut report, hold, whole, cutoffs);
                answers.extend([low, short]);
                sure.extend([low.yes, short.yes && whole]);
            }
            None => write_missing(&mut report, &holds, side, cutoffs),
        }
    }
    let roll = "Pelvis: how it turns about the length of the body does not show from the side.";
    report.result.not_measured.push(roll.to_owned());
    if let Some((left, right)) = best.left.zip(best.right) {
        write_gaps(&mut report, left, right, cutoffs);
    }

    let (bucket, mut certainty) = confidence::decide(&answers, bucket);
    if self::bucket(&sure) != bucket {
        certainty = certainty.min(confidence::HALF_SEEN);
    }
    let frames = shown().flat_map(|hold| material.signals.between(hold.run.start, hold.run.end));
    let view = median(frames.map(side_error_deg)).unwrap_or(f64::NAN);
    let counts = Sides::of(|side| usize::from(best.get(side).is_some()));
    Ok(report.decide(bucket, certainty * worth(material, counts, view)))
}

/// The bucket when these faults are there.
fn bucket(faults: &[bool]) -> Bucket {
    if faults.iter().any(|&fault| fault) {
        Bucket::NeedsWork
    } else {
        Bucket::Pass
    }
}

/// Whether the holds on a foot were seen from beginning to end, and are not one that was taken for several: those together
/// would have been long enough.
fn seen_whole<'a>(mut holds: impl Iterator<Item = &'a Hold> + Clone, cutoffs: &GluteBridge) -> bool {
    let together: f64 = holds.clone().map(|hold| in_line_s(hold, cutoffs)).sum();
    let several = holds.clone().count() > 1 && together >= cutoffs.hold_s.value;
    !several && holds.all(|hold| hold.whole)
}

/// Whether the recording ended while the clock was running.
fn cut_off(hold: &Hold, cutoffs: &GluteBridge) -> bool {
    let clean = hold.clean(cutoffs.hip_drop_deg.value);
    let running = clean.last().is_some_and(|stretch| stretch.end == hold.run.end);
    hold.last && running && seconds(&clean) < cutoffs.hold_s.value
}

/// Clean seconds of a hold, up to those asked for: a longer clip does not look like progress.
fn in_line_s(hold: &Hold, cutoffs: &GluteBridge) -> f64 {
    seconds(&hold.clean(cutoffs.hip_drop_deg.value)).min(cutoffs.hold_s.value)
}

/// Whether the clean seconds fall short, and how sure that is: a clock that stops at either edge of the hips' dead band
/// might have said otherwise.
fn short(hold: &Hold, cutoffs: &GluteBridge) -> Answer {
    let limit = &cutoffs.hip_drop_deg;
    let by = |limit_deg: f64| Answer::below(seconds(&hold.clean(limit_deg)), &cutoffs.hold_s);
    let mut answer = by(limit.value);
    let differs = [limit.value - limit.dead_band, limit.value + limit.dead_band]
        .into_iter()
        .any(|edge| by(edge).yes != answer.yes);
    if differs {
        let drops = hold.angles_deg.iter().map(|angle| hold.extension_deg - angle);
        let hips = mean(
            drops
                .filter(|drop| drop.is_finite())
                .map(|drop| limit.certainty(drop)),
        );
        answer.certainty = answer.certainty.min(hips.unwrap_or(0.5));
    }
    answer
}

/// Writes down a foot that no hold counts for, and why.
fn write_missing(report: &mut Report<'_>, holds: &[Hold], side: Side, cutoffs: &GluteBridge) {
    report.result.sides.push(SideResult {
        side,
        measured: false,
        bucket: None,
    });
    let mut of_side = holds.iter().filter(|hold| hold.side == side);
    let why = match of_side.next() {
        Some(hold) if !hold.near_leg_up => "the leg in the air was the one farther from the camera",
        Some(hold) if cut_off(hold, cutoffs) => "the recording ended during the hold",
        _ => "no bridge on it alone",
    };
    let what = format!("{} foot: {why}.", word(side));
    report.result.not_measured.push(what);
}

/// Writes down the hold on one foot; the answers are whether the hips stay low, and whether it is short. A foot whose holds
/// were not seen `whole` may have carried longer.
fn write_side(report: &mut Report<'_>, hold: &Hold, whole: bool, cutoffs: &GluteBridge) -> [Answer; 2] {
    let side = hold.side;
    let low = Answer::below(hold.extension_deg, &cutoffs.hip_extension_deg);
    let short = short(hold, cutoffs);
    if short.yes && !whole {
        report.result.not_measured.push(format!(
            "All of the time on the {} foot: you were not seen throughout. It may have lasted longer.",
            word(side)
        ));
    }
    report.result.sides.push(SideResult {
        side,
        measured: true,
        bucket: Some(bucket(&[low.yes, short.yes])),
    });
    let seconds = in_line_s(hold, cutoffs);
    report.measure("hold", Unit::Seconds, Some(side), &[seconds]);
    report.measure("hipExtension", Unit::Degrees, Some(side), &[hold.extension_deg]);
    let drop = hold.greatest_drop_deg().unwrap_or(f64::NAN);
    report.measure("hipDrop", Unit::Degrees, Some(side), &[drop]);

    let label = format!("hip {:.0}°", hold.extension_deg);
    let marks = vec![mark(MarkKind::Hip, Some(side), label, low.yes)];
    let what = format!("The hips at their highest on the {} foot", word(side));
    report.key_frame(hold.top, what.clone(), marks);
    report.evidence(hold.top, what);
    if low.yes {
        let severe = hold.extension_deg < cutoffs.bridge_deg.value;
        let measured = (hold.extension_deg, Unit::Degrees);
        report.flag(FlagCode::LimitedRange, Some(side), measured, severe, &[]);
    }
    if short.yes {
        let severe = seconds < cutoffs.short_hold_s.value;
        report.flag(
            FlagCode::ShortHold,
            Some(side),
            (seconds, Unit::Seconds),
            severe,
            &[],
        );
    }
    if let Some(longest) = longest(hold.clean(cutoffs.hip_drop_deg.value)) {
        let what = format!("The longest hold in line on the {} foot", word(side));
        report.evidence(longest.start, format!("{what}: begin"));
        report.evidence(longest.end, format!("{what}: end"));
    }
    write_drop(report, hold, cutoffs);
    [low, short]
}

/// Writes down hips that drop for long during a hold.
fn write_drop(report: &mut Report<'_>, hold: &Hold, cutoffs: &GluteBridge) {
    let limit = cutoffs.hip_drop_deg.value;
    let Some(dropped) = longest(hold.stretches(|drop| drop > limit)) else {
        return;
    };
    if dropped.seconds() < cutoffs.off_line_s.value {
        return;
    }
    let value = hold.drop_deg(dropped).unwrap_or(f64::NAN);
    let severe = value > cutoffs.hip_drop_severe_deg.value;
    let measured = (value, Unit::Degrees);
    let text = report.flag(FlagCode::HipSag, Some(hold.side), measured, severe, &[]);
    let label = format!("hip {:.0}°", hold.extension_deg - value);
    let marks = vec![mark(MarkKind::Hip, Some(hold.side), label, true)];
    report.key_frame(dropped.middle(), text.clone(), marks);
    report.evidence(dropped.start, format!("The clock stops: {text}"));
}

/// Writes down by how much the sides differ, in time and in the hip angle; either is a gap.
fn write_gaps(report: &mut Report<'_>, left: &Hold, right: &Hold, cutoffs: &GluteBridge) {
    let time = (in_line_s(left, cutoffs) - in_line_s(right, cutoffs)).abs();
    let angle = (left.extension_deg - right.extension_deg).abs();
    report.measure_once("sideGap", Unit::Seconds, None, time);
    report.measure_once("angleGap", Unit::Degrees, None, angle);
    let gap = if time > cutoffs.side_gap_s.value {
        Some((time, Unit::Seconds))
    } else {
        (angle > cutoffs.side_gap_deg.value).then_some((angle, Unit::Degrees))
    };
    if let Some(gap) = gap {
        report.flag(FlagCode::SideGap, None, gap, false, &[]);
    }
}

/// The longest of some stretches.
fn longest(stretches: Vec<Stretch>) -> Option<Stretch> {
    stretches
        .into_iter()
        .max_by(|a, b| a.seconds().total_cmp(&b.seconds()))
}
