//! Test 2, plank: side-on, on forearms or straight arms and the toes, facing the floor, held for 40 seconds.
//!
//! Form gates the clock: it runs while the hips are within 10 degrees of the line from shoulders to ankles, stops while they
//! sag or rise, and goes on when they are back. Seconds are those of one attempt: coming down, onto the knees too, ends it,
//! and of several the one with the most clean seconds counts. A plank on the knees is none. An attempt that the end of the
//! recording cuts off while the clock runs is no measurement unless it had reached the 40 seconds. One that had begun before
//! the person was seen, or in which they were lost, may have lasted longer: short of 40 seconds confidence falls.
//!
//! Bucket: `pass` from 40 clean seconds, which is what a clip of 45 s has room for, else `limited`.

mod clock;

use flow_catalog::{Plank, thresholds};
use flow_landmarks::Side;

use self::clock::Attempt;
use super::{
    report::{Report, mark},
    stretches::{Stretch, seconds},
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, TestResult, Unit},
    confidence::{self, Answer},
    geometry::{mean, median},
    score::{Material, Refusal},
    signals::side_error_deg,
};

/// Clean stretches that are listed, seconds: shorter ones are hips on their way through the line.
const LISTED_S: f64 = 1.0;

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().plank.cutoffs;
    let limit = &cutoffs.hip_offset_deg;
    let attempts = clock::attempts(material.signals, cutoffs);
    let clean_seconds = |attempt: &Attempt| seconds(&attempt.clean(limit.value));
    let best = attempts.iter().max_by(|a, b| {
        let clean = clean_seconds(a).total_cmp(&clean_seconds(b));
        clean.then(a.seconds().total_cmp(&b.seconds()))
    });
    let Some(best) = best else {
        return Err(Refusal::new(CheckCode::WrongMovement));
    };
    let clean = best.clean(limit.value);
    let asked = cutoffs.hold_s.value;
    // Seconds are counted up to the 40 asked for, so that a longer clip does not look like progress.
    let held = clean_seconds(best).min(asked);
    let running = clean.last().is_some_and(|stretch| stretch.end == best.end);
    if best.last && running && held < asked {
        return Err(Refusal::with(CheckCode::TooShort, held, asked));
    }

    let mut report = Report::new(material);
    for stretch in clean.iter().filter(|stretch| stretch.seconds() >= LISTED_S) {
        let points = (stretch.start, stretch.middle(), stretch.end);
        report.repetition(points, None, SeenFrom::Side, Some("hold"));
    }
    let side = near(material, best);
    write_time(&mut report, best, held, &clean, side, cutoffs);
    for (code, sign) in [(FlagCode::HipSag, -1.0), (FlagCode::HipPike, 1.0)] {
        write_fault(&mut report, best, code, sign, side, cutoffs);
    }

    let mut answer = short(best, cutoffs);
    if answer.yes && !attempts.iter().all(|attempt| attempt.whole) {
        let what =
            "The whole plank: you were not seen from its beginning to its end. It may have lasted longer.";
        report.result.not_measured.push(what.to_owned());
        answer = answer.half_seen();
    }
    let (bucket, certainty) = confidence::decide(&[answer], |given| {
        if given.iter().any(|&short| short) {
            Bucket::Limited
        } else {
            Bucket::Pass
        }
    });
    let frames = material.signals.between(best.start, best.end);
    let view = median(frames.map(side_error_deg)).unwrap_or(f64::NAN);
    let confidence = certainty * confidence::tracking(material.quality) * confidence::view(view);
    Ok(report.decide(bucket, confidence))
}

/// Whether the clean seconds fall short, and how sure that is: a clock that stops at either edge of the hips' dead band
/// might have said otherwise.
fn short(attempt: &Attempt, cutoffs: &Plank) -> Answer {
    let limit = &cutoffs.hip_offset_deg;
    let by = |limit_deg: f64| Answer::below(seconds(&attempt.clean(limit_deg)), &cutoffs.hold_s);
    let mut answer = by(limit.value);
    let differs = [limit.value - limit.dead_band, limit.value + limit.dead_band]
        .into_iter()
        .any(|edge| by(edge).yes != answer.yes);
    if differs {
        let hips = mean(attempt.offsets_deg().map(|offset| limit.certainty(offset.abs())));
        answer.certainty = answer.certainty.min(hips.unwrap_or(0.5));
    }
    answer
}

