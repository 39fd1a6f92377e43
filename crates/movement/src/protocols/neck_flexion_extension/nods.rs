//! Finding nods: from looking ahead the head goes down and up, in either order, while the rest of the body stays.

use flow_catalog::NeckFlexionExtension;
use flow_landmarks::{Landmark, Side};

use crate::{
    assessment::{CheckCode, SeenFrom},
    geometry::{Vector, median},
    protocols::{BRIDGE, STANDING, UPRIGHT_DEG},
    score::Refusal,
    signals::{Frame, Head, Run, Signals, faced, head, looking_ahead, swings},
    track::{ear, mouth, shoulder},
};

/// Share of its greatest pitch from which a frame belongs to the end of a movement.
const END: f64 = 0.95;

/// How far the hips may move while the head nods, trunk lengths.
const HIPS_STAY: f64 = 0.3;

/// How far the shoulders may sink while the head nods, trunk lengths: as far as those of a trunk that leans by
/// [`UPRIGHT_DEG`].
const SHOULDERS_STAY: f64 = 0.23;

/// How far the trunk may go along, as a share of how far the head goes on it: further, the head goes along with the trunk.
const TRUNK_SHARE: f64 = 0.6;

/// Least share of the clip's frames that show a face, seen from the front: that of someone who looks up far, and long.
const FACE_SEEN: f64 = 0.3;

/// The head going one way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub run: Run,
    /// The point of the grid at which it is furthest.
    pub end: usize,
    pub deg: f64,
    /// Whether the face was lost further on, so that the head goes at least so far.
    pub at_least: bool,
}

/// One nod: down, and up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nod {
    pub down: Way,
    pub up: Way,
    /// How far the trunk goes along, either way: from the side in degrees, from the front by how far the shoulders sink, in
    /// trunk lengths.
    pub along: f64,
    /// How far the mouth rises over the ears when the face goes up, in trunk lengths in the picture; from the front.
    pub face_rise: f64,
}

/// Finds the nods of someone who is seen from the side or the front.
pub(super) fn find(
    signals: &Signals,
    seen_from: SeenFrom,
    cutoffs: &NeckFlexionExtension,
) -> Result<Vec<Nod>, Refusal> {
    let facing = seen_from == SeenFrom::Front;
    let pitch = Pitch::read(signals, facing, cutoffs)?;
    let ends = |way: f64| {
        let signal: Vec<f64> = pitch.deg.iter().map(|value| way * value).collect();
        let found = swings(&signal, cutoffs.rest_deg.value, cutoffs.nod_deg.value, BRIDGE);
        found
            .into_iter()
            .filter(|run| run.complete && stays(signals, *run, facing))
            .map(|run| far(&signal, &pitch.lost, run))
            .collect::<Vec<Way>>()
    };
    let nods: Vec<Nod> = ends(1.0)
        .into_iter()
        .zip(ends(-1.0))
        .filter_map(|(down, up)| {
            if facing {
                facing_nod(signals, &pitch, [down, up], cutoffs)
            } else {
                side_on_nod(signals, &pitch, [down, up])
            }
        })
        .collect();
    if nods.is_empty() {
        let most = pitch.deg.iter().copied().map(f64::abs).fold(f64::NAN, f64::max);
        return Err(Refusal::with(
            CheckCode::WrongMovement,
            most,
            cutoffs.nod_deg.value,
        ));
    }
    Ok(nods)
}

/// A nod seen from the side, unless the head goes along with the trunk.
fn side_on_nod(signals: &Signals, pitch: &Pitch, [down, up]: [Way; 2]) -> Option<Nod> {
    let [along_down, along_up] = [down, up].map(|way| {
        at_end(signals, way, |frame| {
            (head(frame).trunk_deg - pitch.rest.trunk_deg).abs()
        })
    });
    let along = along_down.max(along_up);
    (along <= TRUNK_SHARE * down.deg.max(up.deg)).then_some(Nod {
        down,
        up,
        along,
        face_rise: f64::NAN,
    })
}

/// A nod seen from the front, unless the head goes along with the trunk. How far that leans is told from shoulders that sink,
/// and taken off.
fn facing_nod(
    signals: &Signals,
    pitch: &Pitch,
    mut ways: [Way; 2],
    cutoffs: &NeckFlexionExtension,
) -> Option<Nod> {
    let first = ways.iter().map(|way| way.run.start).min().unwrap_or(0);
    let before = || signals.between(first.saturating_sub(STANDING), first.saturating_sub(1));
    let resting = |of: fn(&Frame) -> f64| median(before().map(of)).unwrap_or(f64::NAN);
    let (shoulders, face) = (resting(shoulders_low), resting(mouth_over_ears));
    let torso = signals.scale.torso;
    let rise = signals.series(|frame| (mouth_over_ears(frame) - face) / torso);
    for (way, sign) in ways.iter_mut().zip([-1.0, 1.0]) {
        if way.at_least {
            // Where the face is lost, the mouth shows when it is furthest.
            let unseen = (way.run.start..=way.run.end)
                .filter(|&index| pitch.lost[index] && rise[index].is_finite())
                .max_by(|&a, &b| (sign * rise[a]).total_cmp(&(sign * rise[b])));
            way.end = unseen.unwrap_or(way.end);
        }
    }
    let drops = ways.map(|way| at_end(signals, way, |frame| (shoulders_low(frame) - shoulders) / torso));
    let along = drops[0].max(drops[1]);
    // A trunk that leans toward a low camera hardly seems to sink: it is taken to lean as far either way.
    let lean_deg = if along > cutoffs.shoulder_drop_ratio.value {
        (1.0 - along.min(1.0)).acos().to_degrees()
    } else {
        0.0
    };
    for way in &mut ways {
        way.deg -= lean_deg;
    }
    let [down, up] = ways;
    // How far a head goes that is lost is not known, but it goes.
    let nods = down.at_least || up.at_least || lean_deg <= TRUNK_SHARE * down.deg.max(up.deg);
    nods.then_some(Nod {
        down,
        up,
        along,
        face_rise: rise.get(up.end).copied().unwrap_or(f64::NAN),
    })
}

