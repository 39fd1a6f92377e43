//! Clamshells of the stick figure: on one side, the front toward the camera.

use flow_landmarks::{Clip, Side};

use super::{Film, Posture, THIGH, mix, sign, swing};

/// Openings of the upper knee, degrees; sides one after the other, 0 times leaves one out; left before right.
#[derive(Clone, Copy, Debug)]
pub struct Clamshells {
    pub times: [u32; 2],
    pub opening: [f64; 2],
    /// Degrees by which the front is turned away from the camera.
    pub askew: f64,
    /// How far the upper foot goes up with the knee, metres.
    pub foot_up: f64,
}

const TEMPO: f64 = 2.6;
const READY: f64 = 1.2;
/// Turning over, seconds.
const TURN: f64 = 2.0;

impl Clamshells {
    pub const GOOD: Self = Self {
        times: [5; 2],
        opening: [56.0; 2],
        askew: 0.0,
        foot_up: 0.0,
    };

    pub fn film(&self, film: &Film) -> Clip {
        let length = |side: usize| 2.0 * READY + f64::from(self.times[side]) * TEMPO;
        let (left, right) = (length(0), length(1));
        let begin = if self.times[0] > 0 { left + TURN } else { 0.0 };
        let seconds = if self.times[1] > 0 { begin + right } else { left };
        film.shoot(seconds, |t| {
            if self.times[0] > 0 && (t < left || self.times[1] == 0) {
                self.posture(Side::Left, t, 90.0)
            } else if t < begin {
                self.posture(Side::Left, 0.0, 90.0 - 180.0 * (t - left) / TURN)
            } else {
                self.posture(Side::Right, t - begin, -90.0)
            }
        })
    }

    fn posture(&self, upper: Side, t: f64, roll: f64) -> Posture {
        let index = usize::from(upper == Side::Right);
        let share = (t - READY) / TEMPO;
        let open = if (0.0..f64::from(self.times[index])).contains(&share) {
            swing(share.fract())
        } else {
            0.0
        };
        let (half, height) = (std::f64::consts::FRAC_1_SQRT_2 * THIGH, 0.85);
        let mut posture = Posture {
            roll,
            heading: self.askew,
            ..Posture::standing(0.2)
        };
        for (index, side) in Side::BOTH.into_iter().enumerate() {
            let turned = if side == upper {
                self.opening[index] * open
            } else {
                0.0
            };
            let (out, ahead) = turned.to_radians().sin_cos();
            let x = sign(side) * super::HIP;
            let foot = if side == upper {
                mix(0.0, self.foot_up, open)
            } else {
                0.0
            };
            posture.hip[index] = [x, height, 0.0];
            posture.knee[index] = [x + sign(side) * half * out, height - half, half * ahead];
            posture.ankle[index] = [x + sign(side) * foot, height - 2.0 * half, 0.0];
        }
        posture
    }
}
