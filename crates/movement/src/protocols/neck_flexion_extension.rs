//! Test 1, neck flexion and extension: side-on, standing or seated, the upper body in view. The person looks ahead, then
//! brings the chin to the chest and looks up to the ceiling, slowly, three times.
//!
//! Range is how far the head pitches against the trunk from where it was before the first nod: down is flexion, up is
//! extension. Pose landmarks turn less far than the head does; that share is taken back (see [`Head`]). A trunk that goes
//! along is taken off, and flagged; since the face then reads up to 16 degrees too far (one rendered clip), the result is less
//! sure.
//!
//! Bucket: `pass` when the chin comes down by 45 degrees and the face goes up by 70; `significant` below 35 or 50; else
//! `limited`.

use flow_catalog::{NeckFlexionExtension, thresholds};

use super::{
    BRIDGE,
    report::{Report, mark},
    sides::typical,
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, TestResult, Unit},
    confidence::{self, Answer},
    geometry::median,
    score::{Material, Refusal},
    signals::{Head, Run, Signals, head, looking_ahead, swings, view_error_deg},
};

/// Share of its greatest pitch from which a frame belongs to the end of a movement.
const END: f64 = 0.95;

/// How far the hips may move while the head nods, trunk lengths.
const HIPS_STAY: f64 = 0.3;

/// How far the trunk may be from upright, degrees.
const UPRIGHT_DEG: f64 = 40.0;

/// One nod: down, and up.
#[derive(Clone, Copy, Debug)]
struct Nod {
    down: Run,
    up: Run,
    flexion_deg: f64,
    extension_deg: f64,
    /// How far the trunk goes along, either way, degrees.
    trunk_deg: f64,
}

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().neck_flexion_extension.cutoffs;
    let nods = find(material.signals, cutoffs)?;
    let mut report = Report::new(material);
    for nod in &nods {
        let (start, end) = (nod.down.start.min(nod.up.start), nod.down.end.max(nod.up.end));
        report.repetition((start, nod.down.peak, end), None, SeenFrom::Side, Some("nod"));
    }
    let values = |of: fn(&Nod) -> f64| nods.iter().map(of).collect::<Vec<f64>>();
    let mut measured = |name: &str, of: fn(&Nod) -> f64| {
        report
            .measure(name, Unit::Degrees, None, &values(of))
            .unwrap_or(f64::NAN)
    };
    let flexion = measured("neckFlexion", |nod| nod.flexion_deg);
    let extension = measured("neckExtension", |nod| nod.extension_deg);
    let trunk = measured("trunkAlong", |nod| nod.trunk_deg);
    report.measure_once("neckRange", Unit::Degrees, None, flexion + extension);

    let answers = [
        Answer::below(flexion, &cutoffs.flexion_deg),
        Answer::below(extension, &cutoffs.extension_deg),
        Answer::below(flexion, &cutoffs.flexion_severe_deg),
        Answer::below(extension, &cutoffs.extension_severe_deg),
    ];
    let [short_down, short_up, far_down, far_up] = answers.map(|answer| answer.yes);
    if short_down {
        let measured = (flexion, Unit::Degrees);
        report.flag(FlagCode::LimitedFlexion, None, measured, far_down, &[]);
    }
    if short_up {
        let measured = (extension, Unit::Degrees);
        report.flag(FlagCode::LimitedExtension, None, measured, far_up, &[]);
    }
    let along = trunk > cutoffs.trunk_deg.value;
    if along {
        report.flag(FlagCode::TrunkLean, None, (trunk, Unit::Degrees), false, &[]);
    }
    if let Some(nod) = typical(&nods, |nod| nod.flexion_deg) {
        let marks = vec![
            mark(
                MarkKind::Head,
                None,
                format!("down {:.0}°", nod.flexion_deg),
                short_down,
            ),
            mark(
                MarkKind::Trunk,
                None,
                format!("trunk {:.0}°", nod.trunk_deg),
                along,
            ),
        ];
        report.key_frame(nod.down.peak, "The chin at its lowest", marks);
        report.evidence(nod.down.peak, "The chin at its lowest");
    }
    if let Some(nod) = typical(&nods, |nod| nod.extension_deg) {
        let marks = vec![mark(
            MarkKind::Head,
            None,
            format!("up {:.0}°", nod.extension_deg),
            short_up,
        )];
        report.key_frame(nod.up.peak, "The face at its highest", marks);
        report.evidence(nod.up.peak, "The face at its highest");
    }

    let (bucket, certainty) = confidence::decide(&answers, |given| match given {
        [false, false, false, false] => Bucket::Pass,
        [_, _, false, false] => Bucket::Limited,
        _ => Bucket::Significant,
    });
    let view = median(
        material
            .signals
            .present()
            .map(|frame| view_error_deg(frame.view_deg, 90.0)),
    );
    let worth = confidence::tracking(material.quality)
        * confidence::view(view.unwrap_or(f64::NAN))
        * confidence::repetitions(nods.len(), material.setup.repetitions_wanted)
        * confidence::FIVE_POINTS_OF_A_FACE
        * if along { confidence::HALF_SEEN } else { 1.0 };
    Ok(report.decide(bucket, certainty * worth))
}

