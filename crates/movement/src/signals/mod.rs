//! Per-frame signals of the body: joint angles, view, heights and distances, with units in their names.
//!
//! # Definitions
//!
//! Joint centres are MediaPipe's landmarks, but for the shoulder of hip and shoulder flexion in the picture: that landmark
//! goes along with a raised arm, which is taken back. "mid" is the middle between left and right.
//!
//! | signal | definition |
//! |---|---|
//! | knee flexion | 180 - angle (hip, knee, ankle) |
//! | hip flexion | 180 - angle (shoulder, hip, knee) |
//! | shoulder flexion | angle between shoulder -> elbow and shoulder -> hip |
//! | trunk lean | angle of mid-hip -> mid-shoulder from vertical |
//! | shin lean | angle of ankle -> knee from vertical |
//! | thigh below horizontal | angle of knee -> hip below the horizontal, positive when the hip is lower; facing the camera, the arcsine of its height in the picture over the length of the thigh |
//! | arm raise | angle of shoulder -> wrist from straight down |
//! | frontal-plane projection angle | signed angle of hip -> knee against knee -> ankle in the frontal plane of the body, positive when the knee is on the inner side |
//! | knee inside foot | tilt of ankle -> knee in the frontal plane, positive toward the midline |
//! | hip offset | 180 - angle (shoulder, hip, ankle), positive when the hip lies above the line from shoulder to ankle, negative below it |
//! | thigh off trunk, arm off trunk | angle of a limb from the line of the trunk in the picture, 0 when stretched out in line, positive toward the front |
//! | heel rise | heel above toe, over leg length; compare with standing |
//!
//! # Which coordinates
//!
//! Sagittal angles are taken in the picture (aspect-corrected) when the body is seen side-on and from world landmarks
//! when it faces the camera; between 45 and 65 degrees of view one fades into the other, so that nothing jumps in a
//! turn. World landmarks read 10 to 15 degrees too little in a deep squat seen from the front (rendered people with known
//! angles), so protocols do not take knees and hips from there: [`Facing`] reads knees from the lengths of the bones. The
//! lateral lunge takes the trunk from there, against standing: [`forward_lean_deg`]. Frontal-plane angles are taken in the
//! picture when facing the camera and from world landmarks, projected onto the body's own frontal plane, from 40 degrees
//! on; 20 to 40 fade.

mod angles;
mod arms;
mod facing;
mod floor;
mod head;
mod hip_line;
mod lying;
mod repetitions;
mod seated;
mod sway;
mod trunk_line;
mod view;

use flow_landmarks::{Clip, Side};

pub use arms::{
    ears_over_shoulders_ratio, elbow_bend_deg, forearm_in_deg, forearm_length, side_lean_deg,
    upper_arm_raise_deg, wrist_inside_elbow,
};
pub use facing::Facing;
pub use floor::{Apart, Floor, Length, apart};
pub use head::{Head, faced, head, looking_ahead};
pub use hip_line::{HipLine, hip_line};
pub use lying::{Lying, lying};
pub use repetitions::{Run, swings, waves};
pub use seated::{
    FOREARM_UP_TO_DEG, forearm_raise_deg, knee_place, shank_from_deg, shank_out_deg, sits, trunk_tilt_deg,
    upper_arm_length,
};
pub use sway::{Sway, sway};
pub use trunk_line::{arm_off_trunk_deg, thigh_at_hip_deg, thigh_off_trunk_deg};
pub use view::{
    SIDE_ON_FROM_DEG, forward_lean_deg, lying_end_on_deg, lying_front_error_deg, side_error_deg,
    view_error_deg,
};

use crate::{
    assessment::SeenFrom,
    geometry::{Vector, quantile},
    track::{self, Body, Track},
    unrest,
};

/// A value for each side of the body.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the names say it all")]
pub struct Sides<T> {
    pub left: T,
    pub right: T,
}

impl<T> Sides<T> {
    /// Computes the value of each side.
    pub fn of(value: impl Fn(Side) -> T) -> Self {
        Self {
            left: value(Side::Left),
            right: value(Side::Right),
        }
    }

    /// The value of one side, borrowed.
    #[must_use]
    pub const fn side(&self, side: Side) -> &T {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }
}

impl<T: Copy> Sides<T> {
    /// The value of one side.
    #[must_use]
    pub const fn get(&self, side: Side) -> T {
        *self.side(side)
    }
}

