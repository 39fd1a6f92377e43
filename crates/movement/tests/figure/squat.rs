//! Squats of the stick figure.

use flow_landmarks::{Clip, Side};

use super::{ANKLE_HEIGHT, ANKLE_WITH_HEEL, Film, HIP, Posture, SHANK, THIGH, mix, sign, swing};

/// The form at the bottom. Degrees; left before right.
#[derive(Clone, Copy, Debug)]
pub struct Squats {
    pub front: u32,
    pub side: u32,
    /// Seconds for one squat.
    pub tempo: f64,
    /// Turn between the parts: +90 shows the right side, -90 the left.
    pub turn: f64,
    /// Heading of the front part.
    pub heading: f64,
    /// Thigh below the horizontal.
    pub depth: f64,
    pub shin: f64,
    pub lean: f64,
    /// Arms from straight down.
    pub arms: f64,
    pub knees_in: [f64; 2],
    /// Heels over the floor, metres.
    pub heels: [f64; 2],
}

impl Squats {
    pub const GOOD: Self = Self {
        front: 3,
        side: 3,
        tempo: 2.5,
        turn: 90.0,
        heading: 0.0,
        depth: 10.0,
        shin: 35.0,
        lean: 20.0,
        arms: 178.0,
        knees_in: [-5.0; 2],
        heels: [0.0; 2],
    };

    const READY: f64 = 1.0;
    const TURN: f64 = 1.5;

    pub fn seconds(&self) -> f64 {
        let turn = if self.side > 0 { Self::TURN } else { 0.0 };
        f64::from(self.front + self.side) * self.tempo + turn + 2.0 * Self::READY
    }

    pub fn film(&self, film: &Film) -> Clip {
        film.shoot(self.seconds(), |t| self.posture(t))
    }

    pub fn posture(&self, t: f64) -> Posture {
        let front_end = Self::READY + f64::from(self.front) * self.tempo;
        let side_start = if self.side > 0 {
            front_end + Self::TURN
        } else {
            f64::MAX
        };
        let turned = ((t - front_end) / Self::TURN).clamp(0.0, 1.0);
        let within = if t < front_end {
            t - Self::READY
        } else {
            t - side_start
        };
        let last = if t < front_end { self.front } else { self.side };
        let share = within / self.tempo;
        let squatting = (0.0..f64::from(last)).contains(&share);
        let down = if squatting { swing(share.fract()) } else { 0.0 };
        let mut posture = self.at(down);
        posture.heading = self.heading + if self.side > 0 { self.turn * turned } else { 0.0 };
        posture
    }

    /// The posture at a depth 0..1.
    fn at(&self, down: f64) -> Posture {
        let width = 0.36;
        let mut posture = Posture::standing(width);
        let shin = mix(0.0, self.shin, down).to_radians();
        let thigh = mix(-88.0, self.depth, down).to_radians();
        let straight = ((width / 2.0 - HIP) / (THIGH + SHANK)).asin().to_degrees();
        for (index, side) in Side::BOTH.into_iter().enumerate() {
            let tilt = mix(straight, self.knees_in[index], down.powf(0.7)).to_radians();
            let heel = self.heels[index] * down;
            let ankle = [
                sign(side) * width / 2.0,
                ANKLE_HEIGHT + ANKLE_WITH_HEEL * heel,
                0.0,
            ];
            let up = SHANK / (1.0 + tilt.tan().powi(2) + shin.tan().powi(2)).sqrt();
            let knee = [
                ankle[0] - sign(side) * up * tilt.tan(),
                ankle[1] + up,
                up * shin.tan(),
            ];
            let aside = sign(side) * HIP - knee[0];
            let level = (THIGH * THIGH - aside * aside).sqrt();
            let hip = [
                sign(side) * HIP,
                knee[1] - level * thigh.sin(),
                knee[2] - level * thigh.cos(),
            ];
            posture.ankle[index] = ankle;
            posture.knee[index] = knee;
            posture.hip[index] = hip;
            posture.heel[index] = heel;
        }
        posture.lean = mix(1.0, self.lean, down);
        posture.arms = mix(179.0, self.arms, down);
        posture
    }
}
