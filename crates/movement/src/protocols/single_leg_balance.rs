//! Test 7, single-leg balance, eyes open: facing the camera, 20 seconds on one leg, then 20 seconds on the other.
//!
//! The clock of a side runs while the other foot is clearly off the floor and the standing foot stays where it is; the
//! longest hold counts. A hold that the end of the recording cuts off is no measurement unless it had reached the 20
//! seconds. A hold that had begun before the person was seen, or in which they were lost, may have lasted longer: short of 20
//! seconds confidence falls. Holds are compared up to the 20 seconds asked for: whoever stands longer on one leg is not asymmetric.
//!
//! Bucket: `pass` from 20 s on both sides, `significant` below 10 s on either, `limited` between and when the sides differ
//! by more than 5 s. Quality comes from the sideways sway of the trunk.

use flow_catalog::{SingleLegBalance, thresholds};
use flow_landmarks::Side;

use super::{
    report::{Report, mark, word},
    sides::ONE_SIDE,
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::{mean, median, quantile},
    score::{Material, Refusal},
    signals::{Frame, Sides, Signals, sits, sway, swings},
    track::{RATE_HZ, ankle},
};

/// Points of the grid without a body that a hold may contain: 0.5 s.
const BRIDGE: usize = 5;

/// Points of the grid left out at both ends of a hold when sway is measured: lifting and lowering the foot, 1 s.
const SETTLING: usize = 10;

/// Lifts of one foot from which short ones are leg raises rather than attempts to balance.
const RAISES: usize = 3;

/// How often the free foot may go out and back before that is what the person does.
const REACHES: usize = 2;

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().single_leg_balance.cutoffs;
    let signals = material.signals;
    let mut holds = Sides::of(|stance| find_holds(signals, stance, cutoffs));
    refuse_other_movements(signals, &holds, cutoffs)?;
    for list in [&mut holds.left, &mut holds.right] {
        list.retain(|hold| hold.seconds >= cutoffs.shortest_hold_s.value);
    }

    let asked = cutoffs.hold_s.value;
    let best = |stance: Side| {
        let longest = longest(holds.side(stance))?;
        (longest.seconds >= asked || !longest.cut_off).then_some(longest)
    };
    let (left, right) = (best(Side::Left), best(Side::Right));
    if left.is_none() && right.is_none() {
        let longest = Side::BOTH
            .iter()
            .filter_map(|&side| longest(holds.side(side)))
            .map(|hold| hold.seconds);
        return Err(Refusal::with(
            CheckCode::TooShort,
            longest.fold(0.0, f64::max),
            asked,
        ));
    }

    let mut report = Report::new(material);
    let mut scores = Vec::new();
    for (stance, measured) in [(Side::Left, left), (Side::Right, right)] {
        for hold in holds.side(stance) {
            let middle = usize::midpoint(hold.start, hold.end);
            report.repetition(
                (hold.start, middle, hold.end),
                Some(stance),
                SeenFrom::Front,
                Some("hold"),
            );
        }
        let bucket = measured.map(|hold| bucket_of(hold.seconds, cutoffs));
        report.result.sides.push(SideResult {
            side: stance,
            measured: measured.is_some(),
            bucket,
        });
        match measured {
            Some(hold) => scores.extend(write_side(&mut report, signals, stance, hold, cutoffs)),
            None => report
                .result
                .not_measured
                .push(not_measured(stance, holds.side(stance))),
        }
    }
    report
        .result
        .repetitions
        .sort_by(|a, b| a.start_t.total_cmp(&b.start_t));
    if let Some(score) = mean(scores.iter().copied()) {
        report.measure_once("quality", Unit::Score, None, score);
    }

    let seconds: Vec<f64> = [left, right].iter().flatten().map(|hold| hold.seconds).collect();
    let gap = match seconds[..] {
        [left, right] => (left.min(asked) - right.min(asked)).abs(),
        _ => 0.0,
    };
    report.measure_once(
        "sideGap",
        Unit::Seconds,
        None,
        if seconds.len() == 2 { gap } else { f64::NAN },
    );
    if gap > cutoffs.side_gap_s.value {
        report.flag(FlagCode::SideGap, None, (gap, Unit::Seconds), false, &[]);
    }

    // Of a side that was not seen all the time only what it reached is sure.
    let half_seen = |stance: Side| {
        let lost = holds.side(stance).iter().any(|hold| !hold.whole);
        lost && best(stance).is_some_and(|hold| hold.seconds < asked)
    };
    let mut answers = vec![Answer::above(gap, &cutoffs.side_gap_s)];
    let mut at_least = vec![false];
    for stance in Side::BOTH {
        let Some(hold) = best(stance) else { continue };
        for cutoff in [&cutoffs.hold_s, &cutoffs.short_hold_s] {
            let short = Answer::below(hold.seconds, cutoff);
            answers.push(short);
            at_least.push(short.yes && !half_seen(stance));
        }
        if half_seen(stance) {
            report.result.not_measured.push(format!(
                "All of the time on the {} leg: you were not seen throughout. It may have lasted longer.",
                word(stance)
            ));
        }
    }
    let (bucket, mut certainty) = confidence::decide(&answers, bucket);
    if Side::BOTH.into_iter().any(half_seen) && self::bucket(&at_least) != bucket {
        certainty = certainty.min(confidence::HALF_SEEN);
    }
    let view = median(signals.present().map(|frame| frame.view_deg)).unwrap_or(f64::NAN);
    let sides = if seconds.len() == 2 { 1.0 } else { ONE_SIDE };
    let confidence = certainty * confidence::tracking(material.quality) * confidence::view(view) * sides;
    Ok(report.decide(bucket, confidence))
}

