//! Test 10, wall slide: standing with the back to a wall, facing the camera, arms in a W (upper arms level, forearms up),
//! the arms slide up into a Y and come back; five slow slides, which take 15 to 30 seconds.
//!
//! Asked of each arm: at the bottom, is the elbow level with the shoulder and does the forearm stand upright, falling neither
//! in or out nor ahead; at the top, how far is the upper arm up. Asked of the whole: do the shoulders go to the ears on the
//! way up, does the trunk tip to a side, do both arms reach equally. All of it met is `pass`, else `needs-work`.
//!
//! The quality score is the mean over the questions, the worse arm speaking for both: 1 as far on the good side of the
//! cut-off as the severe cut-off lies on the other, 0.5 at the cut-off, 0 at the severe one.
//!
//! Touching the wall and a hollow back do not show from the front; both are listed as not measured.

use std::collections::BTreeMap;

use flow_catalog::{Cutoff, WallSlide, thresholds};
use flow_landmarks::Side;

use super::{
    criteria::{Criterion, Rule, write_flags},
    report::{Report, mark, word},
    sides::typical,
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::{mean, median, quantile},
    score::{Material, Refusal},
    signals::{
        Frame, Run, Sides, Signals, ears_over_shoulders_ratio, elbow_bend_deg, forearm_in_deg,
        forearm_length, side_lean_deg, upper_arm_raise_deg, view_error_deg, waves, wrist_inside_elbow,
    },
};

/// Share of the height of a slide from which a frame belongs to its top, and below which to its bottom.
const END: f64 = 0.1;

/// Points of the grid around a low that may belong to the rest in it: 0.5 s.
const REST: usize = 5;

/// The upper arm in a W, from hanging, degrees.
const W_RAISE_DEG: std::ops::Range<f64> = 35.0..125.0;

/// The elbow in a W, as it is seen, degrees: an arm raised straight shows 30 at most.
const W_ELBOW_DEG: std::ops::Range<f64> = 45.0..150.0;

/// Arms about level, where the shoulders are compared with those at the top, degrees.
const LEVEL_DEG: std::ops::Range<f64> = 80.0..112.0;

/// Torso lengths by which the hips of someone who stands go up and down.
const STANDS: f64 = 0.2;

/// One slide, from a W to the top.
#[derive(Clone, Copy, Debug)]
struct Slide {
    run: Run,
    /// Grid point at which the arms are lowest.
    lowest: usize,
    bottom: Sides<Bottom>,
    top_deg: Sides<f64>,
    /// How much nearer the shoulders come to the ears than at the bottom, torso lengths.
    shrug_ratio: f64,
    /// Greatest lean to a side at the top against the bottom, degrees.
    side_lean_deg: f64,
    /// Median over the slide, degrees.
    view_deg: f64,
}

/// An arm in the W.
#[expect(clippy::struct_field_names, reason = "the unit belongs to the name")]
#[derive(Clone, Copy, Debug)]
struct Bottom {
    upper_arm_deg: f64,
    /// Positive toward the midline.
    forearm_in_deg: f64,
    elbow_bend_deg: f64,
    /// Out of the plane of the wall, from how much shorter it looks than at its longest. MediaPipe sees forearms overhead
    /// longer than in the W: upright ones read 23 to 38 degrees on rendered people, those 56 degrees ahead 51.
    forearm_ahead_deg: f64,
}

