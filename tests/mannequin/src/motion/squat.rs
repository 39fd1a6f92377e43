//! Test 4, overhead squat: squats facing the camera, a quarter turn, squats side-on, with a dial for each fault.

use glam::Vec3;
use serde::Serialize;

use super::{ease, mix, part_at};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
};

/// How the squat looks at its lowest point. Degrees; left before right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Form {
    /// Thigh above the horizontal; negative has the hip below the knee.
    pub thigh: f32,
    /// Shin leaning forward from the vertical.
    pub shin: f32,
    /// Trunk leaning forward from the vertical.
    pub lean: f32,
    /// Arms against the trunk: 180 in line with it, less when they fall forward.
    pub arms: f32,
    /// Shins tilted inward in the frontal plane (knee valgus); negative is outward, over the toes.
    pub knee_in: [f32; 2],
    /// Heels off the floor, centimetres.
    pub heel_cm: [f32; 2],
}

impl Form {
    /// Deep and upright, knees over the toes, heels down, hands over the feet.
    pub const GOOD: Self = Self {
        thigh: -10.0,
        shin: 37.0,
        lean: 18.0,
        arms: 190.0,
        knee_in: [-7.0; 2],
        heel_cm: [0.0; 2],
    };
}

/// The quarter turn between the two halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Turn {
    /// To the person's left: the camera then sees the right side.
    Left,
    /// To the person's right: the camera then sees the left side.
    Right,
}

/// Squats in one or two views.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Squats {
    /// Squats before the turn.
    pub before: u8,
    /// Squats after it; 0 leaves the turn out.
    pub after: u8,
    /// Which way.
    pub turn: Turn,
    /// Degrees of the turn.
    pub turn_deg: f32,
    /// Seconds for one squat.
    pub tempo: f32,
    /// The form at the lowest point.
    pub form: Form,
}

/// Parts of the motion.
#[derive(Clone, Copy)]
enum Part {
    Ready,
    ArmsUp,
    Squat,
    Turn,
    ArmsDown,
}

const READY: f32 = 0.8;
const ARMS: f32 = 1.0;
const TURN: f32 = 1.6;

impl Squats {
    /// Three good squats facing the camera and three side-on.
    pub const GOOD: Self = Self {
        before: 3,
        after: 3,
        turn: Turn::Left,
        turn_deg: 90.0,
        tempo: 2.7,
        form: Form::GOOD,
    };

    fn parts(&self) -> impl Iterator<Item = (Part, f32)> {
        let squats = |count: u8| std::iter::repeat_n((Part::Squat, self.tempo), usize::from(count));
        let turn = (self.after > 0).then_some((Part::Turn, TURN));
        [(Part::Ready, READY), (Part::ArmsUp, ARMS)]
            .into_iter()
            .chain(squats(self.before))
            .chain(turn)
            .chain(squats(self.after))
            .chain([(Part::ArmsDown, ARMS), (Part::Ready, 0.4)])
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.parts().map(|(_, length)| length).sum()
    }

    /// When the squats are deepest, seconds.
    pub fn bottoms(&self) -> impl Iterator<Item = f32> {
        let mut start = 0.0;
        self.parts().filter_map(move |(part, length)| {
            let middle = start + BOTTOM * length;
            start += length;
            matches!(part, Part::Squat).then_some(middle)
        })
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let (index, share) = part_at(self.parts().map(|(_, length)| length), t);
        let parts: Vec<Part> = self.parts().map(|(part, _)| part).collect();
        let part = parts.get(index).copied().unwrap_or(Part::Ready);
        let turned = parts.iter().take(index).any(|part| matches!(part, Part::Turn));
        let (mut depth, mut raise, mut turn) = (0.0, 1.0, if turned { 1.0 } else { 0.0 });
        match part {
            Part::Ready => raise = 0.0,
            Part::ArmsUp => raise = ease(share),
            Part::ArmsDown => raise = 1.0 - ease(share),
            Part::Turn => turn = ease(share),
            Part::Squat => depth = depth_at(share),
        }
        let mut posture = self.squat(body, depth, raise);
        let sign = match self.turn {
            Turn::Left => 1.0,
            Turn::Right => -1.0,
        };
        posture.heading = sign * self.turn_deg * turn;
        if matches!(part, Part::Turn) {
            step(&mut posture, body, share);
        }
        posture
    }

