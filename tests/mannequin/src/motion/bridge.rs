//! Test 12, glute bridge: on the back, knees bent; bridges on both feet, then one on each foot with the other leg straight
//! in the air.

use glam::Vec3;
use serde::Serialize;

use super::{ease, mix, part_at, wander};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
    skeleton::bend,
};

/// Bridges on both feet and a hold on each foot. The head lies behind the person frame, the feet ahead.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bridges {
    /// How often both feet push the hips up.
    pub times: u8,
    /// Seconds for one of these.
    pub tempo: f32,
    /// Bend left at the hips at the top, degrees.
    pub top: f32,
    /// Seconds on each foot, left before right; 0 leaves it out. The left foot comes first.
    pub hold: [f32; 2],
    /// Bend at the hip of the planted leg during the hold, degrees.
    pub held: [f32; 2],
    /// From when on the hips have dropped, as a share of the hold, and the bend then.
    pub drop: Option<(f32, f32)>,
}

const READY: f32 = 0.8;
/// Up and onto one leg, and back.
const CHANGE: f32 = 1.6;
/// Middle of the shoulders and of the hips over the floor, lying, metres.
const BACK: f32 = 0.11;
/// Share of its length to which the free leg is straightened.
const STRAIGHT: f32 = 0.998;
/// How far the hips tremble on one leg, degrees, root mean square.
const TREMBLE: f32 = 0.5;

/// The body seen from the side; the shoulders are at the origin of z.
struct Chain {
    trunk: f32,
    thigh: f32,
    shank: f32,
    ankle: Vec3,
}

impl Chain {
    /// With the shanks upright in a straight bridge.
    fn new(body: &Body) -> Self {
        let span = body.trunk + body.thigh;
        let rise = body.ankle_height + body.shank - BACK;
        Self {
            trunk: body.trunk,
            thigh: body.thigh,
            shank: body.shank,
            ankle: Vec3::new(0.0, body.ankle_height, (span * span - rise * rise).sqrt()),
        }
    }

    /// The hips with the trunk so many degrees above level.
    fn hip(&self, pitch: f32) -> Vec3 {
        let (sin, cos) = pitch.to_radians().sin_cos();
        Vec3::new(0.0, BACK + self.trunk * sin, self.trunk * cos)
    }

    fn knee(&self, hip: Vec3) -> Vec3 {
        bend(hip, self.ankle, self.thigh, self.shank, Vec3::Y)
    }

    /// Pitch of the trunk at which the hips are bent by so many degrees.
    fn pitch(&self, hips: f32) -> f32 {
        let (mut low, mut high) = (0.0, 60.0_f32);
        for _ in 0..30 {
            let middle = 0.5 * (low + high);
            let hip = self.hip(middle);
            let thigh = self.knee(hip) - hip;
            let bent = thigh.y.atan2(thigh.z).to_degrees() - middle;
            if bent > hips {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[derive(Clone, Copy)]
enum Part {
    Ready,
    Both,
    Onto(usize),
    Hold(usize),
    Off(usize),
}

impl Bridges {
    /// All the way up twice, and a hold of 16 seconds on each foot.
    pub const GOOD: Self = Self {
        times: 2,
        tempo: 2.4,
        top: 1.0,
        hold: [15.8, 15.8],
        held: [2.0, 2.0],
        drop: None,
    };

    fn parts(&self) -> Vec<(Part, f32)> {
        let mut parts = vec![(Part::Ready, READY)];
        parts.extend(std::iter::repeat_n(
            (Part::Both, self.tempo),
            usize::from(self.times),
        ));
        for side in [LEFT, RIGHT] {
            if self.hold[side] > 0.0 {
                parts.extend([
                    (Part::Onto(side), CHANGE),
                    (Part::Hold(side), self.hold[side]),
                    (Part::Off(side), CHANGE),
                ]);
            }
        }
        parts.push((Part::Ready, READY));
        parts
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.parts().iter().map(|(_, length)| length).sum()
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let parts = self.parts();
        let (index, share) = part_at(parts.iter().map(|(_, length)| *length), t);
        let chain = Chain::new(body);
        // Hips up first, then the leg; the other way round on the way down.
        let (first, second) = (ease(2.0 * share), ease(2.0 * share - 1.0));
        let (side, hips, up, stretched) = match parts[index].0 {
            Part::Ready => (LEFT, self.top, 0.0, 0.0),
            Part::Both => {
                let up = ease((1.4 * (1.0 - (2.0 * share - 1.0).abs())).min(1.0));
                (LEFT, self.top, up, 0.0)
            }
            Part::Onto(side) => (side, self.held[side], first, second),
            Part::Hold(side) => {
                let hips = match self.drop {
                    Some((from, to)) => {
                        let dropped = ease((share - from) * self.hold[side]);
                        mix(self.held[side], to, dropped)
                    }
                    None => self.held[side],
                };
                (side, hips + TREMBLE * wander(t, 2.0), 1.0, 1.0)
            }
            Part::Off(side) => {
                let dropped = self.drop.map_or(self.held[side], |(_, to)| to);
                (side, dropped, 1.0 - second, 1.0 - first)
            }
        };
        let pitch = mix(0.0, chain.pitch(hips), up);
        lying(body, &chain, pitch, (1 - side, stretched))
    }
}

/// The body with its trunk so many degrees above level and one leg stretched out by a share.
fn lying(body: &Body, chain: &Chain, pitch: f32, (free, stretched): (usize, f32)) -> Posture {
    let half = body.hip_width / 2.0;
    // The middle of the body over the middle of the person frame.
    let middle = Vec3::Z * (0.5 * chain.ankle.z);
    let hip = chain.hip(pitch);
    let thigh = (chain.knee(hip) - hip).normalize_or(Vec3::Z);
    let planted = |side: usize| {
        Foot::planted(
            body,
            side,
            (outward(side) * half, chain.ankle.z - middle.z),
            4.0,
            0.0,
        )
    };
    let mut feet = [LEFT, RIGHT].map(planted);
    // The foot leaves the floor along an arc from where it stood to the end of the straight leg.
    let out = hip + thigh * (STRAIGHT * body.leg()) - middle + Vec3::X * (outward(free) * half);
    let way = feet[free].ankle.lerp(out, stretched);
    if stretched > 0.0 {
        // Toes up, in line with the shin.
        feet[free] = Foot::free(way, 4.0, mix(0.0, -55.0, stretched));
    }
    Posture {
        pelvis: hip - middle,
        pelvis_pitch: -90.0 - pitch,
        lean: -90.0 - pitch,
        // Somewhat up from the floor: the back of the head rests on it.
        head_pitch: -84.0,
        feet,
        knees: [Knee::Toward(Vec3::new(0.0, 1.0, 0.0)); 2],
        arms: [Arm::Angles {
            // On the floor, wherever the trunk is.
            flexion: -pitch - 5.0,
            out: 14.0,
            elbow: 4.0,
        }; 2],
        ..Posture::standing(body, body.hip_width)
    }
}
