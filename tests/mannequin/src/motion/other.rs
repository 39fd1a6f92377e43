//! Movements that are none of the tests: what a wrong recording shows.

use glam::Vec3;
use serde::Serialize;

use super::{ease, mix};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
};

/// What is done instead of the test, for a number of seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Other {
    /// Standing about with hanging arms.
    Standing {
        /// How long.
        seconds: f32,
    },
    /// Raising both arms sideways and lowering them.
    ArmRaises {
        /// How long.
        seconds: f32,
    },
    /// Stepping forward into lunges, legs in turn.
    Lunges {
        /// How long.
        seconds: f32,
    },
    /// Walking to the picture's right, out of it.
    WalkingOut {
        /// How long.
        seconds: f32,
        /// When the walk begins; standing before.
        from: f32,
    },
    /// Lying flat on the belly, arms at the sides.
    LyingFlat {
        /// How long.
        seconds: f32,
    },
}

impl Other {
    /// How long it takes.
    #[must_use]
    pub const fn seconds(&self) -> f32 {
        match *self {
            Self::Standing { seconds }
            | Self::ArmRaises { seconds }
            | Self::Lunges { seconds }
            | Self::WalkingOut { seconds, .. }
            | Self::LyingFlat { seconds } => seconds,
        }
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let mut posture = Posture::standing(body, 0.8 * body.shoulder_width);
        match *self {
            Self::Standing { .. } => {}
            Self::ArmRaises { .. } => {
                let up = there_and_back(t, 2.4);
                posture.arms = [Arm::Angles {
                    flexion: 4.0,
                    out: mix(9.0, 150.0, up),
                    elbow: 8.0,
                }; 2];
            }
            Self::Lunges { .. } => lunge(&mut posture, body, t),
            Self::WalkingOut { from, .. } => walk(&mut posture, body, t - from),
            Self::LyingFlat { .. } => lie(&mut posture, body),
        }
        posture
    }
}

/// 0 to 1 and back in `period` seconds, over and over.
fn there_and_back(t: f32, period: f32) -> f32 {
    let share = (t / period).rem_euclid(1.0);
    ease(1.0 - (2.0 * share - 1.0).abs())
}

fn lunge(posture: &mut Posture, body: &Body, t: f32) {
    const PERIOD: f32 = 3.0;
    let deep = there_and_back(t, PERIOD);
    let front = if (t / PERIOD).rem_euclid(2.0) < 1.0 {
        LEFT
    } else {
        RIGHT
    };
    let back = 1 - front;
    let at = |side: usize| posture.feet[side].ankle.x;
    let (front_x, back_x) = (at(front), at(back));
    posture.feet[front] = Foot::planted(body, front, (front_x, 0.62 * deep), 4.0, 0.0);
    posture.feet[front].ankle.y += 0.10 * (std::f32::consts::PI * (2.0 * deep).min(1.0)).sin();
    posture.feet[back] = Foot::planted(body, back, (back_x, -0.10 * deep), 4.0, 0.09 * deep);
    posture.pelvis.y -= 0.42 * body.leg() * deep;
    posture.pelvis.z = mix(posture.pelvis.z, 0.22, deep);
    posture.knees = [LEFT, RIGHT].map(|side| Knee::Toward(Vec3::new(0.05 * outward(side), -0.4, 1.0)));
}

/// Walking at 1.1 m/s; the stride follows Winter (1991) only roughly.
fn walk(posture: &mut Posture, body: &Body, since: f32) {
    if since <= 0.0 {
        return;
    }
    let turn = ease(since / 0.6);
    posture.heading = 90.0 * turn;
    posture.place.0 = 1.1 * (since - 0.3 * turn).max(0.0) * turn;
    let swing = turn * 24.0;
    let phase = std::f32::consts::TAU * 0.9 * since;
    let hips = posture.pelvis;
    let mut lowest = f32::MAX;
    for side in [LEFT, RIGHT] {
        let cycle = phase + if side == LEFT { 0.0 } else { std::f32::consts::PI };
        let thigh = (swing * cycle.sin()).to_radians();
        let bend = (turn * (8.0 + 45.0 * (cycle - 0.9).cos().max(0.0).powi(2))).to_radians();
        let shank = thigh - bend;
        let hip = hips + Vec3::X * (outward(side) * body.hip_width / 2.0);
        let ankle = hip
            + Vec3::new(0.0, -thigh.cos(), thigh.sin()) * body.thigh
            + Vec3::new(0.0, -shank.cos(), shank.sin()) * body.shank;
        posture.feet[side] = Foot::free(ankle, 6.0, -shank.to_degrees() * 0.6);
        posture.knees[side] = Knee::Toward(Vec3::Z);
        posture.arms[side] = Arm::Angles {
            flexion: 2.0 - 0.8 * swing * cycle.sin(),
            out: 8.0,
            elbow: 22.0,
        };
        lowest = lowest.min(sole(body, &posture.feet[side], side));
    }
    // The lower foot stands on the floor.
    posture.pelvis.y -= lowest;
    for foot in &mut posture.feet {
        foot.ankle.y -= lowest;
    }
}

/// On the belly, the toes pointing back.
fn lie(posture: &mut Posture, body: &Body) {
    let half = body.hip_width / 2.0;
    let (pelvis, ankle) = (Vec3::new(0.0, 0.13, 0.15), 0.105);
    posture.pelvis = pelvis;
    posture.pelvis_pitch = 90.0;
    posture.lean = 90.0;
    posture.head_pitch = 86.0;
    posture.arms = [Arm::Angles {
        flexion: 8.0,
        out: 12.0,
        elbow: 4.0,
    }; 2];
    posture.knees = [Knee::Toward(Vec3::NEG_Y); 2];
    let straight = 0.998 * body.leg();
    for side in [LEFT, RIGHT] {
        let at = Vec3::new(outward(side) * half, ankle, pelvis.z - straight);
        posture.feet[side] = Foot::free(at, 0.0, 158.0);
    }
}

/// Height of the lowest point of a sole.
fn sole(body: &Body, foot: &Foot, side: usize) -> f32 {
    [-body.heel_behind(), body.ball_ahead() + 0.24 * body.foot]
        .map(|ahead| (foot.ankle + foot.rotation(side) * Vec3::new(0.0, -body.ankle_height, ahead)).y)
        .into_iter()
        .fold(f32::MAX, f32::min)
}
