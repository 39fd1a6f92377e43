//! Test 6, ankle mobility: standing side-on, one foot a step in front of the other, the front knee goes forward over the
//! toes with the heel down, three times; then the person turns round for the other leg.
//!
//! This is the weight-bearing lunge test, also done knee to wall. Its measure is the lean of the front shin from the
//! vertical, in degrees, at the deepest point that is reached with the heel on the floor. When the heel comes up, the foot
//! turns about its ball and the shin with it: that part is not ankle and is taken off. Only the leg nearer to the camera is measured. Centimetres to a wall are not: nothing in the
//! picture tells a wall or a scale.
//!
//! Bucket: `pass` when every ankle that was shown reaches 38 degrees, `significant` when one stays below 30, else
//! `limited`.

mod drives;

use flow_catalog::{AnkleMobility, thresholds};
use flow_landmarks::Side;

use self::drives::Drive;
use super::report::{Report, mark, word};
use crate::{
    assessment::{Bucket, FlagCode, MarkKind, SeenFrom, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::median,
    score::{Material, Refusal},
    signals::{Sides, view_error_deg},
};

/// Confidence when only one leg was shown: half of what the bucket rests on is missing.
const ONE_SIDE: f64 = 0.6;

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().ankle_mobility.cutoffs;
    let drives = drives::find(material.signals, cutoffs)?;
    let of = |side: Side| drives.iter().filter(move |drive| drive.side == side);

    let mut report = Report::new(material);
    for drive in &drives {
        let points = (drive.run.start, drive.reached, drive.run.end);
        report.repetition(points, Some(drive.side), SeenFrom::Side, Some("drive"));
    }
    let mut answers = Vec::new();
    let range = Sides::of(|side| median(of(side).map(|drive| drive.lean_deg)));
    for side in Side::BOTH {
        let shown: Vec<Drive> = of(side).copied().collect();
        answers.extend(
            write_side(&mut report, &shown, side, cutoffs)
                .into_iter()
                .flatten(),
        );
    }
    let both = range.left.zip(range.right);
    if let Some((left, right)) = both {
        let gap = (left - right).abs();
        report.measure_once("sideGap", Unit::Degrees, None, gap);
        if gap > cutoffs.side_gap_deg.value {
            report.flag(FlagCode::SideGap, None, (gap, Unit::Degrees), false, &[]);
        }
    }

    let (bucket, certainty) = confidence::decide(&answers, |given| {
        // Two answers for each leg.
        let any = |which: usize| given.iter().skip(which).step_by(2).any(|&yes| yes);
        grade(any(0), any(1))
    });
    let view = median(drives.iter().map(|drive| view_error_deg(drive.view_deg, 90.0))).unwrap_or(f64::NAN);
    let fewest = Side::BOTH
        .map(|side| of(side).count())
        .into_iter()
        .filter(|&count| count > 0)
        .min();
    let confidence = certainty
        * confidence::tracking(material.quality)
        * confidence::view(view)
        * confidence::repetitions(fewest.unwrap_or(0), material.setup.repetitions_wanted)
        * if both.is_some() { 1.0 } else { ONE_SIDE };
    Ok(report.decide(bucket, confidence))
}

/// The bucket from whether the range stops short and whether it does by far.
const fn grade(short: bool, far: bool) -> Bucket {
    match (short, far) {
        (_, true) => Bucket::Significant,
        (true, false) => Bucket::Limited,
        (false, false) => Bucket::Pass,
    }
}

/// Writes down one leg; the answers are whether its range stops short and whether it does by far, if it was shown.
fn write_side(
    report: &mut Report<'_>,
    drives: &[Drive],
    side: Side,
    cutoffs: &AnkleMobility,
) -> Option<[Answer; 2]> {
    let values = |of: fn(&Drive) -> f64| drives.iter().map(of).collect::<Vec<f64>>();
    let lean = report.measure(
        "shinLean",
        Unit::Degrees,
        Some(side),
        &values(|drive| drive.lean_deg),
    );
    let heel = report.measure(
        "heelRise",
        Unit::LegLengths,
        Some(side),
        &values(|drive| drive.heel_rise_ratio),
    );
    let answers = lean.map(|lean| {
        [&cutoffs.shin_lean_deg, &cutoffs.shin_lean_severe_deg].map(|cutoff| Answer::below(lean, cutoff))
    });
    report.result.sides.push(SideResult {
        side,
        measured: lean.is_some(),
        bucket: answers.map(|[short, far]| grade(short.yes, far.yes)),
    });
    let Some((lean, [short, far])) = lean.zip(answers) else {
        let what = format!("{} ankle: not shown in front and side-on.", word(side));
        report.result.not_measured.push(what);
        return None;
    };
    if short.yes {
        report.flag(
            FlagCode::LimitedRange,
            Some(side),
            (lean, Unit::Degrees),
            far.yes,
            &[],
        );
    }
    let lifts = heel.filter(|&heel| heel > cutoffs.heel_rise_ratio.value);
    if let Some(heel) = lifts {
        let severe = heel > cutoffs.heel_rise_severe_ratio.value;
        let measured = (heel, Unit::LegLengths);
        let text = report.flag(FlagCode::HeelLift, Some(side), measured, severe, &[]);
        if let Some(drive) = typical(drives, |drive| drive.heel_rise_ratio) {
            report.evidence(drive.run.peak, text);
        }
    }
    if let Some(drive) = typical(drives, |drive| drive.lean_deg) {
        let label = format!("shin {:.0}°", drive.lean_deg);
        let mut marks = vec![mark(MarkKind::Shin, Some(side), label, short.yes)];
        if lifts.is_some() {
            marks.push(mark(MarkKind::Heel, Some(side), "heel up".to_owned(), true));
        }
        let what = format!("The {} knee at its furthest with the heel down", word(side));
        report.key_frame(drive.reached, what.clone(), marks);
        report.evidence(drive.reached, what);
    }
    Some([short, far])
}

/// The drive whose value is in the middle.
fn typical(drives: &[Drive], value: impl Fn(&Drive) -> f64) -> Option<Drive> {
    let mut sorted = drives.to_vec();
    sorted.sort_by(|a, b| value(a).total_cmp(&value(b)));
    sorted.get(sorted.len() / 2).copied()
}
