//! A body that sits and faces the camera, hips and knees bent by 90 degrees: lower legs that swing under thighs which point at
//! the camera, forearms that turn about upper arms which point to the sides.
//!
//! All of it is read in the picture. On rendered people with known angles lower legs come within 4 degrees, also of those
//! turned by 10 degrees.

use flow_catalog::thresholds;
use flow_landmarks::Side;

use super::{Frame, Signals, angles::middle, arms::frontal};
use crate::{
    geometry::{Vector, from_vertical_deg, median},
    track::{Body, ankle, elbow, hip, knee, shoulder, wrist},
};

/// The lower leg from hanging, degrees, positive with the foot outward: the thigh turns in then.
///
/// Against the vertical and not against the leg at rest: a resting foot stands anywhere.
#[must_use]
pub fn shank_out_deg(frame: &Frame, side: Side) -> f64 {
    shank_from_deg(frame, side, knee_place(frame, side))
}

/// The same with the knee at this place.
#[must_use]
pub fn shank_from_deg(frame: &Frame, side: Side, knee_at: Vector) -> f64 {
    let shank = frontal(frame, side, knee(side), ankle(side)) + knee_place(frame, side) - knee_at;
    shank.x.atan2(-shank.y).to_degrees()
}

/// The knee from the middle of the hips in the frontal plane, frame heights: x outward, y up.
#[must_use]
pub fn knee_place(frame: &Frame, side: Side) -> Vector {
    let from = |of: Side| frontal(frame, side, hip(of), knee(side));
    from(Side::Left).middle(from(Side::Right))
}

/// The thigh as long as it looks over the lower leg as long as it looks, the shorter of both sides: about 1 for someone who
/// stands, a third for someone who sits and faces the camera.
#[must_use]
fn thigh_over_shank_ratio(frame: &Frame) -> f64 {
    let ratio = |side: Side| {
        let [hip, knee, ankle] = [hip(side), knee(side), ankle(side)].map(|joint| frame.body.image(joint));
        (knee - hip).length() / (ankle - knee).length()
    };
    ratio(Side::Left).min(ratio(Side::Right))
}

/// Whether someone who faces the camera sits through the clip.
#[must_use]
pub fn sits(signals: &Signals) -> bool {
    let limit = thresholds().hip_shoulder.cutoffs.sitting_ratio.value;
    median(signals.present().map(thigh_over_shank_ratio)).is_some_and(|sitting| sitting < limit)
}

/// The line from the hips to the shoulders in the picture from the vertical, degrees.
#[must_use]
pub fn trunk_tilt_deg(frame: &Frame) -> f64 {
    from_vertical_deg(middle(&frame.body, shoulder, Body::image) - middle(&frame.body, hip, Body::image))
}

/// Shoulder -> elbow as long as it looks, frame heights.
#[must_use]
pub fn upper_arm_length(frame: &Frame, side: Side) -> f64 {
    frontal(frame, side, shoulder(side), elbow(side)).length()
}

/// How long a forearm counts as that turns out of the picture, in upper arm lengths.
///
/// The bone has 0.785 (Drillis & Contini 1966). MediaPipe sees the wrist of a forearm that points half at the camera too far
/// out: 30, 45, 60, 75 and 90 degrees over or under the level show 0.47, 0.67, 0.76, 0.79 and 0.80 upper arm lengths (means of
/// three bodies before three cameras, up and down; 0.06 more or less for cameras lower or higher than the elbows), where the
/// bone would show 0.39, 0.56, 0.68, 0.76 and 0.79. This length reads them as 30, 46, 55, 58 and 59.
const FOREARM_SHOWS: f64 = 0.93;

/// The greatest turn of a forearm that is told, degrees: further ones look the same.
pub const FOREARM_UP_TO_DEG: f64 = 55.0;

/// The forearm over the level, degrees, positive up, from how high its wrist is over the elbow; `upper_arm` is the length of
/// the upper arm in the picture, frame heights.
#[must_use]
pub fn forearm_raise_deg(frame: &Frame, side: Side, upper_arm: f64) -> f64 {
    (frontal(frame, side, elbow(side), wrist(side)).y / (FOREARM_SHOWS * upper_arm))
        .clamp(-1.0, 1.0)
        .asin()
        .to_degrees()
        .clamp(-FOREARM_UP_TO_DEG, FOREARM_UP_TO_DEG)
}
