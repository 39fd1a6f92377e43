//! Test 5, 90-90 hip and shoulder: sitting on a box, one lower leg after the other swings out and in like a pendulum, then
//! both forearms turn up and down about level upper arms.

use glam::{Quat, Vec3};
use serde::Serialize;

use super::{ease, mix, part_at};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
};

/// Rotations of the hips and the shoulders. Degrees; left before right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rotations {
    /// Swings of each leg, out and in.
    pub swings: [u8; 2],
    /// Turns of both arms, up and down.
    pub turns: u8,
    /// Seconds for one swing or turn.
    pub tempo: f32,
    /// How far the foot swings out: the hip turns in.
    pub hip_internal: [f32; 2],
    /// How far the foot swings in: the hip turns out.
    pub hip_external: [f32; 2],
    /// How far the forearm rises over the level.
    pub shoulder_external: [f32; 2],
    /// How far the forearm falls below the level.
    pub shoulder_internal: [f32; 2],
    /// How far the thigh turns sideways with the swing: in when the foot goes out, out when it goes in.
    pub thigh: [f32; 2],
    /// How far the trunk leans away from the leg whose foot swings out, half of it with the pelvis.
    pub lean: [f32; 2],
    /// Upper arms from hanging while the forearms turn; 90 is level.
    pub upper_arms: [f32; 2],
}

#[derive(Clone, Copy)]
enum Part {
    /// Sitting, hands in the lap.
    Rest,
    /// One foot comes out from under the seat.
    Foot(usize),
    Swing(usize),
    /// It goes back.
    FootBack(usize),
    /// The arms go up sideways, forearms ahead.
    Arms,
    Turn,
    ArmsBack,
}

/// Hips behind the origin, metres: knees as far ahead.
const HIPS_BEHIND: f32 = 0.22;
/// Sole of a hanging foot over the floor, metres.
const CLEAR: f32 = 0.012;
/// Thighs apart at rest, each from straight ahead, degrees.
const THIGHS_OUT: f32 = 7.0;
/// A resting foot behind its knee, metres.
const TUCKED: f32 = 0.17;
/// Hip joints over the seat as a share of the body's height: half a thigh, pressed flat.
const SEAT_BELOW: f32 = 0.046;

/// Height of the seat for someone of this height, metres: knees and hips bent by 90 degrees over hanging feet.
#[must_use]
pub const fn seat_height(height: f32) -> f32 {
    // Knee over the sole, as in `Body::of_height`.
    0.285 * height + 0.012 + CLEAR - SEAT_BELOW * height
}

impl Rotations {
    /// Hips and shoulders that turn well beyond what is asked.
    pub const GOOD: Self = Self {
        swings: [2, 2],
        turns: 2,
        tempo: 4.0,
        hip_internal: [44.0; 2],
        hip_external: [48.0; 2],
        shoulder_external: [84.0; 2],
        shoulder_internal: [62.0; 2],
        thigh: [0.0; 2],
        lean: [0.0; 2],
        upper_arms: [90.0; 2],
    };