/// The side nearer to the camera during an attempt.
fn near(material: &Material<'_>, attempt: &Attempt) -> Side {
    let frames = || material.signals.between(attempt.start, attempt.end);
    let left = frames().filter(|frame| frame.near == Side::Left).count();
    if left * 2 > frames().count() {
        Side::Left
    } else {
        Side::Right
    }
}

/// Writes down how long the plank was held, how long of it in good form, and where the hips were.
fn write_time(
    report: &mut Report<'_>,
    attempt: &Attempt,
    held: f64,
    clean: &[Stretch],
    side: Side,
    cutoffs: &Plank,
) {
    let longest = clean
        .iter()
        .max_by(|a, b| a.seconds().total_cmp(&b.seconds()))
        .copied();
    report.measure_once("cleanTime", Unit::Seconds, None, held);
    report.measure_once("hold", Unit::Seconds, None, longest.map_or(0.0, Stretch::seconds));
    report.measure_once("plankTime", Unit::Seconds, None, attempt.seconds());
    let offset = median(attempt.offsets_deg()).unwrap_or(f64::NAN);
    report.measure_once("hipOffset", Unit::Degrees, None, offset);
    let ratios = attempt
        .hips
        .iter()
        .flatten()
        .map(|line| 100.0 * line.offset_ratio);
    let ratio = median(ratios).unwrap_or(f64::NAN);
    report.measure_once("hipOffsetRatio", Unit::PercentOfBodyLine, None, ratio);

    let short = held < cutoffs.hold_s.value;
    if short {
        let severe = held < cutoffs.short_hold_s.value;
        report.flag(FlagCode::ShortHold, None, (held, Unit::Seconds), severe, &[]);
    }
    if let Some(longest) = longest {
        let label = format!("hips {}", off_line(attempt, longest.middle()));
        let marks = vec![mark(MarkKind::Hip, Some(side), label, false)];
        report.key_frame(longest.middle(), "The longest hold in good form", marks);
        report.evidence(longest.start, "Begin of the longest hold in good form");
        report.evidence(longest.end, "End of the longest hold in good form");
    }
}

/// Writes down hips that are off the line, `sign` being on which side of it.
fn write_fault(
    report: &mut Report<'_>,
    attempt: &Attempt,
    code: FlagCode,
    sign: f64,
    side: Side,
    cutoffs: &Plank,
) {
    let limit = cutoffs.hip_offset_deg.value;
    let off = attempt.stretches(|offset| sign * offset > limit);
    let lasting: Vec<Stretch> = off
        .into_iter()
        .filter(|stretch| stretch.seconds() >= cutoffs.off_line_s.value)
        .collect();
    let Some(longest) = lasting
        .iter()
        .max_by(|a, b| a.seconds().total_cmp(&b.seconds()))
        .copied()
    else {
        return;
    };
    let offsets = lasting.iter().flat_map(|stretch| {
        let points = stretch.start - attempt.start..=stretch.end - attempt.start;
        attempt.hips[points].iter().flatten().map(|line| line.offset_deg)
    });
    let value = median(offsets).unwrap_or(f64::NAN);
    let severe = sign * value > cutoffs.hip_offset_severe_deg.value;
    let text = report.flag(code, None, (value, Unit::Degrees), severe, &[]);
    let label = format!("hips {}", off_line(attempt, longest.middle()));
    let marks = vec![mark(MarkKind::Hip, Some(side), label, true)];
    report.key_frame(longest.middle(), text.clone(), marks);
    report.evidence(longest.start, format!("The clock stops: {text}"));
}

/// The bend at the hips at a point of the grid, in words.
fn off_line(attempt: &Attempt, index: usize) -> String {
    let line = index
        .checked_sub(attempt.start)
        .and_then(|at| attempt.hips.get(at).copied().flatten());
    line.map_or_else(
        || "on the way".to_owned(),
        |line| format!("{:+.0}°", line.offset_deg),
    )
}
