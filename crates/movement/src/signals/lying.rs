//! How a body lies or stands on hands and knees: what the floor tests tell apart.

use flow_landmarks::{Landmark, Side};

use super::Frame;
use crate::{
    geometry::Vector,
    track::{hip, shoulder},
};

/// How a body whose trunk is level is turned about its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lying {
    /// The front of the body faces the floor.
    Prone,
    /// The front of the body faces the ceiling.
    Supine,
    /// On its side; this one is up.
    OnSide(Side),
}

/// How a body lies that is seen across its length.
///
/// A body side-on that would face the picture's right when standing points its head there when it faces the floor, and away
/// when it faces the ceiling. On its side, one shoulder and hip lie above the other. Means nothing for an upright trunk.
#[must_use]
pub fn lying(frame: &Frame) -> Lying {
    let body = &frame.body;
    let trunk = body.image(shoulder(frame.near)) - body.image(hip(frame.near));
    let across = |pair: fn(Side) -> Landmark| body.world(pair(Side::Left)) - body.world(pair(Side::Right));
    let Vector { x, y, z } = across(shoulder) + across(hip);
    if y.abs() >= x.hypot(z) {
        // Down is positive: a left that lies higher than the right makes `y` negative.
        Lying::OnSide(if y < 0.0 { Side::Left } else { Side::Right })
    } else if trunk.x * frame.facing > 0.0 {
        Lying::Prone
    } else {
        Lying::Supine
    }
}
