//! Test 15, clamshell: on one side, the front of the body toward the person frame's front, hips and knees bent; the upper
//! knee opens while the feet stay together. Then over to the other side, by way of sitting.

use flow_landmarks::Side;
use glam::{Quat, Vec3};
use serde::Serialize;

use super::{ease, mix, part_at};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT},
};

/// Openings of the upper knee, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Clamshells {
    /// The leg that is up, at first; the head is to the picture's left with the left leg up, to its right with the right one.
    pub upper: Side,
    /// How often, each leg.
    pub times: u8,
    /// Seconds for one.
    pub tempo: f32,
    /// How far the upper knee turns about the line from hip to ankle, degrees.
    pub opening: f32,
    /// The same of the other leg, after turning over; `None` leaves it out.
    pub then: Option<f32>,
    /// How far pelvis and chest roll back with it, degrees.
    pub roll: f32,
}

/// Lying still before and after.
const READY: f32 = 1.0;
/// Turning over, seconds.
const OVER: f32 = 3.0;
/// Bend of the hips at rest, degrees.
const HIPS: f32 = 45.0;
/// Joints of the lower leg over the floor, metres.
const LOWER: f32 = 0.10;
/// Upper knee and ankle over the lower ones, metres.
const APART: f32 = 0.11;
/// How much less than level the chest lies: the shoulders are wider than the hips, degrees.
const CHEST: f32 = 6.0;

#[derive(Clone, Copy)]
enum Part {
    /// Lying still with this leg up.
    Ready(Side),
    /// With this leg up, opening by so many degrees.
    Opening(Side, f32),
    Over,
}

impl Clamshells {
    /// Wide openings over a still pelvis.
    #[must_use]
    pub const fn good(upper: Side) -> Self {
        Self {
            upper,
            times: 5,
            tempo: 2.6,
            opening: 55.0,
            then: None,
            roll: 0.0,
        }
    }

    fn parts(&self) -> impl Iterator<Item = (Part, f32)> {
        let side = |upper: Side, opening: f32| {
            let repetitions = std::iter::repeat_n(
                (Part::Opening(upper, opening), self.tempo),
                usize::from(self.times),
            );
            std::iter::once((Part::Ready(upper), READY))
                .chain(repetitions)
                .chain([(Part::Ready(upper), READY)])
        };
        let then = self
            .then
            .map(|opening| std::iter::once((Part::Over, OVER)).chain(side(self.upper.other(), opening)));
        side(self.upper, self.opening).chain(then.into_iter().flatten())
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.parts().map(|(_, length)| length).sum()
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let parts: Vec<(Part, f32)> = self.parts().collect();
        let (at, share) = part_at(parts.iter().map(|(_, length)| *length), t);
        match parts[at].0 {
            Part::Ready(upper) => self.lying(body, upper, 0.0, 0.0),
            Part::Opening(upper, opening) => {
                let open = ease((1.25 * (1.0 - (2.0 * share - 1.0).abs())).min(1.0));
                self.lying(body, upper, opening, open)
            }
            Part::Over => {
                let [from, to] =
                    [self.upper, self.upper.other()].map(|upper| self.lying(body, upper, 0.0, 0.0));
                over(&from, &to, ease(share))
            }
        }
    }

    /// Lying on one side, the upper knee open by a share of `opening`.
    fn lying(&self, body: &Body, upper: Side, opening: f32, open: f32) -> Posture {
        let (upper, lower, way) = match upper {
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
        for (side, ankle, turned) in [(lower, lower_ankle, 0.0), (upper, upper_ankle, opening * open)] {
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

/// How far the feet are lifted on the way from one side to the other, metres.
const LIFT: f32 = 0.06;

/// Between lying on one side and on the other: sitting, the knees up.
fn over(from: &Posture, to: &Posture, share: f32) -> Posture {
    let between = |from: f32, to: f32| mix(from, to, share);
    let mut posture = Posture {
        pelvis: from.pelvis.lerp(to.pelvis, share),
        pelvis_list: between(from.pelvis_list, to.pelvis_list),
        side_lean: between(from.side_lean, to.side_lean),
        ..*from
    };
    let up = (share * std::f32::consts::PI).sin();
    for side in [LEFT, RIGHT] {
        posture.feet[side] = Foot {
            roll: between(from.feet[side].roll, to.feet[side].roll),
            ..Foot::free(
                from.feet[side].ankle.lerp(to.feet[side].ankle, share) + Vec3::Y * (LIFT * up),
                0.0,
                55.0,
            )
        };
        posture.knees[side] = Knee::Toward(Vec3::new(0.0, up, 1.0 - 0.5 * up));
        posture.arms[side] = reach(from.arms[side], to.arms[side], share);
    }
    posture
}

/// Between two places of a hand; an arm that is held otherwise stays.
fn reach(from: Arm, to: Arm, share: f32) -> Arm {
    match (from, to) {
        (
            Arm::To {
                wrist,
                fingers,
                elbow,
            },
            Arm::To {
                wrist: wrist_to,
                fingers: fingers_to,
                elbow: elbow_to,
            },
        ) => Arm::To {
            wrist: wrist.lerp(wrist_to, share),
            fingers: fingers.lerp(fingers_to, share),
            elbow: elbow.lerp(elbow_to, share),
        },
        (kept, _) => kept,
    }
}
