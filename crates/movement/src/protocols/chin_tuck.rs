//! Test 13, chin tuck: side-on, standing or seated, the upper body in view. The chin is drawn straight back, held for 2 to 3
//! seconds and let go, five times.
//!
//! A tuck is the line from shoulder to ear turning back on the trunk while the face stays level: a head that pitches along
//! nods instead, and leaning back moves no head over its trunk. Held is the time near the furthest point.
//!
//! Bucket: `pass` when the head goes back by 7.5 degrees of that line, stays there for 2 s, and the face stays level; else
//! `needs-work`. Where Face Mesh sees the face, as it does of someone turned a little toward the camera, level is within 15
//! degrees. Side-on it does not, and pose landmarks have to do: a level tuck reads as a chin that lifts by 10, one that drops
//! by 25 as 5 down, one that lifts by 15 as 25 up, and those are the limits. There is no
//! published norm for this: it is scored on form. The same line against the horizontal at rest is a cue about posture and
//! changes no bucket. It stands in for the craniovertebral angle, whose lower end, the seventh neck vertebra, is no landmark;
//! to the shoulder the line is steeper, so that only heads held clearly ahead are noticed.

use flow_catalog::{ChinTuck, thresholds};

use super::{
    BRIDGE, STANDING, UPRIGHT_DEG,
    report::{Report, mark},
    sides::typical,
};
use crate::{
    assessment::{Bucket, CheckCode, FlagCode, MarkKind, SeenFrom, TestResult, Unit},
    confidence::{self, Answer},
    geometry::{median, quantile},
    score::{Material, Refusal},
    signals::{Frame, Head, Run, Signals, head, looking_ahead, swings, view_error_deg},
    track::RATE_HZ,
};

/// Share of the clip's own way back from which a tuck begins and where it ends again: people seldom come back all the way.
const BEGUN: f64 = 0.4;

/// Share of its own way back from which a tuck is held.
const HELD: f64 = 0.6;

/// Points of the grid that a tuck lasts at least: 0.7 s.
const SHORTEST: usize = 7;

/// How far the trunk may lean along, degrees: a level tuck reads as up to 2 (rendered people).
const LEAN_DEG: f64 = 4.0;

/// How far the hips may move in a tuck, trunk lengths: a knee that is driven forward takes them further.
const HIPS_STAY: f64 = 0.12;

/// How far the nearer arm may go up or down in a tuck, degrees: a raised arm takes the shoulder along.
const ARM_STAYS_DEG: f64 = 30.0;

/// One tuck.
#[derive(Clone, Copy, Debug)]
struct Tuck {
    run: Run,
    /// How far the line from shoulder to ear turns back on the trunk, degrees.
    back_deg: f64,
    hold_s: f64,
    tilt: Tilt,
}

/// How far the face goes down meanwhile, degrees; negative is up.
#[derive(Clone, Copy, Debug)]
struct Tilt {
    deg: f64,
    /// Whether Face Mesh saw the face, which reads a level tuck as level; pose landmarks read it as a chin that lifts.
    by_face_mesh: bool,
}