impl Sides<f64> {
    /// The mean of the sides that are numbers, `NaN` if neither is.
    #[must_use]
    pub fn mean(&self) -> f64 {
        crate::geometry::mean([self.left, self.right]).unwrap_or(f64::NAN)
    }
}

/// The signals at one moment; what cannot be computed is `NaN`.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "defined in the table of the module")]
pub struct Frame {
    /// Seconds from the start of the clip.
    pub t: f64,
    /// Index of the nearest observation of the clip.
    pub observation: usize,
    /// Angle between the body and the camera: 0 facing it, 90 side-on, 180 facing away. Degrees.
    pub view_deg: f64,
    /// The side nearer to the camera; meaningful when side-on.
    pub near: Side,
    /// +1 when the body faces the picture's right, -1 when its left; meaningful when side-on.
    pub facing: f64,
    pub knee_flexion_deg: Sides<f64>,
    pub hip_flexion_deg: Sides<f64>,
    pub shoulder_flexion_deg: Sides<f64>,
    pub trunk_lean_deg: f64,
    pub shin_lean_deg: Sides<f64>,
    pub thigh_below_horizontal_deg: Sides<f64>,
    pub arm_raise_deg: Sides<f64>,
    pub fppa_deg: Sides<f64>,
    pub knee_inside_foot_deg: Sides<f64>,
    /// Heel above toe in leg lengths; the difference to standing is the heel rise.
    pub heel_over_toe_ratio: Sides<f64>,
    /// Ankle above toe in leg lengths: a foot is rigid, so it goes up with the heel.
    pub ankle_over_toe_ratio: Sides<f64>,
    /// Middle of the wrists ahead of the toes in the direction the body faces, in leg lengths; side-on only.
    pub hands_ahead_of_toes_ratio: f64,
    /// Lowest point of each foot (ankle, heel, toe) in the picture, frame heights, y down.
    pub foot_lowest: Sides<f64>,
    /// Ankles in the picture, frame heights.
    pub ankle: Sides<Vector>,
    /// Middle of the hips in the picture, frame heights.
    pub pelvis: Vector,
    /// Middle of trunk (half way between mid-hip and mid-shoulder), a stand-in for the centre of mass, frame heights.
    pub trunk_middle: Vector,
    /// Pitch of the face by Face Mesh, greater with the face down; degrees, `NaN` where no face is seen. The mesh turns by less
    /// than the head, and what is level differs from face to face: see [`flow_landmarks::Face`].
    pub face_pitch_deg: f64,
    /// The smoothed body itself.
    pub body: Body,
}

impl Frame {
    /// From where the body is seen.
    #[must_use]
    pub fn seen_from(&self) -> SeenFrom {
        if self.view_deg > 135.0 {
            SeenFrom::Back
        } else if self.view_deg > SIDE_ON_FROM_DEG {
            SeenFrom::Side
        } else {
            SeenFrom::Front
        }
    }

    /// The knee-inside-foot angle with the foot at `foot` in the picture, for a foot that is known to have stayed; from
    /// world landmarks alone where the body is turned, degrees.
    #[must_use]
    pub fn knee_inside_deg(&self, side: Side, foot: Vector) -> f64 {
        angles::knee_inside_deg(&self.body, side, foot)
    }
}

/// Lengths of the body over the whole clip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Mid-hip to mid-shoulder in the picture, frame heights: the 90th percentile, so that leaning does not shorten it.
    pub torso: f64,
    /// Hip to knee to ankle in the picture, frame heights: the 90th percentile.
    pub leg: f64,
    /// Hip to knee in the picture, frame heights: the 90th percentile.
    pub thigh: f64,
    /// Knee to ankle in the picture, frame heights: the 90th percentile.
    pub shank: f64,
    /// Hip to knee to ankle in space, metres: the median.
    pub leg_m: f64,
}

/// The signals of a clip on the even grid of [`Track`].
#[derive(Clone, Debug, PartialEq)]
pub struct Signals {
    /// Time of each point of the grid and its signals, `None` where nobody was seen and where it is doubtful.
    pub frames: Vec<Option<Frame>>,
    /// Time in seconds of each point of the grid.
    pub times: Vec<f64>,
    /// Index of the nearest observation of each point of the grid.
    pub observations: Vec<usize>,
    /// The gaps in which somebody was found, but not to be trusted: landmarks jump about, or left and right are taken for
    /// each other.
    pub doubtful: Vec<bool>,
    /// Lengths of the body.
    pub scale: Scale,
}

impl Signals {
    /// Computes the signals of a clip.
    #[must_use]
    pub fn new(clip: &Clip) -> Self {
        Self::from_track(&Track::new(clip))
    }

