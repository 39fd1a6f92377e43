//! The head on the trunk, seen side-on: how far it pitches, and how far ahead of the shoulder it is carried.
//!
//! Pose landmarks show five points of a face from the side. The line from the ear to the middle between eye and nose turns
//! with the head, but not as far: on rendered people of three builds before three cameras it goes 0.78, 0.74 and 0.76 of the
//! way down and 0.70, 0.73 and 0.86 of the way up, in the mean 0.76 in both directions. Eye, nose or mouth alone are worse
//! in one direction or the other. That share is a mean: short ways down read too far (24 degrees as 32 to 38) and long ways up
//! read 78 to 101 degrees instead of 84. Scoring takes that share back (`head_reads_share` in the data file). The ear's place over
//! the shoulder is read within 3 degrees exactly side-on, up to 8 too steep ten degrees off and with the head far ahead.

use flow_landmarks::Landmark;

use super::Frame;
use crate::{
    geometry::{Vector, median, quantile},
    track::{ear, eye, hip, shoulder},
};

/// The head of a body that is seen side-on, in degrees; `NaN` where it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// Pitch against the trunk as landmarks show it, greater with the face down. Where it rests differs from face to face,
    /// so that only changes mean something.
    pub pitch_deg: f64,
    /// The line from the nearer shoulder to its ear against the horizontal: 90 with the ear above the shoulder, less with
    /// the ear ahead.
    pub ear_line_deg: f64,
    /// The same line against the trunk, so that leaning back does not count as drawing the head back.
    pub ear_on_trunk_deg: f64,
    /// The trunk ahead of the vertical.
    pub trunk_deg: f64,
}

/// Reads the head in a frame.
#[must_use]
pub fn head(frame: &Frame) -> Head {
    let at = |landmark: Landmark| frame.body.image(landmark);
    let middle = |landmark: Landmark| at(landmark).middle(at(landmark.mirrored()));
    let (ear, eye, near) = (at(ear(frame.near)), at(eye(frame.near)), shoulder(frame.near));
    let trunk = middle(near) - middle(hip(frame.near));
    let trunk_deg = (trunk.x * frame.facing).atan2(-trunk.y).to_degrees();
    let below_deg = |line: Vector| line.y.atan2(line.x * frame.facing).to_degrees();
    let face_deg = below_deg(at(Landmark::Nose).middle(eye) - ear);
    let ear_line_deg = -below_deg(ear - at(near));
    Head {
        pitch_deg: wrapped(face_deg - trunk_deg),
        ear_line_deg,
        ear_on_trunk_deg: wrapped(ear_line_deg + trunk_deg),
        trunk_deg,
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
    let middle = |of: fn(&Head) -> f64| median(still.iter().map(of));
    Some(Head {
        pitch_deg: middle(|head| head.pitch_deg)?,
        ear_line_deg: middle(|head| head.ear_line_deg)?,
        ear_on_trunk_deg: middle(|head| head.ear_on_trunk_deg)?,
        trunk_deg: middle(|head| head.trunk_deg)?,
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