/// Scores the clip.
pub(crate) fn examine(material: &Material<'_>) -> Result<TestResult, Refusal> {
    let cutoffs = &thresholds().chin_tuck.cutoffs;
    let (tucks, rest) = find(material.signals, cutoffs)?;
    let mut report = Report::new(material);
    for tuck in &tucks {
        let points = (tuck.run.start, tuck.run.peak, tuck.run.end);
        report.repetition(points, None, SeenFrom::Side, Some("tuck"));
    }
    let values = |of: fn(&Tuck) -> f64| tucks.iter().map(of).collect::<Vec<f64>>();
    let mut measured = |name: &str, unit: Unit, of: fn(&Tuck) -> f64| {
        report.measure(name, unit, None, &values(of)).unwrap_or(f64::NAN)
    };
    let back = measured("tuckChange", Unit::Degrees, |tuck| tuck.back_deg);
    let hold = measured("hold", Unit::Seconds, |tuck| tuck.hold_s);
    // Face Mesh and pose landmarks read a level tuck differently: most tucks decide which of them counts.
    let face_mesh = tucks.iter().filter(|tuck| tuck.tilt.by_face_mesh).count();
    let by_face_mesh = 2 * face_mesh > tucks.len();
    let tilts: Vec<f64> = tucks
        .iter()
        .filter(|tuck| tuck.tilt.by_face_mesh == by_face_mesh)
        .map(|tuck| tuck.tilt.deg)
        .collect();
    let tilt = report
        .measure("headTilt", Unit::Degrees, None, &tilts)
        .unwrap_or(f64::NAN);
    report.measure_once("earLine", Unit::Degrees, None, rest.ear_line_deg);

    // From pose landmarks a level tuck reads as a chin that lifts a little: either way has its own cut-off.
    let tilted = if by_face_mesh {
        Answer::above(tilt.abs(), &cutoffs.tilt_deg)
    } else if tilt > 0.0 {
        Answer::above(tilt, &cutoffs.chin_down_deg)
    } else {
        Answer::above(-tilt, &cutoffs.chin_up_deg)
    };
    let faults = [
        (
            FlagCode::SmallMovement,
            Answer::below(back, &cutoffs.back_deg),
            (back, Unit::Degrees),
        ),
        (
            FlagCode::ShortHold,
            Answer::below(hold, &cutoffs.hold_s),
            (hold, Unit::Seconds),
        ),
        (FlagCode::HeadTilt, tilted, (tilt, Unit::Degrees)),
    ];
    for (code, answer, measured) in &faults {
        // How long a head stays back means little when it hardly went.
        let hardly = *code == FlagCode::ShortHold && faults[0].1.yes;
        if answer.yes && !hardly {
            report.flag(*code, None, *measured, false, &[]);
        }
    }
    let ahead = rest.ear_line_deg < cutoffs.ear_line_low_deg.value;
    if ahead {
        let measured = (rest.ear_line_deg, Unit::Degrees);
        report.flag(FlagCode::ForwardHead, None, measured, false, &[]);
    }
    if let Some(tuck) = typical(&tucks, |tuck| tuck.back_deg) {
        let before = tuck.run.start.saturating_sub(2);
        let line = mark(
            MarkKind::EarLine,
            None,
            format!("ear {:.0}°", rest.ear_line_deg),
            ahead,
        );
        report.key_frame(before, "Before the chin goes back", vec![line]);
        let line = mark(
            MarkKind::EarLine,
            None,
            format!("back {:.0}°", tuck.back_deg),
            faults.iter().any(|(_, answer, _)| answer.yes),
        );
        report.key_frame(tuck.run.peak, "The chin drawn back", vec![line]);
        report.evidence(tuck.run.peak, "The chin drawn back");
    }
    let posture = "The angle at the lowest neck vertebra: it is no landmark, the line from shoulder to ear stands in for it.";
    report.result.not_measured.push(posture.to_owned());

    let answers = faults.map(|(_, answer, _)| answer);
    let (bucket, certainty) = confidence::decide(&answers, |given| {
        if given.iter().any(|&missed| missed) {
            Bucket::NeedsWork
        } else {
            Bucket::Pass
        }
    });
    let view = median(
        material
            .signals
            .present()
            .map(|frame| view_error_deg(frame.view_deg, 90.0)),
    );
    let worth = confidence::tracking(material.quality)
        * confidence::view(view.unwrap_or(f64::NAN))
        * confidence::repetitions(tucks.len(), material.setup.repetitions_wanted)
        * confidence::POINTS_OF_A_FACE;
    Ok(report.decide(bucket, certainty * worth))
}

/// Finds the tucks and the head at rest. A clip in which most of what goes back is something else is another movement.
fn find(signals: &Signals, cutoffs: &ChinTuck) -> Result<(Vec<Tuck>, Head), Refusal> {
    let heads: Vec<Head> = signals
        .frames
        .iter()
        .map(|frame| frame.as_ref().map_or(Head::UNSEEN, head))
        .collect();
    let rest = looking_ahead(&heads).ok_or(Refusal::new(CheckCode::WrongMovement))?;
    let back: Vec<f64> = heads
        .iter()
        .map(|head| head.ear_on_trunk_deg - rest.ear_on_trunk_deg)
        .collect();
    let most = quantile(back.iter().copied(), 0.95).unwrap_or(f64::NAN);
    let least = cutoffs.tuck_deg.value;
    let found = if most >= least {
        swings(&back, BEGUN * most, least, BRIDGE)
    } else {
        Vec::new()
    };
    let complete = || {
        found
            .iter()
            .copied()
            .filter(|run| run.complete && run.end - run.start >= SHORTEST)
    };
    let tucks: Vec<Tuck> = complete()
        .filter_map(|run| recognise(signals, &heads, run, cutoffs))
        .collect();
    if tucks.is_empty() || tucks.len() * 2 <= complete().count() {
        return Err(Refusal::with(CheckCode::WrongMovement, most, least));
    }
    Ok((tucks, rest))
}

