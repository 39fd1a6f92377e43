//! Test 7, single-leg balance: stand on one leg, then on the other, as long, as steady and as still as the dials say.

use flow_landmarks::Side;
use glam::Vec3;
use serde::Serialize;

use super::{ease, mix, part_at, wander};
use crate::{
    body::Body,
    posture::{Arm, Foot, Knee, LEFT, Posture, RIGHT, outward},
};

/// One stand on one leg. The next one follows after the foot has touched the floor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hold {
    /// The leg stood on.
    pub stance: Side,
    /// How long the foot is held up, seconds, without lifting and lowering it.
    pub seconds: f32,
    /// Sideways sway of the middle of the trunk, root mean square, centimetres.
    pub sway_cm: f32,
    /// When the standing foot hops outward, seconds into the hold.
    pub hop_at: Option<f32>,
}

impl Hold {
    /// A quiet stand.
    #[must_use]
    pub const fn quiet(stance: Side, seconds: f32) -> Self {
        Self {
            stance,
            seconds,
            sway_cm: 0.7,
            hop_at: None,
        }
    }

    /// A stand with sway.
    #[must_use]
    pub const fn swaying(stance: Side, seconds: f32, sway_cm: f32) -> Self {
        Self {
            stance,
            seconds,
            sway_cm,
            hop_at: None,
        }
    }
}

/// Where the arms are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Hands {
    /// Hanging, a little open.
    AtSides,
    /// On the hips.
    OnHips,
}

/// A sequence of stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Balance {
    /// One after the other.
    pub holds: &'static [Hold],
    /// Where the arms are.
    pub hands: Hands,
}

const START: f32 = 0.5;
const MOVE: f32 = 0.75;
const BETWEEN: f32 = 0.3;
/// Sideways length of a hop, metres.
const HOP: f32 = 0.17;

impl Balance {
    fn lengths(&self) -> impl Iterator<Item = f32> {
        std::iter::once(START).chain(
            self.holds
                .iter()
                .flat_map(|hold| [MOVE, hold.seconds, MOVE, BETWEEN]),
        )
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.lengths().sum()
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let (part, share) = part_at(self.lengths(), t);
        let Some((hold, stage)) = part
            .checked_sub(1)
            .and_then(|part| Some((self.holds.get(part / 4)?, part % 4)))
        else {
            return self.standing(body, 0.0, LEFT);
        };
        let side = match hold.stance {
            Side::Left => LEFT,
            Side::Right => RIGHT,
        };
        let lift = match stage {
            0 => ease(share),
            1 => 1.0,
            2 => 1.0 - ease(share),
            _ => 0.0,
        };
        let mut posture = self.standing(body, lift, side);
        let since = if stage == 1 { share * hold.seconds } else { 0.0 };
        // Sway swells in and out, so that lifting and lowering stay clean.
        let swell = if stage == 1 {
            (since / 0.8).min((hold.seconds - since) / 0.8).clamp(0.0, 1.0)
        } else {
            0.0
        };
        sway(
            &mut posture,
            body,
            side,
            0.01 * hold.sway_cm * swell * wander(t, 0.4),
        );
        if let Some(at) = hold.hop_at
            && (stage == 1 || stage == 2)
        {
            let elapsed = if stage == 1 { since } else { hold.seconds };
            hop(&mut posture, side, ((elapsed - at) / 0.35).clamp(0.0, 1.0), lift);
        }
        posture
    }

    /// Standing with the weight shifted onto `side` and the other foot raised, both by `lift` 0..1.
    fn standing(&self, body: &Body, lift: f32, side: usize) -> Posture {
        let stance = 0.9 * body.hip_width;
        let (out, free) = (outward(side), 1 - side);
        let mut posture = Posture::standing(body, stance);
        posture.pelvis.x = out * 0.36 * stance * lift;
        posture.pelvis_list = -out * 3.0 * lift;
        posture.side_lean = out * 1.5 * lift;
        let hip = posture.pelvis + Vec3::new(-out * body.hip_width / 2.0, 0.0, 0.0);
        // Thigh raised 42 degrees, knee bent 82.
        let (thigh, shank) = (42.0_f32.to_radians(), -40.0_f32.to_radians());
        let raised = hip
            + Vec3::new(0.0, -thigh.cos(), thigh.sin()) * body.thigh
            + Vec3::new(0.0, -shank.cos(), shank.sin()) * body.shank;
        let down = posture.feet[free];
        posture.feet[free] = Foot {
            ankle: down.ankle.lerp(raised, lift),
            toe_out: mix(down.toe_out, 4.0, lift),
            pitch: mix(0.0, 32.0, lift),
            toe_bend: 0.0,
            roll: 0.0,
        };
        posture.knees[free] = Knee::Toward(Vec3::new(-0.06 * out, 0.0, 1.0));
        posture.arms = match self.hands {
            Hands::AtSides => {
                [Arm::Angles {
                    flexion: 6.0,
                    out: mix(9.0, 17.0, lift),
                    elbow: mix(12.0, 20.0, lift),
                }; 2]
            }
            Hands::OnHips => [Arm::OnHip; 2],
        };
        posture
    }
}

/// Moves the middle of the trunk sideways by `offset` metres: half by the hips, half by leaning; the arms help.
fn sway(posture: &mut Posture, body: &Body, side: usize, offset: f32) {
    posture.pelvis.x += 0.5 * offset;
    posture.feet[1 - side].ankle.x += 0.5 * offset;
    posture.side_lean += (offset / body.trunk).clamp(-0.9, 0.9).asin().to_degrees();
    for (arm, out) in posture.arms.iter_mut().zip([1.0, -1.0]) {
        if let Arm::Angles { out: open, .. } = arm {
            *open = (*open + 260.0 * offset.abs() - 150.0 * out * offset).clamp(3.0, 95.0);
        }
    }
}

/// A small jump outward on the standing leg; `share` 0..1 of its course. Lowering the other foot brings it back.
fn hop(posture: &mut Posture, side: usize, share: f32, lift: f32) {
    let height = 0.05 * (std::f32::consts::PI * share).sin();
    let offset = Vec3::new(outward(side) * HOP * ease(share), height, 0.0) * lift;
    posture.pelvis += offset;
    for foot in &mut posture.feet {
        foot.ankle += offset;
    }
}
