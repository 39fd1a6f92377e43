//! Test 1, neck flexion and extension: standing side-on, the head goes down to the chest and back to look up.

use serde::Serialize;

use super::{ease, mix, part_at};
use crate::{body::Body, posture::Posture};

/// Nods one after the other, each down first and then up. Degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Nods {
    /// How often.
    pub times: u8,
    /// Seconds for one nod down, up and back to the middle.
    pub tempo: f32,
    /// Head toward the chest, against where it rests.
    pub flexion: f32,
    /// Head back, against where it rests.
    pub extension: f32,
    /// How far the trunk goes with the head, down and up.
    pub trunk: f32,
}

/// Seconds of standing before the first nod and after the last.
const REST: f32 = 1.2;
/// Parts of a nod as shares of its tempo: down, held, up through the middle, held, back.
const PARTS: [f32; 5] = [0.25, 0.1, 0.3, 0.1, 0.25];

impl Nods {
    /// All the way down and up, three times.
    pub const GOOD: Self = Self {
        times: 3,
        tempo: 5.0,
        flexion: 58.0,
        extension: 84.0,
        trunk: 0.0,
    };

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        2.0 * REST + f32::from(self.times) * self.tempo
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let mut posture = Posture::standing(body, 0.8 * body.shoulder_width);
        let nodding = t - REST;
        if nodding < 0.0 || nodding >= f32::from(self.times) * self.tempo {
            return posture;
        }
        let (part, share) = part_at(
            PARTS.map(|length| length * self.tempo),
            nodding.rem_euclid(self.tempo),
        );
        let (down, up) = (self.flexion, -self.extension);
        let head = match part {
            0 => down * ease(share),
            1 => down,
            2 => mix(down, up, ease(share)),
            3 => up,
            _ => mix(up, 0.0, ease(share)),
        };
        let along = if head > 0.0 { head / down } else { -head / up };
        posture.lean += self.trunk * along;
        // The head is held against the vertical; the trunk's line follows the chest by about half.
        posture.head_pitch += head + 0.5 * self.trunk * along;
        posture
    }
}
