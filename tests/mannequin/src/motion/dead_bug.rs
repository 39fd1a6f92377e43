//! Test 11, dead bug: on the back, arms up, hips and knees bent; one leg and the other side's arm stretched away from each
//! other over the floor, and taken back.

use flow_landmarks::Side;
use glam::Vec3;
use serde::Serialize;

use super::{ease, mix, part_at};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
    skeleton::shoulder_lift,
};

/// One leg and one arm stretched away and taken back.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stretch {
    /// The leg that is stretched.
    pub leg: Side,
    /// Whether the arm of the leg's own side goes with it, not the other one.
    pub same_side: bool,
    /// The thigh at the far end against the line of the trunk, degrees; positive is above the floor.
    pub leg_off: f32,
    /// How far the knee of that leg bends at the far end, degrees.
    pub knee: f32,
    /// The arm at the far end against the line of the trunk, degrees; positive is above the floor.
    pub arm_off: f32,
    /// How far the pelvis tips forward at the far end, degrees: the small of the back arches off the floor, hips and
    /// shoulders stay on it.
    pub arch: f32,
    /// How far the hips come off the floor at the far end, metres; the shoulders stay on it.
    pub hips_lift: f32,
}

impl Stretch {
    /// Leg and arm nearly on the floor, the trunk still.
    #[must_use]
    pub const fn good(leg: Side) -> Self {
        Self {
            leg,
            same_side: false,
            leg_off: 14.0,
            knee: 8.0,
            arm_off: 12.0,
            arch: 0.0,
            hips_lift: 0.0,
        }
    }
}

/// Stretches in order of time, the feet ahead of the person frame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeadBug {
    /// One after the other.
    pub stretches: &'static [Stretch],
    /// Seconds for one, out and back.
    pub tempo: f32,
    /// Whether the arms stay up.
    pub arms_stay: bool,
    /// Whether the legs stay bent.
    pub legs_stay: bool,
}

/// Arms up, hips and knees bent, before the first and after the last.
const READY: f32 = 1.0;
/// Still between two stretches.
const BETWEEN: f32 = 0.3;
/// Joints of the hips over the floor against the depth of the pelvis: flesh gives way.
const HIPS: f32 = 0.122;
/// The same of the middle of the shoulders.
const SHOULDERS: f32 = 0.112;
/// Lowest ankle joint of a stretched leg: the heel touches the floor, metres.
const HEEL: f32 = 0.11;
/// Lowest wrist of a stretched arm, metres.
const WRIST: f32 = 0.06;
/// Share of its length to which an arm is straightened.
const STRAIGHT: f32 = 0.985;
/// The thigh against the line of the trunk at rest, degrees; the shin is level.
const REST: f32 = 90.0;
/// Share of its length between hips and shoulders at which the trunk bends.
const WAIST: f32 = 0.38;
/// Share of a stretch in which leg and arm are held at the far end.
const HELD: f32 = 0.16;

impl DeadBug {
    /// Stretches at an even pace.
    #[must_use]
    pub const fn of(stretches: &'static [Stretch]) -> Self {
        Self {
            stretches,
            tempo: 4.0,
            arms_stay: false,
            legs_stay: false,
        }
    }

    fn lengths(&self) -> impl Iterator<Item = f32> {
        let each = std::iter::repeat_n([self.tempo, BETWEEN], self.stretches.len()).flatten();
        std::iter::once(READY).chain(each).chain([READY])
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.lengths().sum()
    }

    /// The far end of each stretch, seconds from the start of the motion.
    pub fn far_ends(&self) -> impl Iterator<Item = (f32, &Stretch)> {
        let each = self.tempo + BETWEEN;
        self.stretches
            .iter()
            .enumerate()
            .map(move |(index, stretch)| (READY + each * index as f32 + 0.5 * self.tempo, stretch))
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let (part, share) = part_at(self.lengths(), t);
        let stretch = part
            .checked_sub(1)
            .filter(|part| part % 2 == 0)
            .and_then(|part| self.stretches.get(part / 2));
        let (stretch, out) = stretch.map_or((Stretch::good(Side::Left), 0.0), |stretch| {
            let way = (1.0 - (2.0 * share - 1.0).abs()) / (1.0 - HELD);
            (*stretch, ease(way.min(1.0)))
        });
        self.stretched(body, &stretch, out)
    }

    /// With the stretch so far on its way, 0..1.
    fn stretched(&self, body: &Body, stretch: &Stretch, out: f32) -> Posture {
        let leg = if stretch.leg == Side::Left { LEFT } else { RIGHT };
        let arm = if stretch.same_side { leg } else { 1 - leg };
        // The trunk between the shoulders, which stay on the floor, and the hips.
        let rise = HIPS * body.trunk_girth + stretch.hips_lift * out;
        let shoulders = SHOULDERS * body.trunk_girth;
        let tilt = ((rise - shoulders) / body.trunk).asin().to_degrees();
        let arch = stretch.arch * out;
        // The waist rises with the tipping pelvis; the chest slopes down from there to the shoulders.
        let chest = (WAIST * arch.to_radians().sin() / (1.0 - WAIST))
            .asin()
            .to_degrees();
        let pelvis = Vec3::new(0.0, rise, 0.0);
        let mut posture = Posture {
            pelvis,
            pelvis_pitch: -90.0 + arch - tilt,
            lean: -90.0 - chest - tilt,
            head_pitch: -86.0,
            ..Posture::standing(body, body.hip_width)
        };
        // Toward the feet is ahead: angles from there, up.
        let along = |angle: f32| Vec3::new(0.0, angle.to_radians().sin(), angle.to_radians().cos());
        for side in [LEFT, RIGHT] {
            let out = if side == leg && !self.legs_stay { out } else { 0.0 };
            let hip = pelvis + Vec3::X * (outward(side) * body.hip_width / 2.0);
            let thigh = mix(REST, stretch.leg_off, out);
            let knee = hip + along(thigh) * body.thigh;
            // The heel does not go through the floor.
            let lowest = ((HEEL - knee.y) / body.shank)
                .clamp(-1.0, 1.0)
                .asin()
                .to_degrees();
            let shank = mix(0.0, stretch.leg_off - stretch.knee, out).max(lowest);
            let ankle = knee + along(shank) * body.shank;
            posture.knees[side] = Knee::Toward(Vec3::Y);
            // Toes up, a little away.
            posture.feet[side] = Foot::free(ankle, 4.0, shank - 66.0);
        }
        for side in [LEFT, RIGHT] {
            let out = if side == arm && !self.arms_stay { out } else { 0.0 };
            let angle = mix(90.0, 180.0 - stretch.arm_off, out);
            let length = STRAIGHT * (body.upper_arm + body.forearm);
            let trunk = body.trunk + shoulder_lift(angle);
            let shoulder = Vec3::new(
                outward(side) * (body.shoulder_width / 2.0 - shoulder_lift(angle) / 3.0),
                shoulders,
                -trunk,
            );
            let lowest = 180.0
                - ((WRIST - shoulders) / length)
                    .clamp(-1.0, 1.0)
                    .asin()
                    .to_degrees();
            let away = along(angle.min(lowest));
            posture.arms[side] = Arm::To {
                wrist: shoulder + away * length,
                fingers: away,
                elbow: Vec3::new(0.6 * outward(side), 0.0, 0.4),
            };
        }
        posture
    }
}