/// One question with what was found, and how well it is answered, 0..1.
struct Question {
    found: Criterion,
    points: f64,
}

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().wall_slide.cutoffs;
    let slides = find(material.signals, cutoffs)?;

    let mut report = Report::new(material);
    for slide in &slides {
        let points = (slide.run.start, slide.run.peak, slide.run.end);
        report.repetition(points, None, SeenFrom::Front, Some("slide"));
    }
    let mut questions = Vec::new();
    for side in Side::BOTH {
        questions.extend(write_arm(&mut report, &slides, side, cutoffs));
    }
    questions.extend(write_whole(&mut report, &slides, cutoffs));
    report.measure_once("quality", Unit::Score, None, quality(&questions));
    let mut criteria: Vec<Criterion> = questions.into_iter().map(|question| question.found).collect();
    write_flags(&mut report, &mut criteria);
    write_key_frames(&mut report, &slides, &criteria);
    for what in [
        "Whether head, back, elbows and hands touch the wall: it does not show from the front.",
        "Ribs and lower back: they do not show from the front. Keep them flat against the wall.",
    ] {
        report.result.not_measured.push(what.to_owned());
    }

    let faults: Vec<Answer> = criteria.iter().map(|criterion| criterion.fault).collect();
    let (bucket, certainty) = confidence::decide(&faults, |given| {
        if given.iter().any(|&fault| fault) {
            Bucket::NeedsWork
        } else {
            Bucket::Pass
        }
    });
    let view = median(slides.iter().map(|slide| view_error_deg(slide.view_deg, 0.0))).unwrap_or(f64::NAN);
    let worth = confidence::tracking(material.quality)
        * confidence::view(view)
        * confidence::repetitions(slides.len(), material.setup.repetitions_wanted);
    Ok(report.decide(bucket, certainty * worth))
}

/// Writes down one arm; the questions it was judged by.
fn write_arm(report: &mut Report<'_>, slides: &[Slide], side: Side, cutoffs: &WallSlide) -> Vec<Question> {
    let bottom = |of: fn(&Bottom) -> f64| -> Vec<f64> {
        slides.iter().map(|slide| of(slide.bottom.side(side))).collect()
    };
    let tilt = bottom(|arm| arm.forearm_in_deg);
    report.measure("forearmIn", Unit::Degrees, Some(side), &tilt);
    let asked = [
        (
            Some("upperArmLow"),
            FlagCode::LowElbows,
            (&cutoffs.bottom_deg, &cutoffs.bottom_severe_deg),
            bottom(|arm| arm.upper_arm_deg),
        ),
        (
            None,
            FlagCode::ForearmTilt,
            (&cutoffs.forearm_tilt_deg, &cutoffs.forearm_tilt_severe_deg),
            tilt.iter().map(|tilt| tilt.abs()).collect(),
        ),
        (
            Some("forearmAhead"),
            FlagCode::ArmsFallForward,
            (&cutoffs.forearm_ahead_deg, &cutoffs.forearm_ahead_severe_deg),
            bottom(|arm| arm.forearm_ahead_deg),
        ),
        (
            Some("upperArmHigh"),
            FlagCode::LimitedRange,
            (&cutoffs.top_deg, &cutoffs.top_severe_deg),
            slides.iter().map(|slide| slide.top_deg.get(side)).collect(),
        ),
    ];
    let mut questions = Vec::new();
    for (name, flag, cutoff, values) in asked {
        if let Some(name) = name {
            report.measure(name, Unit::Degrees, Some(side), &values);
        }
        questions.extend(judge(flag, Some(side), Unit::Degrees, cutoff, slides, &values));
    }
    report.result.sides.push(SideResult {
        side,
        measured: !questions.is_empty(),
        bucket: None,
    });
    if questions.is_empty() {
        let what = format!("{} arm: not seen well enough.", word(side));
        report.result.not_measured.push(what);
    }
    questions
}

/// Writes down what belongs to the whole body; the questions it was judged by.
fn write_whole(report: &mut Report<'_>, slides: &[Slide], cutoffs: &WallSlide) -> Vec<Question> {
    let values = |of: fn(&Slide) -> f64| slides.iter().map(of).collect::<Vec<f64>>();
    let gap = values(|slide| (slide.top_deg.left - slide.top_deg.right).abs());
    let asked = [
        (
            "shrug",
            FlagCode::Shrug,
            Unit::TorsoLengths,
            (&cutoffs.shrug_ratio, &cutoffs.shrug_severe_ratio),
            values(|slide| slide.shrug_ratio),
        ),
        (
            "sideLean",
            FlagCode::TrunkLean,
            Unit::Degrees,
            (&cutoffs.side_lean_deg, &cutoffs.side_lean_severe_deg),
            values(|slide| slide.side_lean_deg),
        ),
        (
            "sideGap",
            FlagCode::SideGap,
            Unit::Degrees,
            (&cutoffs.side_gap_deg, &cutoffs.side_gap_severe_deg),
            gap,
        ),
    ];
    let mut questions = Vec::new();
    for (name, flag, unit, cutoff, values) in asked {
        report.measure(name, unit, None, &values);
        questions.extend(judge(flag, None, unit, cutoff, slides, &values));
    }
    questions
}