    /// The same, with left and right as they were found even where they are taken for each other.
    #[must_use]
    pub fn with_sides_as_found(clip: &Clip) -> Self {
        Self::from_track(&Track::with_sides_as_found(clip))
    }

    /// Computes the signals of a clip that is on the grid already.
    #[must_use]
    pub fn from_track(track: &Track) -> Self {
        let scale = Scale::of(track);
        let restless = unrest::restless(track, scale.torso);
        let doubtful: Vec<bool> = track
            .samples
            .iter()
            .zip(&restless)
            .map(|(sample, &restless)| sample.confused || restless)
            .collect();
        let frames = track
            .samples
            .iter()
            .zip(&restless)
            .map(|(sample, &restless)| {
                let body = sample.body.as_ref().filter(|_| !restless)?;
                Some(angles::frame(sample, body, scale))
            })
            .collect();
        Self {
            frames,
            times: track.samples.iter().map(|sample| sample.t).collect(),
            observations: track.samples.iter().map(|sample| sample.observation).collect(),
            doubtful,
            scale,
        }
    }

    /// Seconds from the first to the last point of the grid.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.times
            .last()
            .zip(self.times.first())
            .map_or(0.0, |(last, first)| last - first)
    }

    /// The frames that are not gaps.
    pub fn present(&self) -> impl Iterator<Item = &Frame> {
        self.frames.iter().flatten()
    }

    /// The frames from `start` to `end` (both included) that are not gaps.
    pub fn between(&self, start: usize, end: usize) -> impl Iterator<Item = &Frame> {
        self.frames
            .iter()
            .take(end.saturating_add(1))
            .skip(start)
            .flatten()
    }

    /// Whether somebody is seen within `reach` points of the grid before `index`.
    #[must_use]
    pub fn seen_before(&self, index: usize, reach: usize) -> bool {
        let from = index.saturating_sub(reach);
        self.frames
            .get(from..index)
            .is_some_and(|frames| frames.iter().any(Option::is_some))
    }

    /// Whether somebody is seen within `reach` points of the grid after `index`.
    #[must_use]
    pub fn seen_after(&self, index: usize, reach: usize) -> bool {
        self.frames
            .iter()
            .skip(index + 1)
            .take(reach)
            .any(Option::is_some)
    }

    /// Whether somebody is seen from one point of the grid to another, but for gaps of at most `bridge` points.
    #[must_use]
    pub fn seen_throughout(&self, start: usize, end: usize, bridge: usize) -> bool {
        let frames = self.frames.get(start..=end).unwrap_or_default();
        let gaps = frames.chunk_by(|a, b| a.is_some() == b.is_some());
        gaps.filter(|gap| gap[0].is_none()).all(|gap| gap.len() <= bridge)
    }

    /// One number per point of the grid, `NaN` in gaps.
    pub fn series(&self, value: impl Fn(&Frame) -> f64) -> Vec<f64> {
        self.frames
            .iter()
            .map(|frame| frame.as_ref().map_or(f64::NAN, &value))
            .collect()
    }
}

impl Scale {
    fn of(track: &Track) -> Self {
        let lengths = |length: &dyn Fn(&Body) -> f64, share: f64| {
            let length = quantile(track.bodies().map(|(_, body)| length(body)), share);
            length.filter(|length| *length > 1e-6).unwrap_or(f64::NAN)
        };
        let thigh =
            |body: &Body, side: Side| (body.image(track::hip(side)) - body.image(track::knee(side))).length();
        let shank = |body: &Body, side: Side| {
            (body.image(track::knee(side)) - body.image(track::ankle(side))).length()
        };
        let leg_m = |body: &Body, side: Side| {
            let [hip, knee, ankle] = [track::hip(side), track::knee(side), track::ankle(side)]
                .map(|landmark| body.world(landmark));
            (hip - knee).length() + (knee - ankle).length()
        };
        let longer = |of: &dyn Fn(Side) -> f64| of(Side::Left).max(of(Side::Right));
        Self {
            torso: lengths(&|body| angles::torso_image(body).length(), 0.9),
            leg: lengths(&|body| longer(&|side| thigh(body, side) + shank(body, side)), 0.9),
            thigh: lengths(&|body| longer(&|side| thigh(body, side)), 0.9),
            shank: lengths(&|body| longer(&|side| shank(body, side)), 0.9),
            leg_m: lengths(&|body| Sides::of(|side| leg_m(body, side)).mean(), 0.5),
        }
    }
}