/// The tuck in a swing of the ear, if it is one.
fn recognise(signals: &Signals, heads: &[Head], run: Run, cutoffs: &ChinTuck) -> Option<Tuck> {
    let during = heads.get(run.start..=run.end)?;
    let before = heads.get(run.start.saturating_sub(STANDING)..run.start)?;
    // One who turns round seems to draw the head back: what was ahead of the shoulder comes to lie behind it.
    let around = || signals.between(run.start.saturating_sub(STANDING), run.end);
    let near = around().next()?.near;
    let askew = thresholds().gates.view_error_deg.limit;
    let turns = around().any(|frame| frame.near != near || view_error_deg(frame.view_deg, 90.0) > askew);
    let first = signals.between(run.start, run.end).next()?;
    let arm = |frame: &Frame| frame.arm_raise_deg.get(frame.near);
    let stays = signals.between(run.start, run.end).all(|frame| {
        (frame.pelvis - first.pelvis).length() < HIPS_STAY * signals.scale.torso
            && frame.trunk_lean_deg < UPRIGHT_DEG
            // `f64::max` passes over an arm that is not seen.
            && (arm(frame) - arm(first)).abs().max(0.0) <= ARM_STAYS_DEG
    });
    let line = quantile(before.iter().map(|head| head.ear_on_trunk_deg), 0.3)?;
    let peak = heads.get(run.peak)?.ear_on_trunk_deg - line;
    let held: Vec<usize> = (run.start..=run.end)
        .filter(|&index| heads[index].ear_on_trunk_deg - line >= HELD * peak)
        .collect();
    let lean = |heads: &[Head]| median(heads.iter().map(|head| head.trunk_deg));
    let leans = (lean(during)? - lean(before)?).abs() > LEAN_DEG;
    let resting: Vec<usize> = (run.start.saturating_sub(STANDING)..run.start).collect();
    let tuck = Tuck {
        run,
        back_deg: median(held.iter().map(|&index| heads[index].ear_on_trunk_deg))? - line,
        hold_s: held.len() as f64 / RATE_HZ,
        tilt: tilt(signals, heads, &resting, &held)?,
    };
    let nods_from = if tuck.tilt.by_face_mesh {
        &cutoffs.face_mesh_nod_deg
    } else {
        &cutoffs.nod_deg
    };
    (stays
        && !turns
        && !leans
        && tuck.tilt.deg.abs() < nods_from.value
        && tuck.back_deg >= cutoffs.tuck_deg.value)
        .then_some(tuck)
}

/// How far the face goes down from one set of points of the grid to another: by Face Mesh where it sees the face in most of
/// both, else by pose landmarks.
fn tilt(signals: &Signals, heads: &[Head], resting: &[usize], held: &[usize]) -> Option<Tilt> {
    let shares = &thresholds().neck_flexion_extension.cutoffs;
    let faces = signals.series(|frame| frame.face_pitch_deg);
    let face = |points: &[usize]| {
        let seen: Vec<f64> = points
            .iter()
            .map(|&index| faces[index])
            .filter(|face| face.is_finite())
            .collect();
        (2 * seen.len() > points.len()).then(|| median(seen)).flatten()
    };
    if let Some((before, after)) = face(resting).zip(face(held)) {
        return Some(Tilt {
            deg: (after - before) / shares.face_mesh_reads_share.value,
            by_face_mesh: true,
        });
    }
    let pitch = |points: &[usize]| median(points.iter().map(|&index| heads[index].pitch_deg));
    Some(Tilt {
        deg: (pitch(held)? - pitch(resting)?) / shares.head_reads_share.value,
        by_face_mesh: false,
    })
}
