//! From where the body is seen: its turn about the vertical, from the shoulder and hip lines in space.

use flow_landmarks::Side;

use super::{Frame, angles::middle};
use crate::{
    geometry::{Vector, from_vertical_deg},
    track::{self, Body},
};

/// View from which a body counts as seen side-on rather than from the front, degrees.
pub const SIDE_ON_FROM_DEG: f64 = 45.0;

/// The turn of a body.
pub(super) struct Turn {
    /// 0 facing the camera, 90 side-on, 180 facing away; degrees.
    pub view_deg: f64,
    /// The side nearer to the camera.
    pub near: Side,
    /// Unit vector of the body's left, in the horizontal plane of space.
    pub leftward: Vector,
    /// +1 when the body faces the picture's right, -1 when its left.
    pub facing: f64,
}

/// The turn of a body, by the sum of its shoulder and hip lines projected onto the horizontal plane.
pub(super) fn turn(body: &Body) -> Turn {
    let line = |pair: fn(Side) -> flow_landmarks::Landmark| {
        body.world(pair(Side::Left)) - body.world(pair(Side::Right))
    };
    let (shoulders, hips) = (line(track::shoulder), line(track::hip));
    let sum = match (shoulders.is_finite(), hips.is_finite()) {
        (true, true) => shoulders + hips,
        (true, false) => shoulders,
        _ => hips,
    };
    let level = Vector { y: 0.0, ..sum };
    let length = level.length();
    let leftward = if length > 1e-9 {
        level * (1.0 / length)
    } else {
        Vector {
            x: f64::NAN,
            y: f64::NAN,
            z: f64::NAN,
        }
    };
    Turn {
        view_deg: leftward.z.abs().atan2(leftward.x).to_degrees(),
        near: if leftward.z < 0.0 { Side::Left } else { Side::Right },
        leftward,
        // Facing the camera the left is at +x; turned so that the left points away from the camera, the body faces +x.
        facing: if leftward.z < 0.0 { -1.0 } else { 1.0 },
    }
}

/// Mid-hip to mid-shoulder in space, metres.
fn trunk(body: &Body) -> Vector {
    middle(body, track::shoulder, Body::world) - middle(body, track::hip, Body::world)
}

/// How far the trunk of an upright body leans toward where the body faces, in space; degrees, negative is back. World
/// landmarks of people who stand upright facing the camera read -11 to 1 (rendered people) and 0 to 17 (real ones): compare
/// with standing.
#[must_use]
pub fn forward_lean_deg(frame: &Frame) -> f64 {
    let trunk = trunk(&frame.body);
    let leftward = turn(&frame.body).leftward;
    let ahead = trunk.x * leftward.z - trunk.z * leftward.x;
    ahead.atan2(-trunk.y).to_degrees()
}

/// How far a view is from side-on, degrees.
#[must_use]
pub fn view_error_deg(view_deg: f64, wanted_deg: f64) -> f64 {
    (view_deg - wanted_deg).abs()
}

/// How far a body is from being seen side-on, degrees.
///
/// The length of a lying body has to go across the picture too: from its head or feet, the short lines between shoulders
/// and hips that its turn is taken from are seen badly and wander (rendered people).
#[must_use]
pub fn side_error_deg(frame: &Frame) -> f64 {
    view_error_deg(frame.view_deg, 90.0).max(lying_end_on_deg(frame))
}

/// How far the trunk of a lying body points out of the picture, degrees: 0 across it, 90 along the line of sight. 0 for a
/// body that is more upright than level.
#[must_use]
pub fn lying_end_on_deg(frame: &Frame) -> f64 {
    let trunk = trunk(&frame.body);
    if (45.0..135.0).contains(&from_vertical_deg(trunk)) {
        trunk.z.abs().atan2(trunk.x.hypot(trunk.y)).to_degrees()
    } else {
        0.0
    }
}

/// How far the front of a lying body is from pointing at the camera, degrees: the normal of the plane through its shoulders
/// and hips against the line of sight.
#[must_use]
pub fn lying_front_error_deg(frame: &Frame) -> f64 {
    let at = |part: fn(Side) -> flow_landmarks::Landmark, side: Side| frame.body.world(part(side));
    let across = |part| at(part, Side::Left) - at(part, Side::Right);
    let left = across(track::shoulder) + across(track::hip);
    let trunk = at(track::shoulder, Side::Left).middle(at(track::shoulder, Side::Right))
        - at(track::hip, Side::Left).middle(at(track::hip, Side::Right));
    let front = Vector {
        x: left.y * trunk.z - left.z * trunk.y,
        y: left.z * trunk.x - left.x * trunk.z,
        z: left.x * trunk.y - left.y * trunk.x,
    };
    let toward_camera = Vector {
        x: 0.0,
        y: 0.0,
        z: -1.0,
    };
    crate::geometry::between_deg(front, toward_camera)
}
