//! Test 14, bird dog: on hands and knees, one leg and the other side's arm stretched out, held, set down again.

use flow_landmarks::Side;
use glam::Vec3;
use serde::Serialize;

use super::{ease, mix, part_at, wander};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
    skeleton::{bend, shoulder_lift},
};

/// One leg and the other side's arm lifted, held and set down.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lift {
    /// The leg that is lifted.
    pub leg: Side,
    /// Seconds for which it is held.
    pub seconds: f32,
    /// How far the thigh stays below the line of the trunk, degrees; negative is above it.
    pub leg_below: f32,
    /// How far the knee of the lifted leg bends, degrees.
    pub knee: f32,
    /// How far the arm stays below the line of the trunk, degrees.
    pub arm_below: f32,
    /// How far the hips sink while it is held, metres; they go back with the thigh.
    pub hips_sink: f32,
    /// How far the hips rock to and fro while it is held, metres, root mean square.
    pub rock: f32,
}

impl Lift {
    /// Everything in line, for six seconds.
    #[must_use]
    pub const fn good(leg: Side) -> Self {
        Self {
            leg,
            seconds: 6.0,
            leg_below: 3.0,
            knee: 4.0,
            arm_below: 6.0,
            hips_sink: 0.0,
            rock: 0.001,
        }
    }
}

/// Lifts in order of time, the head ahead of the person frame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BirdDog {
    /// One after the other.
    pub lifts: &'static [Lift],
    /// Whether the arms stay on the floor.
    pub arms_stay: bool,
    /// Seconds from the floor to the hold, and back.
    pub tempo: f32,
}

/// On hands and knees before and after each lift.
const READY: f32 = 0.8;
/// Knee joints over the floor when they rest on it, metres.
const RESTING: f32 = 0.05;
/// Ankle joints over the floor with the instep resting on it, metres.
const INSTEP: f32 = 0.10;
/// Wrists over the floor, the palms on it, metres.
const WRIST: f32 = 0.05;
/// Share of its length to which an arm is straightened.
const STRAIGHT: f32 = 0.995;
/// Foot pitch with the instep on the floor, and of the stretched leg, degrees.
const FEET: (f32, f32) = (162.0, 110.0);

#[derive(Clone, Copy)]
enum Part {
    /// Before the lift with this index, or the last one.
    Ready(usize),
    Up(usize),
    Hold(usize),
    Down(usize),
}

impl BirdDog {
    /// Lifts at an even pace.
    #[must_use]
    pub const fn of(lifts: &'static [Lift]) -> Self {
        Self {
            lifts,
            arms_stay: false,
            tempo: 1.2,
        }
    }

    fn parts(&self) -> impl Iterator<Item = (Part, f32)> {
        let each = self.lifts.iter().enumerate().flat_map(move |(index, lift)| {
            [
                (Part::Ready(index), READY),
                (Part::Up(index), self.tempo),
                (Part::Hold(index), lift.seconds),
                (Part::Down(index), self.tempo),
            ]
        });
        each.chain([(Part::Ready(self.lifts.len().saturating_sub(1)), READY)])
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
        let (index, share) = part_at(parts.iter().map(|(_, length)| *length), t);
        let (lift, up) = match parts[index].0 {
            Part::Ready(lift) => (lift, 0.0),
            Part::Up(lift) => (lift, ease(share)),
            Part::Hold(lift) => (lift, 1.0),
            Part::Down(lift) => (lift, 1.0 - ease(share)),
        };
        self.lifts.get(lift).map_or_else(
            || Posture::standing(body, body.hip_width),
            |lift| self.lifted(body, lift, up, t),
        )
    }

