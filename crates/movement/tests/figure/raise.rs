//! Arm raises of the stick figure, side-on, the right side to the camera first.

use flow_landmarks::Clip;

use super::{Film, Posture, mix, swing};

/// Raises of both arms at once, the nearer one being what the camera sees. Degrees; left before right.
#[derive(Clone, Copy, Debug)]
pub struct Raises {
    /// How often with either side to the camera.
    pub times: [u32; 2],
    /// Arms against the trunk at the top.
    pub flexion: [f64; 2],
    /// How far the trunk leans back at the top.
    pub lean_back: [f64; 2],
    /// Degrees that are missing to side-on.
    pub askew: f64,
}

impl Raises {
    pub const GOOD: Self = Self {
        times: [3; 2],
        flexion: [176.0; 2],
        lean_back: [0.0; 2],
        askew: 0.0,
    };

    const TEMPO: f64 = 2.6;
    const READY: f64 = 1.0;
    const TURN: f64 = 2.0;

    /// Until the turn begins.
    fn right_end(&self) -> f64 {
        if self.times[1] > 0 {
            Self::READY + f64::from(self.times[1]) * Self::TEMPO
        } else {
            0.0
        }
    }

    fn turn(&self) -> f64 {
        if self.times[0] > 0 && self.times[1] > 0 {
            Self::TURN
        } else {
            0.0
        }
    }

    pub fn film(&self, film: &Film) -> Clip {
        let left = Self::READY + f64::from(self.times[0]) * Self::TEMPO;
        let seconds = self.right_end() + self.turn() + left + Self::READY;
        film.shoot(seconds, |t| self.posture(t))
    }

    fn posture(&self, t: f64) -> Posture {
        let left_start = self.right_end() + self.turn();
        let (index, since) = if t < self.right_end() || self.times[0] == 0 {
            (1, t - Self::READY)
        } else {
            (0, t - left_start - Self::READY)
        };
        let share = since / Self::TEMPO;
        let up = if (0.0..f64::from(self.times[index])).contains(&share) {
            swing(share.fract())
        } else {
            0.0
        };
        let mut posture = Posture::standing(0.3);
        posture.lean = 1.0 - self.lean_back[index] * up;
        // Against the trunk: from the vertical plus the lean.
        posture.arms = mix(8.0, self.flexion[index] - posture.lean, up);
        let turned = if self.turn() > 0.0 {
            ((t - self.right_end()) / Self::TURN).clamp(0.0, 1.0)
        } else {
            f64::from(u8::from(index == 0))
        };
        posture.heading = mix(90.0 - self.askew, -90.0 + self.askew, turned);
        posture
    }
}