/// Finds the nods: from looking ahead the head goes down and up, in either order, while the rest of the body stays.
fn find(signals: &Signals, cutoffs: &NeckFlexionExtension) -> Result<Vec<Nod>, Refusal> {
    let heads: Vec<Head> = signals
        .frames
        .iter()
        .map(|frame| frame.as_ref().map_or(Head::UNSEEN, head))
        .collect();
    let refused = Refusal::new(CheckCode::WrongMovement);
    let rest = looking_ahead(&heads).ok_or(refused)?;
    let pitch: Vec<f64> = heads
        .iter()
        .map(|head| (head.pitch_deg - rest.pitch_deg) / cutoffs.head_reads_share.value)
        .collect();
    let ends = |way: f64| {
        let signal: Vec<f64> = pitch.iter().map(|value| way * value).collect();
        let found = swings(&signal, cutoffs.rest_deg.value, cutoffs.nod_deg.value, BRIDGE);
        found
            .into_iter()
            .filter(|run| run.complete && stays(signals, *run))
            .map(move |run| (run, far(&signal, run)))
            .collect::<Vec<(Run, f64)>>()
    };
    let (downs, ups) = (ends(1.0), ends(-1.0));
    let along = |run: Run| {
        let end = heads
            .get(run.peak.saturating_sub(1)..=run.peak + 1)
            .unwrap_or_default();
        median(end.iter().map(|head| (head.trunk_deg - rest.trunk_deg).abs())).unwrap_or(f64::NAN)
    };
    let nods: Vec<Nod> = downs
        .into_iter()
        .zip(ups)
        .map(|((down, flexion_deg), (up, extension_deg))| Nod {
            down,
            up,
            flexion_deg,
            extension_deg,
            trunk_deg: along(down).max(along(up)),
        })
        .collect();
    if nods.is_empty() {
        let most = pitch.iter().copied().map(f64::abs).fold(f64::NAN, f64::max);
        return Err(Refusal::with(
            CheckCode::WrongMovement,
            most,
            cutoffs.nod_deg.value,
        ));
    }
    Ok(nods)
}

/// How far a swing goes: the median around its end.
fn far(signal: &[f64], run: Run) -> f64 {
    let least = END * signal.get(run.peak).copied().unwrap_or(f64::NAN);
    let end = (run.start..=run.end).filter_map(|index| signal.get(index).copied());
    median(end.filter(|&value| value >= least)).unwrap_or(f64::NAN)
}

/// Whether hips and trunk stay where they are during a swing of the head.
fn stays(signals: &Signals, run: Run) -> bool {
    let frames = || signals.between(run.start, run.end);
    let Some(first) = frames().next() else {
        return false;
    };
    frames().all(|frame| {
        (frame.pelvis - first.pelvis).length() < HIPS_STAY * signals.scale.torso
            && frame.trunk_lean_deg < UPRIGHT_DEG
    })
}
