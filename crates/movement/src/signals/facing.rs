//! Legs of a body that faces the camera, in depth: a bone of known length that looks shorter points toward the camera.
//!
//! Measured on rendered people with known angles, knee flexion at the bottom of a lateral lunge is read within 7 degrees,
//! where world landmarks read 2 to 30 degrees too little.

use flow_landmarks::Side;

use super::{Frame, Scale};
use crate::{
    geometry::{Vector, between_deg},
    track::{ankle, hip, knee},
};

/// Focal length over the longer side of the picture: the middle between the main cameras of phones (26 to 28 mm on 36 mm,
/// and video shows a little less: 0.75 to 0.9) and those of laptops (0.8 to 1.0).
const FOCAL: f64 = 0.9;

/// What is needed to see a leg in depth; lengths and positions in frame heights.
#[derive(Clone, Copy, Debug)]
pub struct Facing {
    thigh: f64,
    shank: f64,
    focal: f64,
    centre: Vector,
}

impl Facing {
    /// For bodies of this size in a picture of this aspect, width over height.
    #[must_use]
    pub fn new(scale: Scale, aspect: f64) -> Self {
        Self {
            thigh: scale.thigh,
            shank: scale.shank,
            focal: FOCAL * aspect.max(1.0),
            centre: Vector::flat(0.5 * aspect, 0.5),
        }
    }

    /// Knee flexion, degrees; the knee is taken to be nearer to the camera than hip and ankle.
    #[must_use]
    pub fn knee_flexion_deg(&self, frame: &Frame, side: Side) -> f64 {
        let [hip, knee, ankle] = [hip(side), knee(side), ankle(side)].map(|joint| frame.body.image(joint));
        let thigh = in_depth(hip - knee, self.thigh);
        let shank = in_depth(ankle - knee, self.shank);
        180.0 - between_deg(thigh, shank)
    }

    /// Tilt of ankle -> knee in the frontal plane, degrees, positive toward the midline.
    ///
    /// Away from the middle of the picture a knee ahead of its ankle looks further out than it is; that is taken back.
    #[must_use]
    pub fn knee_inside_foot_deg(&self, frame: &Frame, side: Side) -> f64 {
        let [knee, ankle] = [knee(side), ankle(side)].map(|joint| frame.body.image(joint));
        let ahead = in_depth(knee - ankle, self.shank).z;
        let shank = knee - ankle - (knee - self.centre) * (ahead / self.focal);
        let inward = match side {
            Side::Left => -1.0,
            Side::Right => 1.0,
        };
        (inward * shank.x).atan2(-shank.y).to_degrees()
    }
}

/// A line in the picture with the depth it must have to be as long as it is; no depth when it looks longer.
fn in_depth(line: Vector, length: f64) -> Vector {
    Vector {
        z: (length * length - line.dot(line)).max(0.0).sqrt(),
        ..line
    }
}