    /// The posture at a depth 0..1 with the arms raised 0..1.
    fn squat(&self, body: &Body, depth: f32, raise: f32) -> Posture {
        let form = &self.form;
        let stance = 1.05 * body.shoulder_width;
        let mut posture = Posture::standing(body, stance);
        let shin = mix(4.0, form.shin, depth).to_radians();
        let thigh = mix(85.0, form.thigh, depth).to_radians();
        // Heels rise in the lower half.
        let heel = |side: usize| 0.01 * form.heel_cm[side] * ease((depth - 0.3) / 0.6);
        // Standing, the legs are straight lines from hip to ankle; the knees leave them on the way down.
        let straight = ((stance - body.hip_width) / (2.0 * body.leg()))
            .asin()
            .to_degrees();
        let tilt = |side: usize| mix(straight, form.knee_in[side], ease(depth / 0.75)).to_radians();
        let mut knees = [Vec3::ZERO; 2];
        let mut pelvis = Vec3::ZERO;
        for side in [LEFT, RIGHT] {
            let out = outward(side);
            posture.feet[side] = Foot::planted(body, side, (out * stance / 2.0, 0.0), 12.0, heel(side));
            let up = body.shank / (1.0 + tilt(side).tan().powi(2) + shin.tan().powi(2)).sqrt();
            knees[side] = posture.feet[side].ankle + up * Vec3::new(-out * tilt(side).tan(), 1.0, shin.tan());
            let aside = out * body.hip_width / 2.0 - knees[side].x;
            let upright = (body.thigh * body.thigh - aside * aside).max(0.0).sqrt();
            let lift = (body.thigh * thigh.sin()).min(0.9995 * upright);
            let back = (upright * upright - lift * lift).max(0.0).sqrt();
            pelvis += 0.5 * (knees[side] + Vec3::new(0.0, lift, -back));
        }
        posture.pelvis = Vec3::new(0.0, pelvis.y, pelvis.z);
        posture.knees = knees.map(|knee| Knee::AtX(knee.x));
        posture.lean = mix(1.0, form.lean, depth);
        posture.pelvis_pitch = mix(3.0, form.lean + 2.0, depth);
        posture.head_pitch = mix(2.0, 0.3 * form.lean, depth);
        let overhead = mix(178.0, form.arms, depth);
        posture.arms = [Arm::Angles {
            flexion: mix(4.0, overhead, raise),
            out: mix(9.0, 13.0, raise),
            elbow: mix(12.0, 5.0, raise),
        }; 2];
        posture
    }
}

/// Down, a short stay, up, a short stand: shares of one squat.
const COURSE: [f32; 4] = [0.40, 0.10, 0.38, 0.12];
/// The middle of the stay.
const BOTTOM: f32 = 0.45;

/// Depth within one squat, 0..1.
fn depth_at(share: f32) -> f32 {
    match part_at(COURSE, share) {
        (0, part) => ease(part),
        (1, _) => 1.0,
        (2, part) => 1.0 - ease(part),
        _ => 0.0,
    }
}

/// Lifts the feet in turn, twice each, so that turning is stepping.
fn step(posture: &mut Posture, body: &Body, share: f32) {
    let beat = (share * 4.0).clamp(0.0, 3.999);
    let side = if (beat as usize).is_multiple_of(2) {
        LEFT
    } else {
        RIGHT
    };
    let lift = 0.05 * (std::f32::consts::PI * beat.fract()).sin();
    posture.feet[side].ankle.y += lift;
    posture.feet[side].toe_bend = 0.0;
    posture.pelvis.x -= outward(side) * 0.02 * (std::f32::consts::PI * beat.fract()).sin();
    posture.knees[side] = Knee::Toward(Vec3::new(0.15 * outward(side), 0.0, 1.0));
    posture.pelvis.y = posture.pelvis.y.min(body.ankle_height + 0.99 * body.leg());
}
