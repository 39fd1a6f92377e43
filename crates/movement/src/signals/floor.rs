//! How far a foot reaches over the floor, from the picture.
//!
//! Positions in the picture are good to about a hundredth of the leg, depth in space is not: it is squeezed by a quarter and
//! more toward the camera and by half or more away from it. So distances come from the picture where they can:
//!
//! - *Back reaches* follow the lines of the Y, 135 degrees from the front one, so on average their depth equals their
//!   sideways part. From that, the clip's own back reaches tell how much higher a foot appears for each step of depth (the
//!   slope of the floor), whatever the camera's height and tilt; reaches to the left-back and to the right-back count alike, so
//!   that a body not quite facing the camera does not matter. Each reach then has a sideways part and a depth.
//! - *Front reaches* are all depth. A foot nearer to the camera is lower in the picture; how much lower for a known depth is
//!   learnt from the back reaches of the same clip (without any, from a level camera). The estimate is averaged with the
//!   depth in space, corrected for its squeeze: their errors are independent, about 10 % and 20 % of the reach.

use flow_landmarks::Side;

use super::{Frame, Scale};
use crate::{
    geometry::{Vector, mean, median},
    track::toe,
};

/// Focal length assumed, over the longer side of the picture: 58 degrees of view. Phones and laptops lie between 50 and
/// 68; the choice changes reaches by a few per cent, the same for both legs.
const FOCAL_OVER_LONG_SIDE: f64 = 0.9;

/// True over measured depth of a foot in front of the body in world landmarks, measured on rendered people with known
/// joints: 0.70 to 0.80 of the truth is read.
const DEPTH_GAIN: f64 = 1.35;

/// Weight of the picture against depth in space for front reaches: by the inverse of their variances it would be 0.8, less
/// because the picture's error is larger for low cameras.
const PICTURE_WEIGHT: f64 = 0.7;

/// Slopes outside this range, in leg lengths, mean that the camera lies on the floor or looks down steeply: then a foot's
/// height in the picture does not tell its depth.
const USABLE_SLOPES: std::ops::RangeInclusive<f64> = 0.35..=3.0;

/// Where the tip of the reaching foot lies from the tip of the standing one, in the picture, leg lengths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Apart {
    /// Toward the reaching leg's own side; negative is across.
    pub outward: f64,
    /// Down in the picture.
    pub down: f64,
}

/// The displacement of the reaching foot when the body stands on `stance`.
#[must_use]
pub fn apart(frame: &Frame, stance: Side, scale: Scale) -> Apart {
    let line = (frame.body.image(toe(stance.other())) - frame.body.image(toe(stance))) * (1.0 / scale.leg);
    Apart {
        outward: line.x * outward_sign(frame, stance),
        down: line.y,
    }
}

/// +1 when the reaching leg's own side is at the picture's right.
fn outward_sign(frame: &Frame, stance: Side) -> f64 {
    let facing = if frame.view_deg > 90.0 { -1.0 } else { 1.0 };
    match stance {
        Side::Left => -facing,
        Side::Right => facing,
    }
}

/// The camera as far as it matters for reaches, in leg lengths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Floor {
    /// Distance of the camera from the standing foot.
    distance: f64,
    /// Half the width of the picture at the standing foot: where the middle of the picture is.
    half_width: f64,
    /// Height of the standing foot below the horizon, in the picture. `None` when it cannot be told.
    slope: Option<f64>,
    /// Depth over sideways part of back reaches to the picture's left and to its right: 1 when the body faces the camera,
    /// else one is longer and the other shorter by the same factor.
    lean: (f64, f64),
}

impl Floor {
    /// The camera by its usual lens; the slope of the floor still unknown.
    #[must_use]
    pub fn new(scale: Scale, aspect: f64) -> Self {
        Self {
            distance: FOCAL_OVER_LONG_SIDE * aspect.max(1.0) / scale.leg,
            half_width: 0.5 * aspect / scale.leg,
            slope: None,
            lean: (1.0, 1.0),
        }
    }

