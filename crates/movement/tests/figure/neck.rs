//! Nods and chin tucks of the stick figure, side-on.

use flow_landmarks::Clip;

use super::{Film, Posture, mix, swing};

/// Nods down and up. Degrees.
#[derive(Clone, Copy, Debug)]
pub struct Nods {
    pub times: u32,
    pub flexion: f64,
    pub extension: f64,
    /// How far the trunk goes along.
    pub trunk: f64,
    /// Turn of the body: 90 shows the right side, -90 the left.
    pub heading: f64,
}

/// Seconds of looking ahead before the first movement and after the last.
const REST_S: f64 = 1.2;
/// Seconds of one nod.
const NOD_S: f64 = 5.0;

impl Nods {
    pub const GOOD: Self = Self {
        times: 3,
        flexion: 58.0,
        extension: 84.0,
        trunk: 0.0,
        heading: 90.0,
    };

    pub fn film(&self, film: &Film) -> Clip {
        let seconds = 2.0 * REST_S + NOD_S * f64::from(self.times);
        film.shoot(seconds, |t| self.posture(t))
    }

    fn posture(&self, t: f64) -> Posture {
        let mut posture = Posture::standing(0.3);
        posture.heading = self.heading;
        let since = t - REST_S;
        if since > 0.0 && since < NOD_S * f64::from(self.times) {
            let share = since.rem_euclid(NOD_S) / NOD_S;
            let (out, pitch, way) = if share < 0.5 {
                (swing(2.0 * share), self.flexion, 1.0)
            } else {
                (swing(2.0 * share - 1.0), -self.extension, -1.0)
            };
            posture.head_pitch = mix(0.0, pitch, out);
            posture.lean += way * self.trunk * out;
        }
        posture
    }
}

/// Chin tucks.
#[derive(Clone, Copy, Debug)]
pub struct Tucks {
    pub times: u32,
    /// Metres.
    pub back: f64,
    /// Seconds at the back.
    pub hold_s: f64,
    /// Degrees the face drops meanwhile.
    pub tilt: f64,
    /// Head ahead at rest, metres.
    pub ahead: f64,
    /// Trunk leaning back meanwhile, degrees.
    pub lean_back: f64,
    pub heading: f64,
}

/// Seconds for going back, and for coming forward again.
const WAY_S: f64 = 0.8;

impl Tucks {
    pub const GOOD: Self = Self {
        times: 5,
        back: 0.045,
        hold_s: 3.0,
        tilt: 0.0,
        ahead: 0.015,
        lean_back: 0.0,
        heading: 90.0,
    };

    fn one_s(&self) -> f64 {
        2.0 * WAY_S + self.hold_s + REST_S
    }

    pub fn film(&self, film: &Film) -> Clip {
        let seconds = REST_S + self.one_s() * f64::from(self.times);
        film.shoot(seconds, |t| self.posture(t))
    }

    fn posture(&self, t: f64) -> Posture {
        let mut posture = Posture::standing(0.3);
        posture.heading = self.heading;
        let since = t - REST_S;
        let within = since.rem_euclid(self.one_s());
        let back = if since < 0.0 || since >= self.one_s() * f64::from(self.times) {
            0.0
        } else {
            let way = (within / WAY_S).min((2.0 * WAY_S + self.hold_s - within) / WAY_S);
            way.clamp(0.0, 1.0)
        };
        posture.head_back = mix(0.0, self.back, back) - self.ahead;
        posture.head_pitch = self.tilt * back;
        posture.lean -= self.lean_back * back;
        posture
    }
}