/// A stretch on one leg.
#[derive(Clone, Copy, Debug)]
struct Hold {
    start: usize,
    end: usize,
    seconds: f64,
    /// The recording, or what was seen of it, ended before the foot came down.
    cut_off: bool,
    /// Whether the person was seen right before and after it.
    whole: bool,
}

/// The stretches in which the foot opposite to `stance` is off the floor and the standing foot stays.
fn find_holds(signals: &Signals, stance: Side, cutoffs: &SingleLegBalance) -> Vec<Hold> {
    let clear = &cutoffs.foot_clear_ratio;
    let lifted = signals.series(|frame| {
        let height =
            (frame.foot_lowest.get(stance) - frame.foot_lowest.get(stance.other())) / signals.scale.leg;
        if stands(frame, stance, signals) {
            height
        } else {
            f64::NEG_INFINITY
        }
    });
    let mut holds = Vec::new();
    for run in swings(&lifted, clear.value - clear.dead_band, clear.value, BRIDGE) {
        for (start, end, moved) in stays(
            signals,
            stance,
            run.start,
            run.end,
            cutoffs.stance_shift_ratio.value,
        ) {
            let seconds = (end + 1 - start) as f64 / RATE_HZ;
            let last = end == run.end && !moved && !came_down(&lifted, end);
            holds.push(Hold {
                start,
                end,
                seconds,
                cut_off: last,
                whole: (start > run.start || signals.seen_before(start, BRIDGE))
                    && (end < run.end || signals.seen_after(end, BRIDGE)),
            });
        }
    }
    holds
}

/// Whether the signal is seen to return to the floor right after `end`.
fn came_down(lifted: &[f64], end: usize) -> bool {
    lifted
        .iter()
        .skip(end + 1)
        .find(|value| !value.is_nan())
        .is_some()
}

/// Upright on a leg that is nearly straight, the hips over the foot.
fn stands(frame: &Frame, stance: Side, signals: &Signals) -> bool {
    let leg = signals.scale.leg;
    let foot = frame.ankle.get(stance);
    frame.trunk_lean_deg < 45.0
        && foot.y - frame.pelvis.y > 0.7 * leg
        && (foot.x - frame.pelvis.x).abs() < 0.35 * leg
        && frame.knee_flexion_deg.get(stance) < 60.0
}

/// Cuts a stretch where the standing foot has moved further than `shift` leg lengths from where it stood.
fn stays(signals: &Signals, stance: Side, start: usize, end: usize, shift: f64) -> Vec<(usize, usize, bool)> {
    let mut pieces = Vec::new();
    let mut from = start;
    let mut stood = None;
    for index in start..=end {
        let Some(frame) = signals.frames.get(index).and_then(Option::as_ref) else {
            continue;
        };
        let foot = frame.ankle.get(stance);
        let at = *stood.get_or_insert(foot);
        if (foot - at).length() > shift * signals.scale.leg {
            if index > from {
                pieces.push((from, index - 1, true));
            }
            from = index;
            stood = Some(foot);
        }
    }
    pieces.push((from, end, false));
    pieces
}

fn longest(holds: &[Hold]) -> Option<Hold> {
    holds
        .iter()
        .copied()
        .max_by(|a, b| a.seconds.total_cmp(&b.seconds))
}

