//! The head on the trunk, seen side-on: how far it pitches, and how far ahead of the shoulder it is carried.
//!
//! Pose landmarks show a face from the side, but turn it by less than the head. Pitch is the mean of three lines: from the ear
//! to the middle of the eyes and to the nose, and from the middle of the eyes to the middle of the mouth, which stands on the
//! others. Each errs more than all together, and they err differently. On rendered people (three builds before five cameras,
//! nodding 20 to 58 degrees down and 34 to 84 up) it goes 0.74 of the way, and the error is 5.0 degrees down and 4.4 up, 4.7
//! and 3.5 in clear recordings, at most 16. With the share taken from the clear recordings it is 5.9 and 5.6 on the others,
//! which are seen askew, in poor light or from far away; with that of the others 4.3 and 3.8 on the clear ones. The nearer
//! ear with the nearer eye and corner of the mouth has 5.5 and 5.3. World landmarks are worse: their depth turns with the
//! camera. A body turned more than 15 degrees away from side-on errs more: the face at rest is read up to 15 degrees too
//! low, so that the way down comes out short and the way up long. The ear's place over the shoulder is read within 3 degrees
//! exactly side-on, up to 8 too steep ten degrees off and with the head far ahead.
//!
//! From the front Face Mesh reads the pitch, as long as it sees the face: see [`flow_landmarks::Face`].

use flow_landmarks::Landmark;

use super::Frame;
use crate::{
    geometry::{Vector, median, quantile},
    track::{ear, eye, hip, mouth, shoulder},
};

/// A head, in degrees; `NaN` where it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// Pitch as landmarks show it, greater with the face down: side-on against the trunk, from the front against the
    /// camera. Where it rests differs from face to face, so that only changes mean something.
    pub pitch_deg: f64,
    /// The line from the nearer shoulder to its ear against the horizontal: 90 with the ear above the shoulder, less with
    /// the ear ahead.
    pub ear_line_deg: f64,
    /// The same line against the trunk, so that leaning back does not count as drawing the head back.
    pub ear_on_trunk_deg: f64,
    /// The trunk ahead of the vertical.
    pub trunk_deg: f64,
}

/// Reads the head of a body that is seen side-on.
#[must_use]
pub fn head(frame: &Frame) -> Head {
    let at = |landmark: Landmark| frame.body.image(landmark);
    let middle = |landmark: Landmark| at(landmark).middle(at(landmark.mirrored()));
    let (ear, near) = (at(ear(frame.near)), shoulder(frame.near));
    let (eyes, mouth) = (middle(eye(frame.near)), middle(mouth(frame.near)));
    let trunk = middle(near) - middle(hip(frame.near));
    let trunk_deg = (trunk.x * frame.facing).atan2(-trunk.y).to_degrees();
    let below_deg = |line: Vector| line.y.atan2(line.x * frame.facing).to_degrees();
    let on_trunk_deg = |line: Vector| wrapped(below_deg(line) - trunk_deg);
    // Of a level face two lines are nearly level, the third one points down.
    let pitch_deg = (on_trunk_deg(eyes - ear)
        + on_trunk_deg(at(Landmark::Nose) - ear)
        + wrapped(on_trunk_deg(mouth - eyes) - 90.0))
        / 3.0;
    let ear_line_deg = -below_deg(ear - at(near));
    Head {
        pitch_deg,
        ear_line_deg,
        ear_on_trunk_deg: wrapped(ear_line_deg + trunk_deg),
        trunk_deg,
    }
}

/// The head of a body that faces the camera: its pitch as Face Mesh reads it, nothing else.
#[must_use]
pub const fn faced(frame: &Frame) -> Head {
    Head {
        pitch_deg: frame.face_pitch_deg,
        ..Head::UNSEEN
    }
}

/// The same angle between -180 and 180 degrees.
fn wrapped(angle_deg: f64) -> f64 {
    (angle_deg + 180.0).rem_euclid(360.0) - 180.0
}

/// Points of the grid that a person looks ahead before the first movement: 0.6 s.
const LOOK: usize = 6;
/// Points of the grid in which that has to begin: 2 s.
const SOON: usize = 20;
/// Range of the pitch within which a head is still, degrees.
const STILL_DEG: f64 = 7.0;

/// The head at rest before it first moves: the first stretch at the start of the clip in which its pitch stays.
#[must_use]
pub fn looking_ahead(heads: &[Head]) -> Option<Head> {
    let still = heads.windows(LOOK).take(SOON).find(|window| {
        let pitch = || window.iter().map(|head| head.pitch_deg);
        let range = quantile(pitch(), 1.0).zip(quantile(pitch(), 0.0));
        pitch().all(f64::is_finite) && range.is_some_and(|(high, low)| high - low < STILL_DEG)
    })?;
    let middle = |of: fn(&Head) -> f64| median(still.iter().map(of)).unwrap_or(f64::NAN);
    Some(Head {
        pitch_deg: middle(|head| head.pitch_deg),
        ear_line_deg: middle(|head| head.ear_line_deg),
        ear_on_trunk_deg: middle(|head| head.ear_on_trunk_deg),
        trunk_deg: middle(|head| head.trunk_deg),
    })
}

impl Head {
    /// What is known of the head in a gap: nothing.
    pub(crate) const UNSEEN: Self = Self {
        pitch_deg: f64::NAN,
        ear_line_deg: f64::NAN,
        ear_on_trunk_deg: f64::NAN,
        trunk_deg: f64::NAN,
    };
}
