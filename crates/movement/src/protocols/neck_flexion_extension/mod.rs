//! Test 1, neck flexion and extension: side-on or facing the camera, standing or seated, the upper body in view. The person
//! looks ahead, then brings the chin to the chest and looks up to the ceiling, slowly, three times.
//!
//! Range is how far the head pitches from where it was before the first nod: down is flexion, up is extension. Seen from the
//! side it is read from pose landmarks against the trunk (see [`crate::signals::Head`]), from the front by Face Mesh; both turn
//! less far than the head does, and that share is taken back. The two go by names of their own, so that they are not compared.
//! A trunk that goes along is taken off and flagged: from the side by its angle, from the front by what shoulders that sink
//! tell of it. The result is less sure then: from the side the face reads up to 17 degrees too far (one rendered clip).
//!
//! From the front Face Mesh loses a face that goes up by more than 45 degrees. How far the mouth rises over the ears then says
//! whether it goes up by 50, nothing says whether it does by 70: such results are unsure and say so.
//!
//! Bucket: `pass` when the chin comes down by 45 degrees and the face goes up by 70; `significant` below 35 or 50; else
//! `limited`.

mod nods;

use flow_catalog::{NeckFlexionExtension, thresholds};

use self::nods::{Nod, Way};
use super::{
    report::{Report, mark},
    sides::typical,
};
use crate::{
    assessment::{Bucket, FlagCode, MarkKind, SeenFrom, TestResult, Unit},
    confidence::{self, Answer},
    geometry::median,
    score::{Material, Refusal},
    signals::{SIDE_ON_FROM_DEG, view_error_deg},
};

/// How far the head goes one way, over all nods.
#[derive(Clone, Copy, Debug)]
struct Range {
    deg: f64,
    /// Whether the face was lost further on in most nods.
    at_least: bool,
}

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().neck_flexion_extension.cutoffs;
    let view_deg = median(material.signals.present().map(|frame| frame.view_deg)).unwrap_or(f64::NAN);
    let (seen_from, wanted_deg) = if view_deg < SIDE_ON_FROM_DEG {
        (SeenFrom::Front, 0.0)
    } else {
        (SeenFrom::Side, 90.0)
    };
    let nods = nods::find(material.signals, seen_from, cutoffs)?;
    let mut report = Report::new(material);
    for nod in &nods {
        let (down, up) = (nod.down.run, nod.up.run);
        let (start, end) = (down.start.min(up.start), down.end.max(up.end));
        report.repetition((start, nod.down.end, end), None, seen_from, Some("nod"));
    }
    let [down, up] = match seen_from {
        SeenFrom::Front => ["headDown", "headUp"],
        _ => ["neckFlexion", "neckExtension"],
    };
    let flexion = measure(&mut report, down, nods.iter().map(|nod| nod.down));
    let extension = measure(&mut report, up, nods.iter().map(|nod| nod.up));
    if seen_from == SeenFrom::Side {
        let range = flexion.deg + extension.deg;
        report.measure_once("neckRange", Unit::Degrees, None, range);
    }
    let rises: Vec<f64> = nods.iter().map(|nod| nod.face_rise).collect();
    let rise = median(rises.iter().copied()).unwrap_or(f64::NAN);
    if extension.at_least {
        report.measure("faceRise", Unit::TorsoLengths, None, &rises);
    }

    let along = along(&mut report, &nods, seen_from, cutoffs);
    let [flexed, extended] = answers(flexion, extension, rise, cutoffs);
    let [[short_down, far_down], [short_up, far_up]] =
        [flexed, extended].map(|answers| answers.map(|answer| answer.yes));
    if short_down {
        let measured = (flexion.deg, Unit::Degrees);
        report.flag(FlagCode::LimitedFlexion, None, measured, far_down, &[]);
    }
    if short_up {
        let measured = if extension.at_least {
            (rise, Unit::TorsoLengths)
        } else {
            (extension.deg, Unit::Degrees)
        };
        report.flag(FlagCode::LimitedExtension, None, measured, far_up, &[]);
    }
    draw(&mut report, &nods, [short_down, short_up, along]);
    if flexion.at_least || extension.at_least {
        let beyond =
            "How far your head goes once your face is no longer seen from the front: record from the side.";
        report.result.not_measured.push(beyond.to_owned());
    }

    let (bucket, certainty) = confidence::decide(
        &[flexed[0], extended[0], flexed[1], extended[1]],
        |given| match given {
            [false, false, false, false] => Bucket::Pass,
            [_, _, false, false] => Bucket::Limited,
            _ => Bucket::Significant,
        },
    );
    let worth = confidence::tracking(material.quality)
        * confidence::view(view_error_deg(view_deg, wanted_deg))
        * confidence::repetitions(nods.len(), material.setup.repetitions_wanted)
        * confidence::POINTS_OF_A_FACE
        * if along { confidence::HALF_SEEN } else { 1.0 };
    Ok(report.decide(bucket, certainty * worth))
}

