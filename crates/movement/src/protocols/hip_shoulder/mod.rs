//! Test 5, 90-90 hip and shoulder: sitting on a box and facing the camera, hips and knees bent by 90 degrees, feet tucked a
//! little back. First one lower leg, then the other swings out and in like a pendulum, twice; then both upper arms go to the
//! sides, elbows bent by 90 degrees, and the forearms turn up and down, twice. It takes 25 to 40 seconds.
//!
//! The foot goes out as the hip turns in (internal rotation) and in as the hip turns out (external rotation); the forearm goes
//! up as the shoulder turns out and down as it turns in. Asked of each side: how far does each of the four go. Of a swing also:
//! does the thigh move sideways, does the trunk lean; of a turn: does the elbow stay at shoulder height; of the hips: do both
//! turn equally. These are flagged and decide nothing.
//!
//! Bucket: `limited` when a hip stays under the limit below which it counts as limited, or a shoulder under its own;
//! else `within-range`. Hips between that limit and the usual are flagged and mild. Shoulders are a proxy: from the front a
//! forearm shows its turn by its height alone.
//!
//! A joint, a side or a way that was not shown is listed as not measured, and confidence falls.

mod turns;

use flow_catalog::{Cutoff, HipShoulder, thresholds};
use flow_landmarks::Side;

use self::turns::{Found, Swing, Turn, Way, find};
use super::{
    report::{Report, mark, word},
    sides::{ONE_SIDE, typical, write_gap},
};
use crate::{
    assessment::{Bucket, FlagCode, MarkKind, SeenFrom, Severity, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::median,
    score::{Material, Refusal},
    signals::{FOREARM_UP_TO_DEG, Run, Sides, view_error_deg},
};

/// One of the four turns that are asked of a side.
#[derive(Clone, Copy)]
struct Asked<'a> {
    measure: &'static str,
    /// The kind of its repetitions.
    kind: &'static str,
    flag: FlagCode,
    /// In words, after the side.
    words: &'static str,
    /// Below it: flagged.
    usual: &'a Cutoff,
    /// Below it: limited. The same for shoulders.
    limit: &'a Cutoff,
}

/// What was found of one of them on one side.
struct Answered<'a> {
    asked: Asked<'a>,
    /// `None` when it was not shown.
    deg: Option<f64>,
    repetitions: usize,
}

impl Answered<'_> {
    fn limited(&self) -> Option<Answer> {
        self.deg.map(|deg| Answer::below(deg, self.asked.limit))
    }

    fn below_usual(&self) -> bool {
        self.deg.is_some_and(|deg| deg < self.asked.usual.value)
    }
}

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().hip_shoulder.cutoffs;
    let found = find(material.signals, cutoffs)?;

    let mut report = Report::new(material);
    write_repetitions(&mut report, &found, cutoffs);
    let mut answered = Vec::new();
    for side in Side::BOTH {
        answered.extend(write_side(&mut report, &found, side, cutoffs));
    }
    write_hip_gap(&mut report, &found, cutoffs);
    let limited = |answer: &Answered<'_>| answer.limited().is_some_and(|short| short.yes);
    report.result.severity = Some(if answered.iter().any(limited) {
        Severity::Marked
    } else if answered.iter().any(Answered::below_usual) {
        Severity::Mild
    } else {
        Severity::None
    });
    if !found.turns.is_empty() {
        report.result.not_measured.push(format!(
            "Turns of the forearms past {FOREARM_UP_TO_DEG:.0} degrees: from the front they look the same."
        ));
    }

    let answers: Vec<Answer> = answered.iter().filter_map(Answered::limited).collect();
    let (bucket, certainty) = confidence::decide(&answers, |given| {
        if given.iter().any(|&short| short) {
            Bucket::Limited
        } else {
            Bucket::WithinRange
        }
    });
    let views = found
        .swings
        .iter()
        .map(|swing| swing.view_deg)
        .chain(found.turns.iter().map(|turn| turn.view_deg));
    let view = median(views.map(|view| view_error_deg(view, 0.0))).unwrap_or(f64::NAN);
    let shown = || answered.iter().filter(|answer| answer.deg.is_some());
    let fewest = shown().map(|answer| answer.repetitions).min().unwrap_or(0);
    let worth = confidence::tracking(material.quality)
        * confidence::view(view)
        * confidence::repetitions(fewest, material.setup.repetitions_wanted)
        * if shown().count() == answered.len() {
            1.0
        } else {
            ONE_SIDE
        };
    Ok(report.decide(bucket, certainty * worth))
}

