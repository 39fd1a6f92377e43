//! Test 6, ankle mobility: standing side-on, one foot a step in front of the other, the front knee goes forward over the
//! toes with the heel down, three times; then the person turns round for the other leg.
//!
//! This is the weight-bearing lunge test, also done knee to wall. Its measure is the lean of the front shin from the
//! vertical, in degrees, at the deepest point that is reached with the heel on the floor. When the heel comes up, the foot
//! turns about its ball and the shin with it: that part is not ankle and is taken off. Only the leg nearer to the camera is
//! measured. Centimetres to a wall are not: nothing in the picture tells a wall or a scale.
//!
//! Bucket: `pass` when every ankle that was shown reaches 38 degrees, `significant` when one stays below 30, else
//! `limited`.

mod drives;

use flow_catalog::{AnkleMobility, thresholds};
use flow_landmarks::Side;

use self::drives::Drive;
use super::{
    report::{Report, mark, word},
    sides::{typical, worth, write_gap},
};
use crate::{
    assessment::{Bucket, FlagCode, MarkKind, SeenFrom, SideResult, TestResult, Unit},
    confidence::{self, Answer},
    geometry::median,
    score::{Material, Refusal},
    signals::{Sides, view_error_deg},
};

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
    write_gap(&mut report, range, &cutoffs.side_gap_deg);

    let (bucket, certainty) = confidence::decide(&answers, |given| {
        // Two answers for each leg.
        let any = |which: usize| given.iter().skip(which).step_by(2).any(|&yes| yes);
        grade(any(0), any(1))
    });
    let view = median(drives.iter().map(|drive| view_error_deg(drive.view_deg, 90.0))).unwrap_or(f64::NAN);
    let counts = Sides::of(|side| of(side).count());
    Ok(report.decide(bucket, certainty * worth(material, counts, view)))
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
            let marks = vec![mark(MarkKind::Heel, Some(side), "heel up".to_owned(), true)];
            report.key_frame(drive.run.peak, text.clone(), marks);
            report.evidence(drive.run.peak, text);
        }
    }
    if let Some(drive) = typical(drives, |drive| drive.lean_deg) {
        let label = format!("shin {:.0}°", drive.lean_deg);
        let marks = vec![mark(MarkKind::Shin, Some(side), label, short.yes)];
        let what = format!("The {} knee at its furthest with the heel down", word(side));
        report.key_frame(drive.reached, what.clone(), marks);
        report.evidence(drive.reached, what);
    }
    Some([short, far])
}
