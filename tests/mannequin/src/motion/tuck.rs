//! Test 13, chin tuck: standing side-on, the chin is drawn straight back and held.

use serde::Serialize;

use super::{ease, part_at};
use crate::{body::Body, posture::Posture};

/// Tucks one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tucks {
    /// How often.
    pub times: u8,
    /// Seconds for drawing back, and as many for letting go.
    pub tempo: f32,
    /// Seconds the chin is held back.
    pub hold: f32,
    /// How far the head goes back, metres.
    pub back: f32,
    /// How far the chin drops meanwhile, degrees; negative lifts it.
    pub tilt: f32,
    /// How far the head is ahead of its place at rest, metres.
    pub ahead: f32,
    /// How far the trunk leans back in a tuck, degrees.
    pub lean_back: f32,
}

/// Seconds of standing before the first tuck, and between them.
const REST: f32 = 1.2;

impl Tucks {
    /// Five tucks of 3 s.
    pub const GOOD: Self = Self {
        times: 5,
        tempo: 0.8,
        hold: 3.0,
        back: 0.045,
        tilt: 0.0,
        ahead: 0.015,
        lean_back: 0.0,
    };

    /// One tuck with the rest after it.
    fn one(&self) -> f32 {
        2.0 * self.tempo + self.hold + REST
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        REST + f32::from(self.times) * self.one()
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let mut posture = Posture::standing(body, 0.8 * body.shoulder_width);
        posture.head_back = -self.ahead;
        let since = t - REST;
        if since < 0.0 || since >= f32::from(self.times) * self.one() {
            return posture;
        }
        let (part, share) = part_at(
            [self.tempo, self.hold, self.tempo, REST],
            since.rem_euclid(self.one()),
        );
        let drawn = match part {
            0 => ease(share),
            1 => 1.0,
            2 => ease(1.0 - share),
            _ => 0.0,
        };
        posture.head_back += self.back * drawn;
        posture.head_pitch += self.tilt * drawn;
        posture.lean -= self.lean_back * drawn;
        posture
    }
}
