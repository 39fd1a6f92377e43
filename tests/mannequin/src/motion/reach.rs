//! Test 3, Y-balance: hands on the hips, one foot reaches ahead, back and out, back and across; then the other.

use flow_landmarks::Side;
use glam::{Vec2, Vec3};
use serde::Serialize;

use super::{ease, mix, part_at};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
    skeleton,
};

/// Where a foot reaches, named after the leg stood on (Plisky 2006).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// Straight ahead.
    Anterior,
    /// Back and away from the standing foot.
    Posteromedial,
    /// Back and across behind the standing leg.
    Posterolateral,
}

impl Direction {
    /// In the order of the test.
    pub const ALL: [Self; 3] = [Self::Anterior, Self::Posteromedial, Self::Posterolateral];

    /// Unit vector on the floor for a stance on the left: x to the person's left, y ahead. Mirrored for the right.
    ///
    /// The three lines of the Y lie 135, 135 and 90 degrees apart.
    fn on_floor(self) -> Vec2 {
        let diagonal = std::f32::consts::FRAC_1_SQRT_2;
        match self {
            Self::Anterior => Vec2::new(0.0, 1.0),
            Self::Posteromedial => Vec2::new(-diagonal, -diagonal),
            Self::Posterolateral => Vec2::new(diagonal, -diagonal),
        }
    }
}

/// One reach.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reach {
    /// The leg stood on.
    pub stance: Side,
    /// Where the other foot goes.
    pub direction: Direction,
    /// How far, from the toes of the standing foot to the toes of the other, over the length of the leg (hip joint to
    /// ankle).
    pub ratio: f32,
}

/// Reaches one after the other, back to the middle between them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reaches {
    /// In order; the stance may change between two.
    pub reaches: &'static [Reach],
    /// Seconds for one reach.
    pub tempo: f32,
}

const START: f32 = 0.6;
/// Putting the foot down, shifting the weight, lifting the other.
const SWITCH: f32 = 1.4;

/// Out, a short stay, back, a rest: shares of one reach.
const COURSE: [f32; 4] = [0.40, 0.12, 0.36, 0.12];
/// The middle of the stay.
const FAR_END: f32 = 0.46;

enum Part {
    Switch(Option<Side>, Option<Side>),
    Reach(Reach),
}

impl Reaches {
    fn parts(&self) -> impl Iterator<Item = (Part, f32)> {
        let stance = |index: usize| self.reaches.get(index).map(|reach| reach.stance);
        let start = std::iter::once((Part::Switch(None, None), START));
        let reaches = self.reaches.iter().enumerate().flat_map(move |(index, &reach)| {
            let before = index.checked_sub(1).and_then(stance);
            let switch =
                (before != Some(reach.stance)).then_some((Part::Switch(before, Some(reach.stance)), SWITCH));
            switch.into_iter().chain([(Part::Reach(reach), self.tempo)])
        });
        let last = self.reaches.last().map(|reach| reach.stance);
        start.chain(reaches).chain([
            (Part::Switch(last, None), 0.7 * SWITCH),
            (Part::Switch(None, None), 0.4),
        ])
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.parts().map(|(_, length)| length).sum()
    }

    /// When each foot is farthest out, seconds, and which reach it is.
    pub fn far_ends(&self) -> impl Iterator<Item = (f32, Reach)> {
        let mut start = 0.0;
        self.parts().filter_map(move |(part, length)| {
            let middle = start + FAR_END * length;
            start += length;
            match part {
                Part::Reach(reach) => Some((middle, reach)),
                Part::Switch(..) => None,
            }
        })
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let (index, share) = part_at(self.parts().map(|(_, length)| length), t);
        match self.parts().nth(index) {
            Some((Part::Reach(reach), _)) => {
                let out = match part_at(COURSE, share) {
                    (0, part) => ease(part),
                    (1, _) => 1.0,
                    (2, part) => 1.0 - ease(part),
                    _ => 0.0,
                };
                reaching(body, side_index(reach.stance), reach.direction, reach.ratio, out)
            }
            Some((Part::Switch(from, to), _)) => {
                // First half down from the old leg, second half up on the new one.
                let (side, lift) = if share < 0.5 || to.is_none() {
                    let course = if to.is_none() { share } else { 2.0 * share };
                    (from, 1.0 - ease(course))
                } else {
                    (to, ease(2.0 * share - 1.0))
                };
                side.map_or_else(
                    || centre(body, LEFT, 0.0),
                    |side| centre(body, side_index(side), lift),
                )
            }
            None => centre(body, LEFT, 0.0),
        }
    }
}