/// A number where a way ends: the median of three points of the grid.
fn at_end(signals: &Signals, way: Way, of: impl Fn(&Frame) -> f64) -> f64 {
    let frames = signals.between(way.end.saturating_sub(1), way.end + 1);
    median(frames.map(of)).unwrap_or(f64::NAN)
}

/// The pitch of the head over the clip.
struct Pitch {
    /// How far it is from looking ahead, on the grid, greater with the face down; `NaN` where it is not known.
    deg: Vec<f64>,
    /// Where it goes at least so far.
    lost: Vec<bool>,
    /// The head looking ahead, as it is read.
    rest: Head,
}

impl Pitch {
    fn read(signals: &Signals, facing: bool, cutoffs: &NeckFlexionExtension) -> Result<Self, Refusal> {
        let (read, share) = if facing {
            (faced as fn(&Frame) -> Head, &cutoffs.face_mesh_reads_share)
        } else {
            (head as fn(&Frame) -> Head, &cutoffs.head_reads_share)
        };
        let heads: Vec<Head> = signals
            .frames
            .iter()
            .map(|frame| frame.as_ref().map_or(Head::UNSEEN, read))
            .collect();
        if facing {
            let seen = heads.iter().filter(|head| head.pitch_deg.is_finite()).count();
            let seen_share = seen as f64 / heads.len().max(1) as f64;
            if seen_share < FACE_SEEN {
                return Err(Refusal::with(CheckCode::Occlusion, seen_share, FACE_SEEN));
            }
        }
        let rest = looking_ahead(&heads).ok_or(Refusal::new(CheckCode::WrongMovement))?;
        let deg: Vec<f64> = heads
            .iter()
            .map(|head| (head.pitch_deg - rest.pitch_deg) / share.value)
            .collect();
        let (deg, lost) = if facing {
            carried(signals, &deg, cutoffs)
        } else {
            let lost = vec![false; deg.len()];
            (deg, lost)
        };
        Ok(Self { deg, lost, rest })
    }
}

/// The pitch with gaps closed in which the body is seen but the head is not, where it has gone one way by more than `nod_deg`
/// at one end and not the other way by more than `rest_deg` at the other: it is at least as far as at the further end. Also
/// says which points those are.
fn carried(signals: &Signals, pitch: &[f64], cutoffs: &NeckFlexionExtension) -> (Vec<f64>, Vec<bool>) {
    let mut whole = pitch.to_vec();
    let mut lost = vec![false; pitch.len()];
    let mut start = 0;
    for gap in pitch.chunk_by(|a, b| a.is_nan() == b.is_nan()) {
        let end = start + gap.len();
        let ends = start
            .checked_sub(1)
            .map(|before| pitch[before])
            .zip(pitch.get(end).copied());
        if let Some((from, to)) = ends
            && gap[0].is_nan()
            && signals.seen_throughout(start, end - 1, BRIDGE)
        {
            let (further, other) = if from.abs() > to.abs() {
                (from, to)
            } else {
                (to, from)
            };
            let same_way = other * further.signum() > -cutoffs.rest_deg.value;
            if further.abs() > cutoffs.nod_deg.value && same_way {
                whole[start..end].fill(further);
                lost[start..end].fill(true);
            }
        }
        start = end;
    }
    (whole, lost)
}

/// How far a swing goes: the median around its end.
fn far(signal: &[f64], lost: &[bool], run: Run) -> Way {
    let least = END * signal[run.peak];
    let end = || (run.start..=run.end).filter(|&index| signal[index] >= least);
    let unseen = end().filter(|&index| lost[index]).count();
    Way {
        run,
        end: run.peak,
        deg: median(end().map(|index| signal[index])).unwrap_or(f64::NAN),
        at_least: 2 * unseen > end().count(),
    }
}

/// Whether hips and trunk stay where they are during a swing of the head.
fn stays(signals: &Signals, run: Run, facing: bool) -> bool {
    let frames = || signals.between(run.start, run.end);
    let Some(first) = frames().next() else {
        return false;
    };
    frames().all(|frame| {
        let upright = if facing {
            shoulders_low(frame) - shoulders_low(first) < SHOULDERS_STAY * signals.scale.torso
        } else {
            frame.trunk_lean_deg < UPRIGHT_DEG
        };
        upright && (frame.pelvis - first.pelvis).length() < HIPS_STAY * signals.scale.torso
    })
}

/// The middle of a left and right landmark in the picture.
fn middle(frame: &Frame, pair: fn(Side) -> Landmark) -> Vector {
    let [left, right] = Side::BOTH.map(|side| frame.body.image(pair(side)));
    left.middle(right)
}

/// How low the shoulders are in the picture, frame heights.
fn shoulders_low(frame: &Frame) -> f64 {
    middle(frame, shoulder).y
}

/// How far the mouth is over the ears in the picture, frame heights.
fn mouth_over_ears(frame: &Frame) -> f64 {
    middle(frame, ear).y - middle(frame, mouth).y
}