/// What is asked of a hip.
fn hip(way: Way, cutoffs: &HipShoulder) -> Asked<'_> {
    match way {
        Way::Internal => Asked {
            measure: "hipInternal",
            kind: "hip-internal",
            flag: FlagCode::HipInternalLimited,
            words: "hip, foot out",
            usual: &cutoffs.hip_internal_deg,
            limit: &cutoffs.hip_internal_severe_deg,
        },
        Way::External => Asked {
            measure: "hipExternal",
            kind: "hip-external",
            flag: FlagCode::HipExternalLimited,
            words: "hip, foot in",
            usual: &cutoffs.hip_external_deg,
            limit: &cutoffs.hip_external_severe_deg,
        },
    }
}

/// What is asked of a shoulder.
fn shoulder(way: Way, cutoffs: &HipShoulder) -> Asked<'_> {
    match way {
        Way::Internal => Asked {
            measure: "shoulderInternal",
            kind: "shoulder-internal",
            flag: FlagCode::ShoulderInternalLimited,
            words: "shoulder, forearm down",
            usual: &cutoffs.shoulder_internal_deg,
            limit: &cutoffs.shoulder_internal_deg,
        },
        Way::External => Asked {
            measure: "shoulderExternal",
            kind: "shoulder-external",
            flag: FlagCode::ShoulderExternalLimited,
            words: "shoulder, forearm up",
            usual: &cutoffs.shoulder_external_deg,
            limit: &cutoffs.shoulder_external_deg,
        },
    }
}

fn write_repetitions(report: &mut Report<'_>, found: &Found, cutoffs: &HipShoulder) {
    let swings = found
        .swings
        .iter()
        .map(|swing| (swing.run, Some(swing.side), hip(swing.way, cutoffs).kind));
    let turns = found
        .turns
        .iter()
        .map(|turn| (turn.run, None, shoulder(turn.way, cutoffs).kind));
    let mut all: Vec<(Run, Option<Side>, &str)> = swings.chain(turns).collect();
    all.sort_by_key(|(run, ..)| run.peak);
    for (run, side, kind) in all {
        report.repetition((run.start, run.peak, run.end), side, SeenFrom::Front, Some(kind));
    }
}

/// Writes down one side; the four questions it was asked.
fn write_side<'a>(
    report: &mut Report<'_>,
    found: &Found,
    side: Side,
    cutoffs: &'a HipShoulder,
) -> Vec<Answered<'a>> {
    let mut answered = Vec::new();
    for way in Way::BOTH {
        let swings: Vec<Swing> = found
            .swings
            .iter()
            .filter(|swing| swing.side == side && swing.way == way)
            .copied()
            .collect();
        let reached: Vec<(usize, f64)> = swings.iter().map(|swing| (swing.run.peak, swing.deg)).collect();
        answered.push(write_turn(
            report,
            side,
            hip(way, cutoffs),
            MarkKind::Shin,
            &reached,
        ));
    }
    for way in Way::BOTH {
        let reached: Vec<(usize, f64)> = found
            .turns
            .iter()
            .filter(|turn| turn.way == way)
            .map(|turn| (turn.run.peak, turn.deg.get(side)))
            .collect();
        let asked = shoulder(way, cutoffs);
        answered.push(write_turn(report, side, asked, MarkKind::Forearm, &reached));
    }
    write_form(report, found, side, cutoffs);
    let limited = answered
        .iter()
        .any(|answer| answer.limited().is_some_and(|short| short.yes));
    let all = answered.iter().all(|answer| answer.deg.is_some());
    report.result.sides.push(SideResult {
        side,
        measured: answered.iter().any(|answer| answer.deg.is_some()),
        // A side of which a part was not shown is never within its range.
        bucket: match (limited, all) {
            (true, _) => Some(Bucket::Limited),
            (false, true) => Some(Bucket::WithinRange),
            (false, false) => None,
        },
    });
    answered
}

