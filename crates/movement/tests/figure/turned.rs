//! The course of tests of one side after the other, seen side-on: the right side near the camera first, repetitions, a turn,
//! the left.

use super::swing;

/// How often each side is shown, left before right.
#[derive(Clone, Copy, Debug)]
pub struct Course(pub [u32; 2]);

/// Where such a motion is.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The side that moves: 0 left, 1 right.
    pub side: usize,
    /// How far on its way, 0..1.
    pub there: f64,
    /// 0 with the right side near the camera, 1 with the left.
    pub turned: f64,
}

impl Course {
    const TEMPO: f64 = 2.6;
    const READY: f64 = 1.0;
    const TURN: f64 = 2.0;

    /// Seconds until the turn begins.
    fn right_end(self) -> f64 {
        if self.0[1] > 0 {
            Self::READY + f64::from(self.0[1]) * Self::TEMPO
        } else {
            0.0
        }
    }

    fn turn(self) -> f64 {
        if self.0[0] > 0 && self.0[1] > 0 {
            Self::TURN
        } else {
            0.0
        }
    }

    pub fn seconds(self) -> f64 {
        let left = Self::READY + f64::from(self.0[0]) * Self::TEMPO;
        self.right_end() + self.turn() + left + Self::READY
    }

    pub fn at(self, t: f64) -> Moment {
        let left_start = self.right_end() + self.turn();
        let (side, since) = if t < self.right_end() || self.0[0] == 0 {
            (1, t - Self::READY)
        } else {
            (0, t - left_start - Self::READY)
        };
        let share = since / Self::TEMPO;
        let there = if (0.0..f64::from(self.0[side])).contains(&share) {
            swing(share.fract())
        } else {
            0.0
        };
        let turned = if self.turn() > 0.0 {
            ((t - self.right_end()) / Self::TURN).clamp(0.0, 1.0)
        } else {
            f64::from(u8::from(side == 0))
        };
        Moment { side, there, turned }
    }
}