/// Writes down how far the head goes one way, unless the face was lost in most nods before the end.
fn measure(report: &mut Report<'_>, name: &str, ways: impl Iterator<Item = Way> + Clone) -> Range {
    let lost = ways.clone().filter(|way| way.at_least).count();
    let at_least = 2 * lost > ways.clone().count();
    let values: Vec<f64> = ways
        .filter(|way| way.at_least == at_least)
        .map(|way| way.deg)
        .collect();
    if !at_least {
        report.measure(name, Unit::Degrees, None, &values);
    }
    Range {
        deg: median(values).unwrap_or(f64::NAN),
        at_least,
    }
}

/// Writes down and flags how far the trunk goes along.
fn along(report: &mut Report<'_>, nods: &[Nod], seen_from: SeenFrom, cutoffs: &NeckFlexionExtension) -> bool {
    let (name, unit, cutoff) = match seen_from {
        SeenFrom::Front => ("shoulderDrop", Unit::TorsoLengths, &cutoffs.shoulder_drop_ratio),
        _ => ("trunkAlong", Unit::Degrees, &cutoffs.trunk_deg),
    };
    let values: Vec<f64> = nods.iter().map(|nod| nod.along).collect();
    let value = report.measure(name, unit, None, &values).unwrap_or(f64::NAN);
    let along = value > cutoff.value;
    if along {
        report.flag(FlagCode::TrunkLean, None, (value, unit), false, &[]);
    }
    along
}

/// Whether the head goes less far than is typical and far less, down and up.
fn answers(
    flexion: Range,
    extension: Range,
    face_rise: f64,
    cutoffs: &NeckFlexionExtension,
) -> [[Answer; 2]; 2] {
    let below = |range: Range, cutoff| {
        if range.at_least {
            Answer::at_least_below(range.deg, cutoff)
        } else {
            Answer::below(range.deg, cutoff)
        }
    };
    let down = [&cutoffs.flexion_deg, &cutoffs.flexion_severe_deg].map(|cutoff| below(flexion, cutoff));
    let mut up =
        [&cutoffs.extension_deg, &cutoffs.extension_severe_deg].map(|cutoff| below(extension, cutoff));
    if extension.at_least && extension.deg < cutoffs.extension_severe_deg.value {
        up[1] = Answer::below(face_rise, &cutoffs.face_rise_ratio);
        if up[1].yes {
            up[0] = up[1];
        }
    }
    [down, up]
}

/// Draws the head at its lowest and its highest; what is `short` (down, up) or goes `along` is marked.
fn draw(report: &mut Report<'_>, nods: &[Nod], [short_down, short_up, along]: [bool; 3]) {
    let head = |way: &str, found: Way, short: bool| {
        let more = if found.at_least { "+" } else { "" };
        mark(
            MarkKind::Head,
            None,
            format!("{way} {:.0}°{more}", found.deg),
            short,
        )
    };
    if let Some(nod) = typical(nods, |nod| nod.down.deg) {
        let mut marks = vec![head("down", nod.down, short_down)];
        if along {
            marks.push(mark(MarkKind::Trunk, None, "trunk goes along".to_owned(), true));
        }
        report.key_frame(nod.down.end, "The chin at its lowest", marks);
        report.evidence(nod.down.end, "The chin at its lowest");
    }
    if let Some(nod) = typical(nods, |nod| nod.up.deg) {
        let marks = vec![head("up", nod.up, short_up)];
        report.key_frame(nod.up.end, "The face at its highest", marks);
        report.evidence(nod.up.end, "The face at its highest");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is made of a face that was lost going up at so many degrees, its mouth rising by so many trunk lengths.
    #[test]
    fn where_the_face_is_lost_its_mouth_tells_fifty_degrees_from_less() {
        let cutoffs = &thresholds().neck_flexion_extension.cutoffs;
        let flexion = Range {
            deg: 58.0,
            at_least: false,
        };
        for (deg, rise, short, far, sure) in [
            (44.0, 0.15, false, false, true),
            (44.0, 0.106, false, false, false),
            (44.0, 0.07, true, true, true),
            (44.0, f64::NAN, false, false, false),
            (55.0, 0.07, false, false, false),
            (63.0, 0.07, false, false, true),
            (75.0, 0.07, false, false, true),
        ] {
            let extension = Range { deg, at_least: true };
            let [_, [up, far_up]] = answers(flexion, extension, rise, cutoffs);
            let case = format!("{deg} and {rise}");
            assert_eq!((up.yes, far_up.yes), (short, far), "{case}");
            assert_eq!(far_up.certainty > 0.8, sure, "{case}: {far_up:?}");
            let below_70 = deg < cutoffs.extension_deg.value;
            assert!(up.yes || !below_70 || up.certainty <= 0.5, "{case}: {up:?}");
        }
    }
}