/// Writes down one of the four turns of a side from where and how far it went each time.
fn write_turn<'a>(
    report: &mut Report<'_>,
    side: Side,
    asked: Asked<'a>,
    drawn: MarkKind,
    reached: &[(usize, f64)],
) -> Answered<'a> {
    let values: Vec<f64> = reached.iter().map(|(_, deg)| *deg).collect();
    let deg = report.measure(asked.measure, Unit::Degrees, Some(side), &values);
    let answered = Answered {
        asked,
        deg,
        repetitions: values.iter().filter(|deg| deg.is_finite()).count(),
    };
    let what = format!("{} {}", word(side), asked.words);
    let Some(deg) = deg else {
        report.result.not_measured.push(format!("{what}: not shown."));
        return answered;
    };
    let Some((at, shown)) = typical(reached, |(_, deg)| *deg) else {
        return answered;
    };
    let label = format!("{shown:.0}°");
    let marks = vec![mark(drawn, Some(side), label, answered.below_usual())];
    report.key_frame(at, format!("The {what}"), marks);
    if answered.below_usual() {
        let severe = deg < asked.limit.value;
        let text = report.flag(asked.flag, Some(side), (deg, Unit::Degrees), severe, &[]);
        report.evidence(at, text);
    } else {
        report.evidence(at, format!("The {what}"));
    }
    answered
}

/// Writes down how a side did its swings and turns: what goes along where it should stay.
fn write_form(report: &mut Report<'_>, found: &Found, side: Side, cutoffs: &HipShoulder) {
    let swings = |way: Way| {
        found
            .swings
            .iter()
            .filter(move |swing| swing.side == side && swing.way == way)
    };
    // The way that shows it more speaks for both.
    let most = |value: fn(&Swing) -> f64| {
        Way::BOTH
            .into_iter()
            .filter_map(|way| {
                let middle = median(swings(way).map(value))?;
                let worst = swings(way).max_by(|a, b| value(a).total_cmp(&value(b)))?;
                Some((middle, worst.run.peak))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let low = |turn: &Turn| turn.upper_arm_deg.get(side);
    let shown = || found.turns.iter().filter(|turn| turn.deg.get(side).is_finite());
    let elbows = median(shown().map(low)).zip(
        shown()
            .min_by(|a, b| low(a).total_cmp(&low(b)))
            .map(|turn| turn.run.peak),
    );
    let rows = [
        (
            "thighDrift",
            FlagCode::ThighDrift,
            &cutoffs.thigh_drift_deg,
            most(|swing| swing.thigh_drift_deg),
            1.0,
        ),
        (
            "sideLean",
            FlagCode::TrunkLean,
            &cutoffs.side_lean_deg,
            most(|swing| swing.side_lean_deg),
            1.0,
        ),
        (
            "upperArm",
            FlagCode::LowElbows,
            &cutoffs.upper_arm_low_deg,
            elbows,
            -1.0,
        ),
    ];
    for (name, flag, cutoff, value, upward) in rows {
        let Some((value, at)) = value else { continue };
        report.measure_once(name, Unit::Degrees, Some(side), value);
        if upward * (value - cutoff.value) > 0.0 {
            let text = report.flag(flag, Some(side), (value, Unit::Degrees), false, &[]);
            report.evidence(at, text);
        }
    }
}

/// Writes down by how many degrees the hips differ, the way in which they differ more.
fn write_hip_gap(report: &mut Report<'_>, found: &Found, cutoffs: &HipShoulder) {
    let gap = Way::BOTH
        .into_iter()
        .filter_map(|way| {
            let range = Sides::of(|side| {
                let of = found
                    .swings
                    .iter()
                    .filter(|swing| swing.side == side && swing.way == way);
                median(of.map(|swing| swing.deg))
            });
            let (left, right) = range.left.zip(range.right)?;
            Some((left, right))
        })
        .max_by(|a, b| (a.0 - a.1).abs().total_cmp(&(b.0 - b.1).abs()));
    let values = Sides {
        left: gap.map(|(left, _)| left),
        right: gap.map(|(_, right)| right),
    };
    write_gap(report, values, &cutoffs.side_gap_deg);
}
