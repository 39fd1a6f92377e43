//! Arms of a body that faces the camera: how far the upper arms are raised sideways, how the forearms stand on them, how
//! near the shoulders are to the ears.
//!
//! All of it is read in the picture: on rendered people with known angles raise and tilt come within 4 degrees. World landmarks
//! see forearms that stand upright 25 degrees ahead (45 with low elbows) and those 55 degrees ahead at 45, and an upright trunk
//! lean by 1 to 25 degrees as the arms go up.

use flow_landmarks::{Landmark, Side};

use super::Frame;
use crate::{
    geometry::{Vector, between_deg},
    track::{elbow, hip, shoulder, wrist},
};

/// A line of the picture in the frontal plane of the body: x outward on the side it belongs to, y up. A body that is turned
/// a little looks narrower than it is.
pub(super) fn frontal(frame: &Frame, side: Side, from: Landmark, to: Landmark) -> Vector {
    let line = frame.body.image(to) - frame.body.image(from);
    let outward = match side {
        Side::Left => 1.0,
        Side::Right => -1.0,
    };
    let narrowed = frame.view_deg.min(60.0).to_radians().cos();
    Vector::flat(outward * line.x / narrowed, -line.y)
}

/// The upper arm in the frontal plane against the line of the shoulders, so that a trunk that leans does not count: 0 hangs,
/// 90 continues that line, 180 points straight up; degrees.
#[must_use]
pub fn upper_arm_raise_deg(frame: &Frame, side: Side) -> f64 {
    let arm = frontal(frame, side, shoulder(side), elbow(side));
    let shoulders = frontal(frame, side, shoulder(side.other()), shoulder(side));
    let raise = (arm.x.atan2(-arm.y) - shoulders.y.atan2(shoulders.x)).to_degrees();
    // Past straight up it goes on, not to -170.
    if raise < -90.0 { raise + 360.0 } else { raise }
}

/// Tilt of elbow -> wrist in the frontal plane from straight up, degrees, positive toward the midline.
#[must_use]
pub fn forearm_in_deg(frame: &Frame, side: Side) -> f64 {
    let forearm = frontal(frame, side, elbow(side), wrist(side));
    (-forearm.x).atan2(forearm.y).to_degrees()
}

/// How far the wrist is off the upright through the elbow in the frontal plane, frame heights, positive toward the midline.
#[must_use]
pub fn wrist_inside_elbow(frame: &Frame, side: Side) -> f64 {
    -frontal(frame, side, elbow(side), wrist(side)).x
}

/// Bend of the elbow in the frontal plane, degrees.
#[must_use]
pub fn elbow_bend_deg(frame: &Frame, side: Side) -> f64 {
    let upper = frontal(frame, side, shoulder(side), elbow(side));
    let fore = frontal(frame, side, elbow(side), wrist(side));
    between_deg(upper, fore)
}

/// Elbow -> wrist as long as it looks, a turned body corrected for, frame heights.
#[must_use]
pub fn forearm_length(frame: &Frame, side: Side) -> f64 {
    frontal(frame, side, elbow(side), wrist(side)).length()
}

/// Middle of the ears beyond the middle of the shoulders along the line from hips to shoulders, which may lean, in the
/// picture, as a share of that line.
#[must_use]
pub fn ears_over_shoulders_ratio(frame: &Frame) -> f64 {
    let at = |landmark| frame.body.image(landmark);
    let ears = at(Landmark::LeftEar).middle(at(Landmark::RightEar));
    let middle = |pair: fn(Side) -> Landmark| at(pair(Side::Left)).middle(at(pair(Side::Right)));
    let (shoulders, hips) = (middle(shoulder), middle(hip));
    let trunk = shoulders - hips;
    (ears - shoulders).dot(trunk) / trunk.dot(trunk)
}

/// Lean of the line from the hips to the shoulders to either side in the picture, degrees.
#[must_use]
pub fn side_lean_deg(frame: &Frame) -> f64 {
    let at = |landmark| frame.body.image(landmark);
    let middle = |pair: fn(Side) -> Landmark| at(pair(Side::Left)).middle(at(pair(Side::Right)));
    let trunk = middle(shoulder) - middle(hip);
    trunk.x.atan2(-trunk.y).to_degrees()
}