fn judge(
    flag: FlagCode,
    side: Option<Side>,
    unit: Unit,
    (cutoff, severe): (&Cutoff, &Cutoff),
    slides: &[Slide],
    values: &[f64],
) -> Option<Question> {
    let rule = Rule {
        flag,
        side,
        unit,
        cutoff,
        severe,
    };
    let found = rule.judge(slides.iter().map(|slide| slide.run.peak), values)?;
    let beyond = (found.value - cutoff.value) / (severe.value - cutoff.value);
    Some(Question {
        found,
        points: (0.5 - 0.5 * beyond).clamp(0.0, 1.0),
    })
}

/// The mean over the questions, the worse arm speaking for both.
fn quality(questions: &[Question]) -> f64 {
    let mut worst: BTreeMap<FlagCode, f64> = BTreeMap::new();
    for question in questions {
        let points = worst.entry(question.found.flag).or_insert(1.0);
        *points = points.min(question.points);
    }
    mean(worst.into_values()).unwrap_or(f64::NAN)
}

/// Draws the bottom and the top of the slide in the middle.
fn write_key_frames(report: &mut Report<'_>, slides: &[Slide], criteria: &[Criterion]) {
    let Some(slide) = typical(slides, |slide| slide.top_deg.mean()) else {
        return;
    };
    let flagged = |code: FlagCode, side: Side| {
        criteria
            .iter()
            .any(|found| found.flag == code && found.side == Some(side) && found.fault.yes)
    };
    let marks = |flag: FlagCode, value: &dyn Fn(Side) -> f64| {
        Side::BOTH
            .map(|side| {
                let label = format!("upper arm {:.0}°", value(side));
                mark(MarkKind::Shoulder, Some(side), label, flagged(flag, side))
            })
            .to_vec()
    };
    let bottom = marks(FlagCode::LowElbows, &|side| slide.bottom.get(side).upper_arm_deg);
    report.key_frame(slide.lowest, "Arms in the W", bottom);
    report.evidence(slide.lowest, "Arms in the W");
    let top = marks(FlagCode::LimitedRange, &|side| slide.top_deg.get(side));
    report.key_frame(slide.run.peak, "Arms at their highest", top);
    report.evidence(slide.run.peak, "Arms at their highest");
}

/// Finds the slides: from a W both arms go up and come back into a W, over and over, the body standing where it is. The
/// lows are those between the slides: before the first and after the last one the arms may hang. A clip in which most of
/// what the arms do is something else is another movement.
fn find(signals: &Signals, cutoffs: &WallSlide) -> Result<Vec<Slide>, Refusal> {
    let least = cutoffs.slide_deg.value;
    let up = signals.series(|frame| match frame.seen_from() {
        SeenFrom::Front => Sides::of(|side| upper_arm_raise_deg(frame, side)).mean(),
        SeenFrom::Side | SeenFrom::Back => f64::NAN,
    });
    let waves = waves(&up, least);
    let lows: Vec<usize> = waves
        .windows(2)
        .filter_map(|pair| (pair[0].peak..=pair[1].peak).min_by(|&a, &b| up[a].total_cmp(&up[b])))
        .collect();
    // The forearm as long as it shows, which it does upright against the wall.
    let forearms = Sides::of(|side| {
        quantile(signals.present().map(|frame| forearm_length(frame, side)), 0.95).unwrap_or(f64::NAN)
    });
    let slides: Vec<Slide> = waves
        .iter()
        .enumerate()
        .filter_map(|(index, wave)| {
            // The low after, and of the last one the low before.
            let lowest = *lows.get(index).or_else(|| lows.last())?;
            recognise(signals, &up, (*wave, lowest), forearms, cutoffs)
        })
        .collect();
    if slides.is_empty() || slides.len() * 2 <= waves.len() {
        let greatest = quantile(up.iter().copied(), 1.0).unwrap_or(f64::NAN);
        let smallest = quantile(up.iter().copied(), 0.0).unwrap_or(f64::NAN);
        return Err(Refusal::with(
            CheckCode::WrongMovement,
            greatest - smallest,
            least,
        ));
    }
    Ok(slides)
}