/// No hold at all, one foot going up and down again and again, or the free foot going out and back, is another movement.
fn refuse_other_movements(
    signals: &Signals,
    holds: &Sides<Vec<Hold>>,
    cutoffs: &SingleLegBalance,
) -> Result<(), Refusal> {
    // The foot of someone who sits hangs free without being held up.
    if sits(signals) {
        return Err(Refusal::new(CheckCode::WrongMovement));
    }
    let least = cutoffs.shortest_hold_s.value;
    let all = || holds.left.iter().chain(&holds.right);
    let longest = all().map(|hold| hold.seconds).fold(0.0, f64::max);
    let raises = Side::BOTH.iter().any(|&side| holds.side(side).len() >= RAISES);
    if longest < least || (raises && longest < 3.0 * least) {
        return Err(Refusal::with(CheckCode::WrongMovement, longest, least));
    }
    let out = cutoffs.free_foot_travel_ratio.value;
    let reaches: usize = all().map(|hold| reaches(signals, hold, out)).sum();
    if reaches >= REACHES {
        return Err(Refusal::with(
            CheckCode::WrongMovement,
            reaches as f64,
            REACHES as f64,
        ));
    }
    Ok(())
}

/// How often the free foot goes `out` leg lengths further from the standing one during a hold than it mostly is, and back.
fn reaches(signals: &Signals, hold: &Hold, out: f64) -> usize {
    let apart: Vec<f64> = signals.frames[hold.start..=hold.end]
        .iter()
        .map(|frame| {
            frame.as_ref().map_or(f64::NAN, |frame| {
                let [left, right] = Side::BOTH.map(|side| frame.body.world(ankle(side)));
                (left - right).length() / signals.scale.leg_m
            })
        })
        .collect();
    let Some(rest) = quantile(apart.iter().copied(), 0.2) else {
        return 0;
    };
    swings(&apart, rest + 0.5 * out, rest + out, BRIDGE).len()
}

/// The bucket from whether the sides differ, and for each side whether it is short and whether it is by far.
fn bucket(answers: &[bool]) -> Bucket {
    let (differ, sides) = answers
        .split_first()
        .map_or((false, answers), |(&differ, sides)| (differ, sides));
    if sides.chunks_exact(2).any(|side| side[1]) {
        Bucket::Significant
    } else if differ || sides.chunks_exact(2).any(|side| side[0]) {
        Bucket::Limited
    } else {
        Bucket::Pass
    }
}

fn bucket_of(seconds: f64, cutoffs: &SingleLegBalance) -> Bucket {
    if seconds < cutoffs.short_hold_s.value {
        Bucket::Significant
    } else if seconds < cutoffs.hold_s.value {
        Bucket::Limited
    } else {
        Bucket::Pass
    }
}

/// Writes down one side; the answer is its quality score, if sway could be measured.
fn write_side(
    report: &mut Report<'_>,
    signals: &Signals,
    stance: Side,
    hold: Hold,
    cutoffs: &SingleLegBalance,
) -> Option<f64> {
    report.measure_once("hold", Unit::Seconds, Some(stance), hold.seconds);
    let short = hold.seconds < cutoffs.hold_s.value;
    if short {
        let severe = hold.seconds < cutoffs.short_hold_s.value;
        report.flag(
            FlagCode::ShortHold,
            Some(stance),
            (hold.seconds, Unit::Seconds),
            severe,
            &[],
        );
        report.evidence(
            hold.end,
            format!("End of the longest hold on the {} leg", word(stance)),
        );
    }
    let middle = usize::midpoint(hold.start, hold.end);
    let label = format!("{:.1} s", hold.seconds);
    let marks = vec![mark(MarkKind::FootClearance, Some(stance.other()), label, short)];
    report.key_frame(middle, format!("On the {} leg", word(stance)), marks);
    report.evidence(middle, format!("Longest hold on the {} leg", word(stance)));

    let settling = SETTLING.min((hold.end - hold.start) / 4);
    let sway = sway(signals, hold.start + settling, hold.end - settling)?;
    report.measure_once("sway", Unit::LegLengths, Some(stance), sway.rms_ratio);
    let (steady, unsteady) = (cutoffs.steady_sway_ratio.value, cutoffs.unsteady_sway_ratio.value);
    let score = ((unsteady - sway.rms_ratio) / (unsteady - steady)).clamp(0.0, 1.0);
    report.measure_once("quality", Unit::Score, Some(stance), score);
    if sway.rms_ratio > unsteady {
        report.flag(
            FlagCode::Unsteady,
            Some(stance),
            (sway.rms_ratio, Unit::LegLengths),
            false,
            &[],
        );
    }
    Some(score)
}

fn not_measured(stance: Side, holds: &[Hold]) -> String {
    match longest(holds) {
        Some(hold) => format!(
            "Standing on the {} leg: the recording ended after {:.0} s while you were still standing.",
            word(stance),
            hold.seconds
        ),
        None => format!("Standing on the {} leg: not shown.", word(stance)),
    }
}
