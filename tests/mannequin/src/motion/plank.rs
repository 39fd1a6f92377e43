//! Test 2, plank: on forearms and toes, the hips as the dials say, up from the knees and down onto them again.

use glam::Vec3;
use serde::Serialize;

use super::{ease, mix, part_at, wander};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
    skeleton::{bend, shoulder_lift},
};

/// A stretch with the hips in one place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// Bend at the hips between shoulders and ankles, degrees: positive above the straight line (pike), negative below
    /// it (sag).
    pub hips: f32,
    /// How long, seconds.
    pub seconds: f32,
}

/// A plank facing down, the head ahead of the person frame. The feet stay where the first stage needs them; the shoulders
/// give way over the elbows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plank {
    /// One after the other; moving from one to the next takes a second more.
    pub stages: &'static [Stage],
    /// Whether the knees stay on the floor throughout.
    pub knees_down: bool,
}

/// On the knees before and after.
const KNEELING: f32 = 0.5;
/// From the knees to the toes and back.
const MOVE: f32 = 1.0;
/// From one stage to the next.
const CHANGE: f32 = 1.0;
/// Elbow and knee joints over the floor when they rest on it, metres.
const RESTING: f32 = 0.05;
/// Share of its length to which a leg is straightened: knees stay unlocked by a few degrees.
const STRAIGHT: f32 = 0.9985;
/// Share of trunk and thigh to which the hips open on the knees.
const OPEN: f32 = 0.98;
/// How far the hips tremble, degrees, root mean square.
const TREMBLE: f32 = 0.5;

/// The joints of both sides seen from the side, in the person frame (x is 0).
#[derive(Clone, Copy)]
struct Held {
    shoulder: Vec3,
    hip: Vec3,
}

/// Lengths and resting places of one body in one plank.
struct Chain {
    trunk: f32,
    upper_arm: f32,
    leg: f32,
    thigh: f32,
    elbow: Vec3,
    ankle: Vec3,
    knee_down: Vec3,
}

impl Chain {
    /// With the feet where the arms are upright in a plank with `hips`; elbows at the origin.
    fn new(body: &Body, hips: f32, ankle_height: f32) -> Self {
        let elbow = Vec3::Y * RESTING;
        let mut chain = Self {
            trunk: body.trunk + shoulder_lift(90.0),
            upper_arm: body.upper_arm,
            leg: STRAIGHT * body.leg(),
            thigh: body.thigh,
            elbow,
            ankle: Vec3::ZERO,
            knee_down: Vec3::ZERO,
        };
        let rise = RESTING + body.upper_arm - ankle_height;
        let level = (chain.reach(hips).powi(2) - rise * rise).sqrt();
        let fall = ankle_height - RESTING;
        chain.ankle = Vec3::new(0.0, ankle_height, -level);
        chain.knee_down = Vec3::new(
            0.0,
            RESTING,
            (body.shank * body.shank - fall * fall).sqrt() - level,
        );
        chain
    }

    /// From the shoulders to the ankles with the hips bent by so many degrees, metres.
    fn reach(&self, hips: f32) -> f32 {
        let (trunk, leg) = (self.trunk, self.leg);
        (trunk * trunk + leg * leg + 2.0 * trunk * leg * hips.to_radians().cos()).sqrt()
    }

    /// On the toes.
    fn plank(&self, hips: f32) -> Held {
        let shoulder = bend(self.elbow, self.ankle, self.upper_arm, self.reach(hips), Vec3::Y);
        let side = Vec3::Y * if hips < 0.0 { -1.0 } else { 1.0 };
        let hip = bend(shoulder, self.ankle, self.trunk, self.leg, side);
        Held { shoulder, hip }
    }

    /// On the knees.
    fn kneeling(&self) -> Held {
        let reach = OPEN * (self.trunk + self.thigh);
        let shoulder = bend(self.elbow, self.knee_down, self.upper_arm, reach, Vec3::Y);
        let hip = bend(shoulder, self.knee_down, self.trunk, self.thigh, Vec3::Y);
        Held { shoulder, hip }
    }

