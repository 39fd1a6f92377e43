//! How far a foot reaches over the floor, from one camera.
//!
//! Positions in the picture are good to about a hundredth of the leg; depth in space is not: it is squeezed by a quarter
//! toward the camera and by half or more away from it. So distances come from the picture where they can:
//!
//! - *Back reaches* follow the lines of the Y, 135 degrees from the front one, so on average their depth equals their
//!   sideways part. From that, the clip's own back reaches tell how much higher a foot appears for each step of depth (the
//!   slope of the floor), whatever the camera's height and tilt; reaches to the left-back and to the right-back count alike,
//!   so that a body not quite facing the camera does not matter. The depth of one reach is then the mean of what its height
//!   in the picture says, which follows a foot that leaves the line, and what the line says, which is less noisy.
//! - *Front reaches* are all depth: the mean of what the height in the picture says and of depth in space, corrected for its
//!   squeeze. The reaching foot may hide the standing one, which then seems to come nearer (rendered people): in the picture
//!   it counts where it stood before.
//!
//! Means are weighted by the inverse of the variances, so a low camera, from which the floor is seen edge-on, leans on lines
//! and space, a higher one on the picture.

use flow_landmarks::Side;

use super::{Frame, Signals};
use crate::{
    geometry::{Vector, mean, median},
    track::{hip, toe},
};

/// Focal length assumed, over the longer side of the picture: 58 degrees of view. Phones and laptops lie between 50 and
/// 68; the choice changes reaches by a few per cent, the same for both legs.
const FOCAL_OVER_LONG_SIDE: f64 = 0.9;

/// True over measured depth of a foot in front of the body in world landmarks, measured on rendered people with known
/// joints: 0.70 to 0.80 of the truth is read.
const DEPTH_GAIN: f64 = 1.35;

/// Standard error of depth in space after that correction, leg lengths; measured on the same people.
const SPACE_ERROR: f64 = 0.15;

/// Standard error of the height between two toes in the picture, leg lengths; measured on the same people.
const HEIGHT_ERROR: f64 = 0.03;

/// Standard error of the sideways distance between two toes in the picture, leg lengths; measured on the same people.
const ASIDE_ERROR: f64 = 0.02;

/// How far feet leave the lines of the Y, as a share of the depth: 4 degrees to either side.
const LINE_ERROR: f64 = 0.15;

/// Standard error of the turn of a body over a clip, as a share of the depth that follows from it for a back reach: 4
/// degrees, measured on rendered people.
const TURN_SPREAD: f64 = 0.14;

/// Largest turn of a body that is reckoned with, degrees; beyond, one of the lines of the Y points at the camera.
const GREATEST_TURN_DEG: f64 = 25.0;

/// Slopes that are believed, leg lengths. Below, the camera lies on the floor; above, it looks down steeply.
const SLOPES: (f64, f64) = (0.35, 3.0);

/// Where the tip of the reaching foot lies from the tip of the standing one, leg lengths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Apart {
    /// Toward the reaching leg's own side, in the picture; negative is across.
    pub outward: f64,
    /// Down in the picture.
    pub down: f64,
}

/// How far the hips are turned to the picture's right, degrees. The shoulders follow a turn less (rendered people with
/// known turns).
fn turned_deg(frame: &Frame) -> f64 {
    let leftward = frame.body.world(hip(Side::Left)) - frame.body.world(hip(Side::Right));
    leftward.z.atan2(leftward.x).to_degrees()
}

/// The displacement of the reaching foot from where the tip of the other, that the body stands on, is in the picture.
#[must_use]
pub fn apart(signals: &Signals, frame: &Frame, stance: Side, stood: Vector) -> Apart {
    let line = frame.body.image(toe(stance.other())) - stood;
    let picture = line * (1.0 / signals.scale.leg);
    let facing = if frame.view_deg > 90.0 { -1.0 } else { 1.0 };
    let right = match stance {
        Side::Left => -facing,
        Side::Right => facing,
    };
    Apart {
        outward: picture.x * right,
        down: picture.y,
    }
}

/// The camera as far as it matters for reaches, in leg lengths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Floor {
    leg: f64,
    leg_m: f64,
    /// Distance of the camera from the standing foot.
    distance: f64,
    /// Half the width of the picture at the standing foot: where the middle of the picture is.
    half_width: f64,
    /// Height of the standing foot below the horizon, in the picture.
    slope: f64,
    /// Depth over sideways part of back reaches to the picture's left and to its right: 1 when the body faces the camera,
    /// else one is longer and the other shorter. With the standard errors, as shares.
    lean: [(f64, f64); 2],
}

impl Floor {
    /// The camera by its usual lens, level, with the floor where the feet stand in the picture most of the time, and the
    /// lines of the Y turned as the body is most of the time.
    #[must_use]
    pub fn new(signals: &Signals, aspect: f64) -> Self {
        let leg = signals.scale.leg;
        let turn = median(signals.present().map(turned_deg)).unwrap_or(0.0);
        let turn = turn.clamp(-GREATEST_TURN_DEG, GREATEST_TURN_DEG);
        let lean = |angle: f64| (angle.to_radians().tan(), TURN_SPREAD);
        let feet = median(signals.present().map(|frame| frame.foot_lowest.mean())).unwrap_or(1.0);
        Self {
            leg,
            leg_m: signals.scale.leg_m,
            distance: FOCAL_OVER_LONG_SIDE * aspect.max(1.0) / leg,
            half_width: 0.5 * aspect / leg,
            slope: ((feet - 0.5) / leg).clamp(SLOPES.0, SLOPES.1),
            // A body turned to the picture's right has its right-back line more across the picture.
            lean: [lean(45.0 - turn), lean(45.0 + turn)],
        }
    }

