//! What the mannequin does: each motion is a posture for every moment, exact and repeatable.
//!
//! One file for each movement test, and one for what is none of them.

mod balance;
mod bird_dog;
mod clamshell;
mod drive;
mod lunge;
mod nod;
mod other;
mod plank;
mod raise;
mod reach;
mod slide;
mod squat;
mod tuck;
mod turned;

pub use balance::{Balance, Hands, Hold};
pub use bird_dog::{BirdDog, Lift};
pub use clamshell::Clamshells;
pub use drive::Drives;
pub use lunge::Lunges;
pub use nod::Nods;
pub use other::Other;
pub use plank::{Plank, Stage};
pub use raise::Raises;
pub use reach::{Direction, Reach, Reaches};
pub use slide::Slides;
pub use squat::{Form, Squats, Turn};
pub use tuck::Tucks;

use glam::Quat;
use serde::Serialize;

use crate::{
    body::Body,
    posture::{Arm, Posture},
    skeleton,
};

/// A motion with its dials.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Motion {
    /// Test 4.
    Squats(Squats),
    /// Test 7.
    Balance(Balance),
    /// Test 3.
    Reaches(Reaches),
    /// Test 6.
    Drives(Drives),
    /// Test 9.
    Raises(Raises),
    /// Test 8.
    Lunges(Lunges),
    /// Test 2.
    Plank(Plank),
    /// Test 1.
    Nods(Nods),
    /// Test 13.
    Tucks(Tucks),
    /// Test 14.
    BirdDog(BirdDog),
    /// Test 15.
    Clamshells(Clamshells),
    /// Test 10.
    Slides(Slides),
    /// Movements that belong to no test here.
    Other(Other),
}

impl Motion {
    /// How long the motion takes, seconds.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        match self {
            Self::Squats(squats) => squats.seconds(),
            Self::Balance(balance) => balance.seconds(),
            Self::Reaches(reaches) => reaches.seconds(),
            Self::Drives(drives) => drives.seconds(),
            Self::Raises(raises) => raises.seconds(),
            Self::Lunges(lunges) => lunges.seconds(),
            Self::Plank(plank) => plank.seconds(),
            Self::Nods(nods) => nods.seconds(),
            Self::Tucks(tucks) => tucks.seconds(),
            Self::BirdDog(bird_dog) => bird_dog.seconds(),
            Self::Clamshells(clamshells) => clamshells.seconds(),
            Self::Slides(slides) => slides.seconds(),
            Self::Other(other) => other.seconds(),
        }
    }

    /// The posture at a time; before the start and after the end the first and the last.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let mut posture = match self {
            Self::Squats(squats) => squats.posture(body, t),
            Self::Balance(balance) => balance.posture(body, t),
            Self::Reaches(reaches) => reaches.posture(body, t),
            Self::Drives(drives) => drives.posture(body, t),
            Self::Raises(raises) => raises.posture(body, t),
            Self::Lunges(lunges) => lunges.posture(body, t),
            Self::Plank(plank) => plank.posture(body, t),
            Self::Nods(nods) => nods.posture(body, t),
            Self::Tucks(tucks) => tucks.posture(body, t),
            Self::BirdDog(bird_dog) => bird_dog.posture(body, t),
            Self::Clamshells(clamshells) => clamshells.posture(body, t),
            Self::Slides(slides) => slides.posture(body, t),
            Self::Other(other) => other.posture(body, t),
        };
        if self.stands() {
            sway(&mut posture, t);
        }
        breathe(&mut posture, t);
        skeleton::lower_to_reach(body, &mut posture, 0.9995);
        posture
    }
}

impl Motion {
    /// Whether the hips are carried by the feet alone.
    const fn stands(&self) -> bool {
        !matches!(
            self,
            Self::Plank(_) | Self::BirdDog(_) | Self::Clamshells(_) | Self::Other(Other::LyingFlat { .. })
        )
    }
}

/// From 0 to 1 without a jolt: position, speed and acceleration start and end at rest (minimum jerk, Flash & Hogan
/// 1985).
#[must_use]
pub fn ease(share: f32) -> f32 {
    let x = share.clamp(0.0, 1.0);
    x * x * x * (10.0 + x * (-15.0 + 6.0 * x))
}

/// Between two values.
#[must_use]
pub fn mix(from: f32, to: f32, share: f32) -> f32 {
    from + (to - from) * share
}

/// A slow wandering around 0 with a root mean square of 1; `seed` chooses another one.
///
/// Quiet standing moves mostly below 1 Hz (Winter 1995), hence the frequencies.
#[must_use]
pub fn wander(t: f32, seed: f32) -> f32 {
    [(0.19, 1.0), (0.37, 0.8), (0.61, 0.55), (1.03, 0.3)]
        .into_iter()
        .enumerate()
        .map(|(index, (hertz, size))| {
            size * (std::f32::consts::TAU * hertz * t + seed * (1.7 + 0.9 * index as f32)).sin()
        })
        .sum::<f32>()
        * 0.985
}

/// The few millimetres nobody can stand without.
fn sway(posture: &mut Posture, t: f32) {
    posture.pelvis.x += 0.0022 * wander(t, 1.0);
    posture.pelvis.z += 0.0028 * wander(t, 2.0);
}

/// Breathing, and what it and the muscles do to chest, head and arms.
fn breathe(posture: &mut Posture, t: f32) {
    posture.breath = (std::f32::consts::TAU * 0.27 * t).sin();
    posture.lean += 0.35 * wander(t, 3.0) + 0.25 * posture.breath;
    posture.head_pitch += 0.8 * wander(t, 4.0);
    posture.head_turn += 1.2 * wander(t, 5.0);
    for (arm, seed) in posture.arms.iter_mut().zip([6.0, 7.0]) {
        match arm {
            Arm::Angles { flexion, out, .. } => {
                *flexion += 0.7 * wander(t, seed);
                *out += 0.5 * wander(t, seed + 2.0);
            }
            Arm::Pointed { upper, fore, .. } => {
                let turn = Quat::from_rotation_z((0.5 * wander(t, seed)).to_radians())
                    * Quat::from_rotation_x((0.7 * wander(t, seed + 2.0)).to_radians());
                (*upper, *fore) = (turn * *upper, turn * *fore);
            }
            Arm::OnHip | Arm::To { .. } => {}
        }
    }
}

/// A motion in parts: which part a time falls into and how far it has got, 0..1.
///
/// Times before the start are the first part at 0, times after the end the last part at 1.
fn part_at(lengths: impl IntoIterator<Item = f32>, t: f32) -> (usize, f32) {
    let (mut index, mut rest, mut last) = (0, t, (0, 1.0));
    for length in lengths {
        if rest < length {
            return (index, (rest / length.max(1e-6)).clamp(0.0, 1.0));
        }
        rest -= length;
        last = (index, 1.0);
        index += 1;
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wandering_has_the_promised_size() {
        let samples: Vec<f32> = (0..6000).map(|step| wander(step as f32 * 0.05, 3.0)).collect();
        let rms = (samples.iter().map(|value| value * value).sum::<f32>() / samples.len() as f32).sqrt();
        assert!((rms - 1.0).abs() < 0.05, "{rms}");
    }

    #[test]
    fn times_fall_into_parts_in_order() {
        let lengths = [1.0, 2.0, 3.0];
        for (t, expected) in [
            (-1.0, (0, 0.0)),
            (0.5, (0, 0.5)),
            (2.0, (1, 0.5)),
            (9.0, (2, 1.0)),
        ] {
            assert_eq!(part_at(lengths, t), expected, "{t}");
        }
    }
}
