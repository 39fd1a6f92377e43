//! Test 12, glute bridge: on the back, knees bent; a bridge on one foot, the leg nearer to the camera straight in the air;
//! then the person turns round for the other foot.

use flow_landmarks::Side;
use glam::Vec3;
use serde::Serialize;

use super::{ease, mix, part_at, wander};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
    skeleton::bend,
};

/// Bridges on both feet and a hold on each foot, the leg nearer to the camera in the air; then the person turns round. The
/// head lies behind the person frame, the feet ahead.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bridges {
    /// How often both feet push the hips up before that.
    pub times: u8,
    /// The foot that is held on first: the one farther from the camera.
    pub first: Side,
    /// Whether the person turns round for the other foot, so that the leg in the air is the nearer one again.
    pub turns: bool,
    /// Seconds from the floor to the hold, the hips before the leg.
    pub tempo: f32,
    /// Seconds on each foot, left before right; 0 leaves it out.
    pub hold: [f32; 2],
    /// Bend at the hip of the planted leg during the hold, degrees.
    pub hips: [f32; 2],
    /// From when on the hips have dropped, as a share of the hold, and the bend then.
    pub drop: [Option<(f32, f32)>; 2],
}

const READY: f32 = 0.8;
/// A bridge on both feet, seconds.
const BOTH: f32 = 2.4;
/// The leg and the hips down again, seconds.
const OFF: f32 = 1.4;
/// Turning round on the floor, seconds.
const TURN: f32 = 4.6;
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
    Ready(Side),
    Both,
    Onto(Side),
    Hold(Side),
    Off(Side),
    Turn,
}

const fn index(side: Side) -> usize {
    match side {
        Side::Left => LEFT,
        Side::Right => RIGHT,
    }
}

/// Degrees turned to the person's left with which the other leg than the planted one is nearer to the camera.
const fn heading(planted: Side) -> f32 {
    match planted {
        Side::Left => 90.0,
        Side::Right => -90.0,
    }
}

impl Bridges {
    /// In line for more than 15 seconds on each foot.
    pub const GOOD: Self = Self {
        times: 0,
        first: Side::Left,
        turns: true,
        tempo: 2.0,
        hold: [15.6, 15.6],
        hips: [2.0, 2.0],
        drop: [None, None],
    };

    fn parts(&self) -> Vec<(Part, f32)> {
        let held = [self.first, self.first.other()]
            .into_iter()
            .filter(|&side| self.hold[index(side)] > 0.0);
        let mut parts = vec![(Part::Ready(self.first), READY)];
        parts.extend(std::iter::repeat_n((Part::Both, BOTH), usize::from(self.times)));
        let mut last = self.first;
        for side in held {
            if side != self.first && self.turns {
                parts.push((Part::Turn, TURN));
                last = side;
            }
            parts.extend([
                (Part::Onto(side), self.tempo),
                (Part::Hold(side), self.hold[index(side)]),
                (Part::Off(side), OFF),
            ]);
        }
        parts.push((Part::Ready(last), READY));
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
        let (at, share) = part_at(parts.iter().map(|(_, length)| *length), t);
        let chain = Chain::new(body);
        // Hips up first, then the leg; the other way round on the way down.
        let (first, second) = (ease(2.0 * share), ease(2.0 * share - 1.0));
        let dropped = |side: Side| self.drop[index(side)].map_or(self.hips[index(side)], |(_, to)| to);
        let (side, hips, up, stretched) = match parts[at].0 {
            Part::Ready(_) | Part::Turn => (Side::Left, 0.0, 0.0, 0.0),
            Part::Both => {
                let up = ease((1.4 * (1.0 - (2.0 * share - 1.0).abs())).min(1.0));
                (Side::Left, 0.0, up, 0.0)
            }
            Part::Onto(side) => (side, self.hips[index(side)], first, second),
            Part::Hold(side) => {
                let held = self.hips[index(side)];
                let hips = self.drop[index(side)].map_or(held, |(from, to)| {
                    mix(held, to, ease((share - from) * self.hold[index(side)]))
                });
                (side, hips + TREMBLE * wander(t, 2.0), 1.0, 1.0)
            }
            Part::Off(side) => (side, dropped(side), 1.0 - second, 1.0 - first),
        };
        let from = heading(self.first);
        let heading = match parts[at].0 {
            Part::Ready(side) => heading(side),
            Part::Turn => mix(from, -from, ease(share)),
            Part::Onto(side) | Part::Hold(side) | Part::Off(side) if self.turns => heading(side),
            _ => from,
        };
        let pitch = mix(0.0, chain.pitch(hips), up);
        Posture {
            heading,
            ..lying(body, &chain, pitch, (index(side.other()), stretched))
        }
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
