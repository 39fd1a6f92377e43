//! Test 8, lateral lunge: a wide step to one side, that knee bends while the other leg stays straight, and back.

use glam::{Vec2, Vec3};
use serde::Serialize;

use super::{ease, mix, part_at};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
};

/// Lunges to the right, then to the left. Degrees; left before right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lunges {
    /// How often to each side; 0 leaves it out.
    pub times: [u8; 2],
    /// Seconds for one lunge.
    pub tempo: f32,
    /// Flexion of the bending knee at the deepest point.
    pub knee: [f32; 2],
    /// Tilt of the bending leg's shin toward the midline, negative outward.
    pub knee_in: [f32; 2],
    /// Chest ahead of the vertical at the deepest point.
    pub lean: f32,
}

#[derive(Clone, Copy)]
enum Part {
    Ready,
    Lunge(usize),
}

const READY: f32 = 1.0;
/// From foot to foot at the deepest point, over the length of a leg.
const STEP: f32 = 1.12;
/// The foot goes out, the hips go down, a short stay, up, the foot comes back, a rest: shares of one lunge.
const COURSE: [f32; 6] = [0.20, 0.24, 0.10, 0.20, 0.18, 0.08];

impl Lunges {
    /// Three deep lunges to each side.
    pub const GOOD: Self = Self {
        times: [3, 3],
        tempo: 3.4,
        knee: [104.0, 104.0],
        knee_in: [-2.0, -2.0],
        lean: 26.0,
    };

    fn parts(&self) -> impl Iterator<Item = (Part, f32)> {
        let lunges =
            |side: usize| std::iter::repeat_n((Part::Lunge(side), self.tempo), usize::from(self.times[side]));
        [(Part::Ready, READY)]
            .into_iter()
            .chain(lunges(RIGHT))
            .chain(lunges(LEFT))
            .chain([(Part::Ready, READY)])
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.parts().map(|(_, length)| length).sum()
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let (index, share) = part_at(self.parts().map(|(_, length)| length), t);
        match self.parts().nth(index) {
            Some((Part::Lunge(side), _)) => {
                let (out, down) = match part_at(COURSE, share) {
                    (0, part) => (part, 0.0),
                    (1, part) => (1.0, part),
                    (2, _) => (1.0, 1.0),
                    (3, part) => (1.0, 1.0 - part),
                    (4, part) => (1.0 - part, 0.0),
                    _ => (0.0, 0.0),
                };
                self.lunge(body, side, out, ease(down))
            }
            _ => ready(body),
        }
    }

    /// The foot of `side` set aside by `out` 0..1, the hips let down over it by `down` 0..1.
    fn lunge(&self, body: &Body, side: usize, out: f32, down: f32) -> Posture {
        let (sign, other) = (outward(side), 1 - side);
        let mut posture = ready(body);
        let rest = posture.feet.map(|foot| foot.ankle);
        let step = STEP * body.leg() - (rest[LEFT].x - rest[RIGHT].x);
        let at = rest[side].x + sign * step * ease(out);
        posture.feet[side] = Foot::planted(body, side, (at, 0.0), 10.0, 0.0);
        posture.feet[side].ankle.y += 0.06 * (std::f32::consts::PI * out).sin();

        // Between the feet with both legs nearly straight, then down over the bending leg.
        let (bending, straight) = (posture.feet[side].ankle, posture.feet[other].ankle);
        let up = Vec3::new(0.5 * (bending.x + straight.x), posture.pelvis.y, 0.02);
        let low = self.lowest(body, side, bending, straight);
        posture.pelvis = up.lerp(low, down);
        posture.lean = mix(1.0, self.lean, down);
        posture.pelvis_pitch = mix(2.0, self.lean + 2.0, down);
        posture.head_pitch = mix(3.0, 0.3 * self.lean, down);

        let tilt = self.knee_in[side].to_radians();
        let over_foot = bending.x - sign * 0.85 * body.shank * tilt.tan();
        // On the way the knee stays in the line of the leg, then goes where the form has it.
        let line = mix(bending.x, posture.pelvis.x + sign * 0.5 * body.hip_width, 0.5);
        posture.knees[side] = Knee::AtX(mix(line, over_foot, ease(down / 0.5)));
        posture.knees[other] = Knee::Toward(Vec3::new(0.1 * outward(other), 0.0, 1.0));
        posture
    }

    /// The middle of the hips at the deepest point: the bending leg as short as its knee angle makes it, the other straight.
    fn lowest(&self, body: &Body, side: usize, bending: Vec3, straight: Vec3) -> Vec3 {
        let sign = outward(side);
        let angle = (180.0 - self.knee[side]).to_radians();
        let (thigh, shank) = (body.thigh, body.shank);
        let short = (thigh * thigh + shank * shank - 2.0 * thigh * shank * angle.cos()).sqrt();
        let long = 0.994 * body.leg();
        // Hips go back so far that the weight stays over the feet.
        let back = 0.30 * short;
        let level = |leg: f32| (leg * leg - back * back).max(0.01).sqrt();
        let half = Vec2::new(sign * 0.5 * body.hip_width, 0.0);
        // Both hip joints are as far apart as the pelvis is wide: two circles about the ankles, moved by half of it.
        let (a, b) = (
            Vec2::new(bending.x, bending.y) - half,
            Vec2::new(straight.x, straight.y) + half,
        );
        let (near, far) = (level(short), level(long));
        let span = a.distance(b).clamp((near - far).abs() + 1e-4, near + far - 1e-4);
        let along = (near * near - far * far + span * span) / (2.0 * span);
        let height = (near * near - along * along).max(0.0).sqrt();
        let toward = (b - a).normalize_or(Vec2::X);
        let above = Vec2::new(toward.y, -toward.x) * -toward.x.signum();
        let pelvis = a + toward * along + above * height;
        Vec3::new(pelvis.x, pelvis.y, bending.z - back)
    }
}

/// Standing, forearms before the body.
fn ready(body: &Body) -> Posture {
    let mut posture = Posture::standing(body, 0.9 * body.shoulder_width);
    posture.arms = [Arm::Angles {
        flexion: 24.0,
        out: 10.0,
        elbow: 70.0,
    }; 2];
    posture
}