/// The slide in a wave of both upper arms above the low `lowest`, if it is one.
fn recognise(
    signals: &Signals,
    up: &[f64],
    (wave, lowest): (Run, usize),
    forearms: Sides<f64>,
    cutoffs: &WallSlide,
) -> Option<Slide> {
    let (low, high) = (up[lowest], up[wave.peak]);
    let of_bottom = low + END * (high - low);
    let run = Run {
        start: (0..wave.peak).rev().find(|&index| up[index] <= of_bottom)?,
        end: (wave.peak..up.len()).find(|&index| up[index] <= of_bottom)?,
        ..wave
    };
    let frames = || signals.between(run.start, run.end);
    let near_low = || {
        signals
            .between(lowest.saturating_sub(REST), lowest + REST)
            .filter(|frame| raise(frame) <= of_bottom)
    };
    let of_top = high - END * (high - low);
    let top = || frames().filter(move |frame| raise(frame) >= of_top);
    let bottom = Sides::of(|side| {
        let middle = |value: &dyn Fn(&Frame) -> f64| median(near_low().map(value)).unwrap_or(f64::NAN);
        Bottom {
            upper_arm_deg: middle(&|frame| upper_arm_raise_deg(frame, side)),
            // Over its whole length: a forearm that points at the camera looks tilted by the least offset.
            forearm_in_deg: middle(&|frame| {
                (wrist_inside_elbow(frame, side) / forearms.get(side))
                    .clamp(-1.0, 1.0)
                    .asin()
                    .to_degrees()
            }),
            elbow_bend_deg: middle(&|frame| elbow_bend_deg(frame, side)),
            forearm_ahead_deg: middle(&|frame| {
                (forearm_length(frame, side) / forearms.get(side))
                    .min(1.0)
                    .acos()
                    .to_degrees()
            }),
        }
    });
    let top_deg =
        Sides::of(|side| median(top().map(|frame| upper_arm_raise_deg(frame, side))).unwrap_or(f64::NAN));
    let in_w = |side: Side| {
        let arm = bottom.get(side);
        W_RAISE_DEG.contains(&arm.upper_arm_deg)
            && W_ELBOW_DEG.contains(&arm.elbow_bend_deg)
            && top_deg.get(side) - arm.upper_arm_deg > 0.5 * cutoffs.slide_deg.value
    };
    let hands_up = frames().all(|frame| {
        Side::BOTH
            .iter()
            .all(|&side| forearm_in_deg(frame, side).abs() < 80.0)
    });
    let height = median(frames().map(|frame| frame.pelvis.y))?;
    let stands = frames().all(|frame| (frame.pelvis.y - height).abs() < STANDS * signals.scale.torso);
    if !(in_w(Side::Left) && in_w(Side::Right) && hands_up && stands) {
        return None;
    }
    let level = || {
        signals
            .between(
                lowest.saturating_sub(2 * REST).max(run.start.min(lowest)),
                run.end.max(lowest + REST),
            )
            .filter(|frame| LEVEL_DEG.contains(&raise(frame)))
    };
    let lean = |frames: &mut dyn Iterator<Item = &Frame>| median(frames.map(side_lean_deg));
    Some(Slide {
        run,
        lowest,
        bottom,
        top_deg,
        shrug_ratio: median(level().map(ears_over_shoulders_ratio))?
            - median(top().map(ears_over_shoulders_ratio))?,
        side_lean_deg: (lean(&mut top())? - lean(&mut near_low())?).abs(),
        view_deg: median(frames().map(|frame| frame.view_deg))?,
    })
}

/// Both upper arms from hanging, degrees.
fn raise(frame: &Frame) -> f64 {
    Sides::of(|side| upper_arm_raise_deg(frame, side)).mean()
}