    /// Learns the slope of the floor from back reaches; without any, takes the camera as level.
    #[must_use]
    pub fn learn(self, back: &[(&Frame, Side)], any: Option<(&Frame, Side)>, scale: Scale) -> Self {
        let slope_of = |&(frame, stance): &(&Frame, Side)| {
            let mut depth = 0.0;
            // The sideways part grows with the depth it is seen at; three rounds settle it to a thousandth.
            for _ in 0..4 {
                depth = self.aside(frame, stance, scale, depth).abs();
            }
            -apart(frame, stance, scale).down * (self.distance + depth) / depth
        };
        let toward = |right: bool| {
            median(
                back.iter()
                    .filter(|(frame, stance)| (self.aside(frame, *stance, scale, 0.0) > 0.0) == right)
                    .map(slope_of),
            )
        };
        let level = any.map(|(frame, stance)| (frame.body.image(toe(stance)).y - 0.5) / scale.leg);
        let (left, right) = (toward(false), toward(true));
        let slope = mean([left, right].into_iter().flatten())
            .or(level)
            .filter(|slope| USABLE_SLOPES.contains(slope));
        let lean = |of: Option<f64>| {
            of.zip(slope)
                .map_or(1.0, |(of, slope)| (of / slope).clamp(0.5, 2.0))
        };
        Self {
            slope,
            lean: (lean(left), lean(right)),
            ..self
        }
    }

    /// Whether the height of a foot in the picture tells its depth.
    #[must_use]
    pub const fn tells_depth(&self) -> bool {
        self.slope.is_some()
    }

    /// Sideways part of a reach that ends `depth` behind the standing foot: positive to the picture's right, leg lengths.
    fn aside(&self, frame: &Frame, stance: Side, scale: Scale, depth: f64) -> f64 {
        let from_middle = |side: Side| frame.body.image(toe(side)).x / scale.leg - self.half_width;
        from_middle(stance.other()) * (1.0 + depth / self.distance) - from_middle(stance)
    }

    /// Depth of a reach behind the standing foot by its height in the picture, leg lengths; negative in front.
    fn depth(&self, frame: &Frame, stance: Side, scale: Scale) -> Option<f64> {
        let nearer = apart(frame, stance, scale).down / self.slope?;
        Some(-self.distance * nearer / (1.0 + nearer))
    }

    /// Length of a back reach, leg lengths.
    ///
    /// Its depth is the mean of what its own height in the picture says and what the lines of the Y say: the first follows a
    /// foot that leaves the line, the second is less noisy. Without a slope only the second is left.
    #[must_use]
    pub fn back_reach(&self, frame: &Frame, stance: Side, scale: Scale) -> f64 {
        let by_height = self.depth(frame, stance, scale);
        let aside = self.aside(frame, stance, scale, by_height.unwrap_or(0.0));
        let on_line = aside.abs() * if aside < 0.0 { self.lean.0 } else { self.lean.1 };
        let depth = by_height.map_or(on_line, |depth| 0.5 * (depth + on_line));
        self.aside(frame, stance, scale, depth).hypot(depth)
    }

    /// Length of a front reach, leg lengths.
    #[must_use]
    pub fn front_reach(&self, frame: &Frame, stance: Side, scale: Scale) -> f64 {
        let line = frame.body.world(toe(stance.other())) - frame.body.world(toe(stance));
        let space = Vector { y: 0.0, ..line }.length() / scale.leg_m * DEPTH_GAIN;
        let picture = self
            .depth(frame, stance, scale)
            .map(|depth| depth.hypot(self.aside(frame, stance, scale, depth)));
        picture.map_or(space, |picture| {
            PICTURE_WEIGHT * picture + (1.0 - PICTURE_WEIGHT) * space
        })
    }
}
