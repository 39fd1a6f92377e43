//! Test 6, ankle mobility: side-on, the leg nearer to the camera in front, its knee goes forward over the toes; then the
//! person turns round and changes legs.

use glam::Vec3;
use serde::Serialize;

use super::{
    ease, mix,
    turned::{Course, Stage},
};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
    skeleton,
};

/// Drives of one knee after the other, the right side to the camera first. Left before right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Drives {
    /// How often each knee goes forward; 0 leaves its side out.
    pub times: [u8; 2],
    /// Seconds for one drive.
    pub tempo: f32,
    /// How far the front shin leans from the vertical as far as the ankle bends, the heel down, degrees.
    pub lean: [f32; 2],
    /// How far the heel comes up at the deepest point, centimetres. It leaves the floor when the ankle bends no further,
    /// and the shin leans on with the foot.
    pub heel_cm: [f32; 2],
}

const TURN: f32 = 2.4;
/// Ankle of the front foot ahead of the other, leg lengths.
const STAGGER: f32 = 0.5;
/// Toes turned out, degrees.
const TOE_OUT: f32 = 4.0;

impl Drives {
    /// Both knees well over the toes, three times each, heels down.
    pub const GOOD: Self = Self {
        times: [3, 3],
        tempo: 2.8,
        lean: [45.0, 45.0],
        heel_cm: [0.0, 0.0],
    };

    const fn course(&self) -> Course {
        Course {
            times: self.times,
            tempo: self.tempo,
            turn: TURN,
        }
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.course().seconds()
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let (stage, heading) = self.course().at(t);
        let mut posture = match stage {
            Stage::Shown(side, deep) => self.at(body, side, deep),
            Stage::Turning(share) => self.turning(body, share),
        };
        posture.heading = heading;
        posture
    }

    /// In split stance with `front` ahead, the knee `deep` 0..1 of its way.
    fn at(&self, body: &Body, front: usize, deep: f32) -> Posture {
        let mut posture = stance(body, front, 1.0);
        let length = body.ball_ahead() + body.heel_behind();
        let most = (0.01 * self.heel_cm[front] / length).asin().to_degrees();
        let shin = mix(-2.0, self.lean[front] + most, deep);
        let pitch = (shin - self.lean[front]).clamp(0.0, most).to_radians();
        for (side, way, heel) in [(front, 1.0, length * pitch.sin()), (1 - front, -1.0, 0.05 * deep)] {
            posture.feet[side] = planted(body, side, way, heel);
        }
        // Of a bone that leans ahead by so much.
        let up = |degrees: f32| Vec3::new(0.0, degrees.to_radians().cos(), degrees.to_radians().sin());
        let knee = posture.feet[front].ankle + body.shank * up(shin);
        let hip = knee + body.thigh * up(mix(-20.0, -42.0, deep));
        posture.lean = mix(2.0, 14.0, deep);
        posture.pelvis_pitch = mix(3.0, 10.0, deep);
        posture.pelvis += hip - skeleton::hips(body, &posture)[front];
        posture
    }

    /// From the right foot ahead to the left foot ahead, one step after the other.
    fn turning(&self, body: &Body, share: f32) -> Posture {
        let [mut posture, after] = [RIGHT, LEFT].map(|side| self.at(body, side, 0.0));
        let course = ease(share);
        posture.pelvis = posture.pelvis.lerp(after.pelvis, course);
        posture.feet = stance(body, RIGHT, 1.0 - 2.0 * course).feet;
        let beat = 2.0 * share;
        let side = if beat < 1.0 { RIGHT } else { LEFT };
        posture.feet[side].ankle.y += 0.05 * (std::f32::consts::PI * beat.fract()).sin();
        skeleton::lower_to_reach(body, &mut posture, 0.99);
        posture
    }
}

/// A foot on the floor, `way` -1..1 of half a step ahead, its heel raised by so many metres.
fn planted(body: &Body, side: usize, way: f32, heel: f32) -> Foot {
    let at = (
        outward(side) * 0.5 * body.hip_width,
        0.5 * way * STAGGER * body.leg(),
    );
    Foot::planted(body, side, at, TOE_OUT, heel)
}

/// Standing with `front` ahead of the other foot, `way` -1..1 of a step.
fn stance(body: &Body, front: usize, way: f32) -> Posture {
    let mut posture = Posture::standing(body, body.hip_width);
    for side in [LEFT, RIGHT] {
        let way = if side == front { way } else { -way };
        posture.feet[side] = planted(body, side, way, 0.0);
        posture.knees[side] = Knee::Toward(Vec3::new(0.07 * outward(side), 0.0, 1.0));
    }
    posture.arms = [Arm::Angles {
        flexion: 24.0,
        out: 8.0,
        elbow: 30.0,
    }; 2];
    posture
}