    fn parts(&self) -> Vec<(Part, f32)> {
        let mut parts = vec![(Part::Rest, 1.0)];
        for side in [LEFT, RIGHT] {
            if self.swings[side] > 0 {
                parts.push((Part::Foot(side), 0.7));
                let swings = std::iter::repeat_n((Part::Swing(side), self.tempo), self.swings[side].into());
                parts.extend(swings);
                parts.push((Part::FootBack(side), 0.7));
            }
        }
        if self.turns > 0 {
            parts.push((Part::Arms, 1.2));
            parts.extend(std::iter::repeat_n((Part::Turn, self.tempo), self.turns.into()));
            parts.push((Part::ArmsBack, 1.2));
        }
        parts.push((Part::Rest, 0.8));
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
        let part = parts.get(index).map_or(Part::Rest, |(part, _)| *part);
        // How far each foot has come out, where its leg is in its swing, the same of the arms.
        let (mut out, mut swing, mut arms, mut turn) = ([0.0; 2], [0.0; 2], 0.0, 0.0);
        match part {
            Part::Rest => {}
            Part::Foot(side) => out[side] = ease(share),
            Part::Swing(side) => (out[side], swing[side]) = (1.0, there_and_across(share)),
            Part::FootBack(side) => out[side] = ease(1.0 - share),
            Part::Arms => arms = ease(share),
            Part::Turn => (arms, turn) = (1.0, there_and_across(share)),
            Part::ArmsBack => arms = ease(1.0 - share),
        }
        let mut posture = Posture {
            pelvis: Vec3::new(0.0, body.shank + body.ankle_height + CLEAR, -HIPS_BEHIND),
            pelvis_pitch: 0.0,
            ..Posture::standing(body, body.hip_width)
        };
        for side in [LEFT, RIGHT] {
            let away = outward(side) * self.lean[side] * swing[side].max(0.0);
            posture.side_lean -= away;
            posture.pelvis_list += 0.5 * away;
            posture.pelvis.y += 0.5 * body.hip_width * (0.5 * away.abs()).to_radians().sin();
        }
        for side in [LEFT, RIGHT] {
            self.leg(body, &mut posture, side, out[side], swing[side]);
            posture.arms[side] = self.arm(side, arms, turn);
        }
        posture
    }

    /// Places a leg whose foot has come out from under the seat by a share, `swing` of the way out (1) or in (-1).
    fn leg(&self, body: &Body, posture: &mut Posture, side: usize, out: f32, swing: f32) {
        let hip = crate::skeleton::hips(body, posture)[side];
        let outward = outward(side);
        let around = |degrees: f32| Quat::from_rotation_y((outward * degrees).to_radians());
        let thigh = around(THIGHS_OUT - self.thigh[side] * swing);
        let knee = hip + thigh * Vec3::Z * body.thigh;
        let turned = if swing > 0.0 {
            self.hip_internal[side] * swing
        } else {
            self.hip_external[side] * swing
        };
        let turned_rad = (outward * turned).to_radians();
        let hanging = knee + thigh * (Quat::from_rotation_z(turned_rad) * Vec3::NEG_Y) * body.shank;
        let at_rest = hip + around(THIGHS_OUT) * Vec3::Z * body.thigh;
        let tucked = Foot::planted(body, side, (at_rest.x, at_rest.z - TUCKED), THIGHS_OUT, 0.035);
        posture.knees[side] = Knee::Toward(knee - hip);
        posture.feet[side] = Foot {
            ankle: tucked.ankle.lerp(hanging, out),
            toe_out: THIGHS_OUT - self.thigh[side] * swing,
            pitch: mix(tucked.pitch, 0.0, out),
            toe_bend: mix(tucked.toe_bend, 0.0, out),
            roll: outward * turned,
        };
    }

    /// The arm on its way from the lap to the side, the forearm `turn` of the way up (1) or down (-1).
    fn arm(&self, side: usize, raised: f32, turn: f32) -> Arm {
        let out = outward(side);
        let level = self.upper_arms[side].to_radians();
        let turned = if turn > 0.0 {
            self.shoulder_external[side] * turn
        } else {
            self.shoulder_internal[side] * turn
        };
        let about_upper_arm = Vec3::new(0.0, turned.to_radians().sin(), turned.to_radians().cos());
        Arm::Pointed {
            upper: Vec3::new(0.16 * out, -0.97, 0.10)
                .lerp(Vec3::new(out * level.sin(), -level.cos(), 0.0), raised),
            fore: Vec3::new(-0.12 * out, -0.22, 0.96).lerp(about_upper_arm, raised),
            shrug: 0.0,
        }
    }
}

/// From 0 to 1, over 0 to -1, and back to 0, with a short stay at either end.
fn there_and_across(share: f32) -> f32 {
    let way = [
        (0.22, 0.0, 1.0),
        (0.08, 1.0, 1.0),
        (0.38, 1.0, -1.0),
        (0.08, -1.0, -1.0),
        (0.24, -1.0, 0.0),
    ];
    let (index, share) = part_at(way.map(|(length, ..)| length), share);
    let (_, from, to) = way[index];
    mix(from, to, ease(share))
}