    /// Depth for each step of height in the picture, roughly, for telling reaches and directions apart.
    #[must_use]
    pub fn depth_per_height(&self) -> f64 {
        (self.distance / self.slope).clamp(2.5, 6.0)
    }

    /// Learns the slope of the floor and the turn of the body from back reaches, where there are any.
    #[must_use]
    pub fn learn(self, back: &[(&Frame, Side)]) -> Self {
        let slope_of = |&(frame, stance): &(&Frame, Side)| {
            let mut depth = 0.0;
            // The sideways part grows with the depth it is seen at; a few rounds settle it to a thousandth.
            for _ in 0..4 {
                let aside = self.aside(frame, stance, depth);
                depth = aside.abs() * self.lean_of(aside).0;
            }
            self.rise(frame, stance) * (self.distance + depth) / depth
        };
        let group = |right: bool| {
            let reaches = || {
                back.iter()
                    .filter(move |(frame, stance)| (self.aside(frame, *stance, 0.0) > 0.0) == right)
            };
            let rise = median(reaches().map(|(frame, stance)| self.rise(frame, *stance)));
            median(reaches().map(slope_of)).zip(rise)
        };
        let (left, right) = (group(false), group(true));
        let learnt = mean([left, right].into_iter().flatten().map(|(slope, _)| slope));
        let slope = learnt
            .filter(|slope| (SLOPES.0..=SLOPES.1).contains(slope))
            .unwrap_or(self.slope);
        let lean = |group: Option<(f64, f64)>, (before, error): (f64, f64)| {
            group.map_or((before, error), |(of, rise)| {
                let sure = weight(HEIGHT_ERROR / rise.abs().max(1e-6), error);
                (
                    before * (1.0 + (of / slope - 1.0).clamp(-0.5, 0.5) * sure),
                    error * (1.0 - sure).sqrt(),
                )
            })
        };
        Self {
            slope,
            lean: [lean(left, self.lean[0]), lean(right, self.lean[1])],
            ..self
        }
    }

    /// Depth over sideways part, for a reach that goes `aside`, with its standard error as a share.
    fn lean_of(&self, aside: f64) -> (f64, f64) {
        self.lean[usize::from(aside > 0.0)]
    }

    /// Height of the reaching foot over the standing one in the picture, leg lengths.
    fn rise(&self, frame: &Frame, stance: Side) -> f64 {
        (frame.body.image(toe(stance)).y - frame.body.image(toe(stance.other())).y) / self.leg
    }

    /// Sideways part of a reach that ends `depth` behind the standing foot: positive to the picture's right, leg lengths.
    fn aside(&self, frame: &Frame, stance: Side, depth: f64) -> f64 {
        let from_middle = |side: Side| frame.body.image(toe(side)).x / self.leg - self.half_width;
        from_middle(stance.other()) * (1.0 + depth / self.distance) - from_middle(stance)
    }

    /// Depth of a reach behind the standing foot by its height in the picture, with its standard error, leg lengths;
    /// negative in front.
    fn depth(&self, rise: f64) -> (f64, f64) {
        // Nearness falls with height; it never reaches the horizon.
        let nearness = (1.0 - rise / self.slope).max(0.2);
        let away = self.distance / nearness;
        (
            away - self.distance,
            HEIGHT_ERROR * away * away / (self.distance * self.slope),
        )
    }

    /// A back reach.
    #[must_use]
    pub fn back_reach(&self, frame: &Frame, stance: Side) -> Length {
        let (by_height, height_error) = self.depth(self.rise(frame, stance));
        let aside = self.aside(frame, stance, by_height);
        let (lean, lean_error) = self.lean_of(aside);
        let on_line = aside.abs() * lean;
        let (own, turn) = (on_line * LINE_ERROR, on_line * lean_error);
        let share = weight(height_error, own.hypot(turn));
        let depth = share * by_height + (1.0 - share) * on_line;
        let error = (share * height_error).hypot((1.0 - share) * own);
        let ratio = self.aside(frame, stance, depth).hypot(depth);
        Length {
            ratio,
            error: ASIDE_ERROR.hypot(error * depth / ratio),
            turn_error: (1.0 - share) * turn * depth / ratio,
        }
    }

    /// A front reach from where the tip of the standing foot was in the picture.
    #[must_use]
    pub fn front_reach(&self, frame: &Frame, stance: Side, stood: Vector) -> Length {
        let line = frame.body.world(toe(stance.other())) - frame.body.world(toe(stance));
        let space = Vector { y: 0.0, ..line }.length() / self.leg_m * DEPTH_GAIN;
        let (depth, error) = self.depth((stood.y - frame.body.image(toe(stance.other())).y) / self.leg);
        let picture = depth.hypot(self.aside(frame, stance, depth));
        let share = weight(error, SPACE_ERROR);
        Length {
            ratio: share * picture + (1.0 - share) * space,
            error: (share * error).hypot((1.0 - share) * SPACE_ERROR),
            turn_error: 0.0,
        }
    }
}

/// A length with its standard errors, leg lengths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// The length.
    pub ratio: f64,
    /// Its own standard error.
    pub error: f64,
    /// The standard error from not knowing the body's turn better, which all reaches of a clip share: it makes those to
    /// the one side of the picture longer and those to the other shorter.
    pub turn_error: f64,
}

/// Weight of a value with standard error `own` in a mean with one of standard error `other`, by the inverse of their
/// variances.
fn weight(own: f64, other: f64) -> f64 {
    let weight = 1.0 / (1.0 + (own / other).powi(2));
    if weight.is_nan() { 0.0 } else { weight }
}
