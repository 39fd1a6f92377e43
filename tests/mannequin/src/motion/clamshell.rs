//! Test 15, clamshell: on one side, the front of the body toward the person frame's front, hips and knees bent; the upper
//! knee opens while the feet stay together.

use flow_landmarks::Side;
use glam::{Quat, Vec3};
use serde::Serialize;

use super::{ease, part_at};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT},
};

/// Openings of the upper knee, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Clamshells {
    /// The leg that is up; the head is to the picture's left with the left leg up, to its right with the right one.
    pub upper: Side,
    /// How often.
    pub times: u8,
    /// Seconds for one.
    pub tempo: f32,
    /// How far the upper knee turns about the line from hip to ankle, degrees.
    pub opening: f32,
    /// How far pelvis and chest roll back with it, degrees.
    pub roll: f32,
}

/// Lying still before and after.
const READY: f32 = 1.0;
/// Bend of the hips at rest, degrees.
const HIPS: f32 = 45.0;
/// Joints of the lower leg over the floor, metres.
const LOWER: f32 = 0.10;
/// Upper knee and ankle over the lower ones, metres.
const APART: f32 = 0.11;
/// How much less than level the chest lies: the shoulders are wider than the hips, degrees.
const CHEST: f32 = 6.0;

impl Clamshells {
    /// Wide openings over a still pelvis.
    #[must_use]
    pub const fn good(upper: Side) -> Self {
        Self {
            upper,
            times: 5,
            tempo: 2.6,
            opening: 55.0,
            roll: 0.0,
        }
    }

    fn lengths(&self) -> impl Iterator<Item = f32> {
        let repetitions = std::iter::repeat_n(self.tempo, usize::from(self.times));
        std::iter::once(READY).chain(repetitions).chain([READY])
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.lengths().sum()
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let (part, share) = part_at(self.lengths(), t);
        let open = if (1..=usize::from(self.times)).contains(&part) {
            ease((1.25 * (1.0 - (2.0 * share - 1.0).abs())).min(1.0))
        } else {
            0.0
        };
        let (upper, lower, way) = match self.upper {
            Side::Left => (LEFT, RIGHT, 1.0),
            Side::Right => (RIGHT, LEFT, -1.0),
        };
        // With the left side up the head points to -x. The feet stay where they are; the pelvis rolls back about the
        // length of the body, which turns its front up.
        let roll = self.roll * open;
        let lying = Quat::from_rotation_z(way * 90_f32.to_radians());
        let flexed = HIPS.to_radians();
        let thigh = lying * Vec3::new(0.0, -flexed.cos(), flexed.sin()) * body.thigh;
        let shank = lying * Vec3::new(0.0, -flexed.sin(), -flexed.cos()) * body.shank;
        let half = body.hip_width / 2.0;
        let pelvis = Vec3::new(-way * 0.3, LOWER + half, 0.0);
        let mut posture = Posture {
            pelvis,
            pelvis_list: way * 90.0,
            side_lean: -way * (90.0 - CHEST),
            pelvis_pitch: 0.0,
            pelvis_roll: -way * roll,
            head_pitch: 0.0,
            ..Posture::standing(body, body.hip_width)
        };
        let lower_ankle = pelvis - Vec3::Y * half + thigh + shank;
        let upper_ankle = lower_ankle + Vec3::Y * APART;
        for (side, ankle, turned) in [
            (lower, lower_ankle, 0.0),
            (upper, upper_ankle, self.opening * open),
        ] {
            let turned = turned.to_radians();
            posture.knees[side] = Knee::Toward(Vec3::new(0.0, turned.sin(), turned.cos()));
            posture.feet[side] = Foot {
                roll: way * 90.0,
                ..Foot::free(ankle, 0.0, 55.0)
            };
        }
        let chest = pelvis + Vec3::new(-way * body.trunk, 0.0, 0.0);
        let hand = |x: f32, y: f32, z: f32| chest + Vec3::new(-way * x, y - chest.y, z);
        posture.arms[upper] = Arm::To {
            wrist: hand(-0.06, 0.07, 0.30),
            fingers: Vec3::new(-way, 0.0, 0.3),
            elbow: Vec3::new(way, 0.3, 0.5),
        };
        posture.arms[lower] = Arm::To {
            wrist: hand(0.45, 0.07, 0.16),
            fingers: Vec3::new(-way, 0.0, 0.0),
            elbow: Vec3::new(0.0, 0.0, 1.0),
        };
        posture
    }
}