    /// Between two, bones keeping their length.
    fn between(&self, from: Held, to: Held, share: f32) -> Held {
        let turn = |a: Vec3, b: Vec3, length: f32| a.lerp(b, share).normalize_or(Vec3::Y) * length;
        let arm = turn(
            from.shoulder - self.elbow,
            to.shoulder - self.elbow,
            self.upper_arm,
        );
        let trunk = turn(from.hip - from.shoulder, to.hip - to.shoulder, self.trunk);
        let shoulder = self.elbow + arm;
        Held {
            shoulder,
            hip: shoulder + trunk,
        }
    }
}

impl Plank {
    fn lengths(&self) -> impl Iterator<Item = f32> {
        let stages = self.stages.iter().enumerate().flat_map(|(index, stage)| {
            let change = if index == 0 { MOVE } else { CHANGE };
            [change, stage.seconds]
        });
        std::iter::once(KNEELING).chain(stages).chain([MOVE, KNEELING])
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.lengths().sum()
    }

    /// The bend of the hips at a stage; beyond the ends the nearest one.
    fn hips(&self, stage: usize) -> f32 {
        let last = self.stages.len().saturating_sub(1);
        self.stages.get(stage.min(last)).map_or(0.0, |stage| stage.hips)
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let (part, share) = part_at(self.lengths(), t);
        // Parts: kneeling, then for each stage the change to it and the stage itself, lowering, kneeling.
        let (moving, stage) = (part % 2 == 1, part.saturating_sub(1) / 2);
        let count = self.stages.len();
        let lift = match (part, stage) {
            (0, _) => 0.0,
            (1, _) => ease(share),
            (_, stage) if stage < count => 1.0,
            _ if moving => 1.0 - ease(share),
            _ => 0.0,
        };
        let hips = if moving && (1..count).contains(&stage) {
            mix(self.hips(stage - 1), self.hips(stage), ease(share))
        } else {
            self.hips(stage)
        };
        let lift = if self.knees_down { 0.0 } else { lift };
        self.held(body, hips + TREMBLE * wander(t, 2.0), lift)
    }

    /// On the toes with the hips bent by so many degrees, or with `lift` below 1 on the way down to the knees.
    fn held(&self, body: &Body, hips: f32, lift: f32) -> Posture {
        let half = body.hip_width / 2.0;
        // As far up on the toes as a planted foot goes.
        let tucked = body.ball_ahead() + body.heel_behind();
        let foot = |side: usize| Foot::planted(body, side, (outward(side) * half, 0.0), 4.0, tucked);
        let chain = Chain::new(body, self.hips(0), foot(LEFT).ankle.y);
        let held = chain.between(chain.kneeling(), chain.plank(hips), lift);

        let trunk = (held.shoulder - held.hip).normalize_or(Vec3::Z);
        let lean = trunk.z.atan2(trunk.y).to_degrees();
        // Against the trunk: 0 is toward the hips, 90 straight down from a level trunk.
        let front = Vec3::new(0.0, -trunk.z, trunk.y);
        let against = |direction: Vec3| direction.dot(front).atan2(-direction.dot(trunk)).to_degrees();
        let flexion = against(chain.elbow - held.shoulder);
        // The middle of the body over the middle of the person frame.
        let middle = 0.5 * (held.shoulder.z + chain.ankle.z);
        let mut posture = Posture {
            pelvis: held.hip - Vec3::Z * middle,
            pelvis_pitch: lean,
            lean,
            head_pitch: lean - 8.0,
            feet: [LEFT, RIGHT].map(foot),
            knees: [Knee::Toward(Vec3::NEG_Y); 2],
            arms: [Arm::Angles {
                flexion,
                out: 3.0,
                elbow: against(Vec3::Z) - flexion,
            }; 2],
            ..Posture::standing(body, body.hip_width)
        };
        for foot in &mut posture.feet {
            foot.ankle.z = chain.ankle.z - middle;
        }
        posture
    }
}