fn side_index(side: Side) -> usize {
    match side {
        Side::Left => LEFT,
        Side::Right => RIGHT,
    }
}

/// Weight on `side`, the other foot hanging beside it, both by `lift` 0..1.
fn centre(body: &Body, side: usize, lift: f32) -> Posture {
    let stance = 0.75 * body.hip_width;
    let (out, free) = (outward(side), 1 - side);
    let mut posture = Posture::standing(body, stance);
    posture.pelvis.x = out * 0.30 * stance * lift;
    posture.pelvis.y -= 0.02 * lift;
    let foot = posture.feet[free];
    posture.feet[free] = Foot {
        ankle: foot.ankle + Vec3::new(-out * 0.02, 0.09, 0.03) * lift,
        toe_out: mix(foot.toe_out, 5.0, lift),
        pitch: 14.0 * lift,
        toe_bend: 0.0,
        roll: 0.0,
    };
    posture.arms = [Arm::OnHip; 2];
    posture
}

/// Standing on `side`, the other foot `out` (0..1) of the way to its reach.
fn reaching(body: &Body, side: usize, direction: Direction, ratio: f32, out: f32) -> Posture {
    let (sign, free) = (outward(side), 1 - side);
    let mut posture = centre(body, side, 1.0);
    let rest = posture.feet[free];
    let floor = direction.on_floor() * Vec2::new(sign, 1.0);
    let back = direction != Direction::Anterior;

    // The far foot: toes where the reach says, just over the floor.
    let toe_out = if back { 25.0 } else { 2.0 };
    let pitch = if back { 38.0 } else { 12.0 };
    let toes =
        toe_of(body, side, &posture.feet[side]) + Vec3::new(floor.x, 0.0, floor.y) * (ratio * body.leg());
    let turned = Foot::free(Vec3::ZERO, toe_out, pitch);
    let far = Vec3::new(toes.x, 0.03, toes.z) - toe_of(body, free, &turned);
    // A back-and-across foot swings round behind the standing leg.
    let detour = if direction == Direction::Posterolateral {
        Vec3::new(-sign * 0.10, 0.0, -0.10) * (std::f32::consts::PI * out).sin()
    } else {
        Vec3::ZERO
    };
    posture.feet[free] = Foot::free(
        rest.ankle.lerp(far, out) + detour,
        mix(rest.toe_out, toe_out, out),
        mix(rest.pitch, pitch, out),
    );
    posture.knees[free] = Knee::Toward(Vec3::new(-sign * 0.25, 0.0, 1.0));

    // Hips follow the foot a little, the trunk leans the other way.
    let follow = if back { 0.14 } else { 0.02 };
    posture.pelvis += Vec3::new(0.4 * floor.x, 0.0, floor.y) * (follow * out);
    if direction == Direction::Posterolateral {
        // The pelvis opens so that its free side comes back and across, the trunk follows half way.
        posture.pelvis_turn = -sign * 38.0 * out;
        posture.twist = -sign * 18.0 * out;
    }
    posture.lean = if back { 34.0 * out } else { -5.0 * out };
    posture.pelvis_pitch = posture.lean.mul_add(0.8, 2.0);
    posture.side_lean = sign
        * out
        * if direction == Direction::Posterolateral {
            -4.0
        } else {
            3.0
        };
    posture.pelvis_list = if back { sign * -4.0 * out } else { 0.0 };
    posture.head_pitch = 0.5 * posture.lean.max(0.0) + 5.0 * out;
    // Some bend is natural even for a near target.
    posture.pelvis.y -= 0.05 * out;
    skeleton::lower_to_reach(body, &mut posture, 0.985);
    posture
}

/// Tip of a foot for an ankle at its place.
fn toe_of(body: &Body, side: usize, foot: &Foot) -> Vec3 {
    let ahead = Vec3::new(
        -outward(side) * 0.012,
        0.022 - body.ankle_height,
        body.ball_ahead() + 0.24 * body.foot,
    );
    foot.ankle + foot.rotation(side) * ahead
}