    /// With the lift so far on its way, 0..1.
    fn lifted(&self, body: &Body, lift: &Lift, up: f32, t: f32) -> Posture {
        let leg = if lift.leg == Side::Left { LEFT } else { RIGHT };
        let trunk_length = body.trunk + shoulder_lift(90.0);
        let arm = STRAIGHT * (body.upper_arm + body.forearm);
        let rest_hip = Vec3::Y * (RESTING + body.thigh);
        let rise = WRIST + arm - rest_hip.y;
        let reach = (trunk_length * trunk_length - rise * rise).sqrt();
        let wrist = Vec3::new(0.0, WRIST, reach);

        // The thigh that carries tilts back about its knee.
        let tilt = (1.0 - lift.hips_sink * up / body.thigh).clamp(-1.0, 1.0).acos()
            + (lift.rock * wander(2.0 * t, 4.0) * up / body.thigh).asin();
        let hip = Vec3::Y * RESTING + Vec3::new(0.0, tilt.cos(), -tilt.sin()) * body.thigh;
        let shoulder = bend(wrist, hip, arm, trunk_length, Vec3::Y);
        let trunk = (shoulder - hip).normalize_or(Vec3::Z);
        let lean = trunk.z.atan2(trunk.y).to_degrees();
        // The body between hands and feet over the middle of the person frame.
        let middle = Vec3::Z * 0.5 * (reach - body.shank);

        let mut posture = Posture {
            pelvis: hip - middle,
            pelvis_pitch: lean,
            lean,
            head_pitch: lean - 6.0,
            ..Posture::standing(body, body.hip_width)
        };
        for side in [LEFT, RIGHT] {
            let up = if side == leg { up } else { 0.0 };
            let aside = Vec3::X * (outward(side) * body.hip_width / 2.0);
            let (knee, ankle) = leg_joints(body, lift, (hip, trunk), up);
            let (knee, ankle) = (knee - middle + aside, ankle - middle + aside);
            let between = (hip - middle + aside).midpoint(ankle);
            posture.knees[side] = Knee::Toward(knee - between);
            // The toes turn down when there is room for them.
            let room = ((ankle.y - INSTEP) / (0.8 * body.foot)).clamp(0.0, 1.0);
            posture.feet[side] = Foot::free(ankle, 0.0, mix(FEET.0, FEET.1, room));
        }
        for side in [LEFT, RIGHT] {
            let up = if side == leg || self.arms_stay { 0.0 } else { up };
            let aside = Vec3::X * (outward(side) * body.shoulder_width / 2.0);
            // From where the hand rests round to the line of the trunk.
            let down = wrist - shoulder;
            let rest = down.z.atan2(-down.y);
            let line = trunk.z.atan2(-trunk.y) - lift.arm_below.to_radians();
            let angle = mix(rest, line, up);
            let away = Vec3::new(0.0, -angle.cos(), angle.sin());
            let hand = shoulder + away * mix(down.length(), arm, up);
            posture.arms[side] = Arm::To {
                wrist: hand - middle + aside,
                fingers: Vec3::Z.lerp(away, up),
                elbow: Vec3::new(0.2 * outward(side), 0.0, -1.0),
            };
        }
        posture
    }
}

/// Knee and ankle of a leg so far on its way, 0..1, in the middle of the body.
fn leg_joints(body: &Body, lift: &Lift, (hip, trunk): (Vec3, Vec3), up: f32) -> (Vec3, Vec3) {
    let rest = 90.0 + ((INSTEP - RESTING) / body.shank).asin().to_degrees();
    if up <= 0.0 {
        let shank = Vec3::new(0.0, -rest.to_radians().cos(), -rest.to_radians().sin()) * body.shank;
        return (Vec3::Y * RESTING, Vec3::Y * RESTING + shank);
    }
    // From straight down toward the feet; in line with the trunk the thigh points away from the shoulders.
    let along = |angle: f32| Vec3::new(0.0, -angle.cos(), -angle.sin());
    let line = trunk.z.atan2(trunk.y) - lift.leg_below.to_radians();
    let thigh = mix(0.0, line, up);
    let knee = hip + along(thigh) * body.thigh;
    // On its way the foot does not go through the floor: the knee stays bent as long as that takes.
    let clear = ((knee.y - INSTEP) / body.shank).clamp(-1.0, 1.0).acos() - thigh;
    let flexion = mix(rest, lift.knee, up).to_radians().max(clear);
    (knee, knee + along(thigh + flexion) * body.shank)
}
