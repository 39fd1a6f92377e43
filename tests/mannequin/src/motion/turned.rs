//! What tests of one side after the other, seen side-on, have in common: the right side to the camera first, repetitions, a
//! turn, the left.

use super::{ease, mix, part_at};
use crate::posture::{LEFT, RIGHT};

/// Where such a motion is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stage {
    /// With a side to the camera, the movement so far on its way, 0..1.
    Shown(usize, f32),
    /// Turning round, so far of the way.
    Turning(f32),
}

/// The course of such a motion.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    /// How often each side is shown, left before right; 0 leaves it out.
    pub times: [u8; 2],
    /// Seconds for one repetition.
    pub tempo: f32,
    /// Seconds for the turn.
    pub turn: f32,
}

#[derive(Clone, Copy)]
enum Part {
    Ready(usize),
    Repetition(usize),
    Turn,
}

const READY: f32 = 1.0;

impl Course {
    fn parts(self) -> impl Iterator<Item = (Part, f32)> {
        let side = move |side: usize| {
            let times = self.times[side];
            let ready = (times > 0).then_some((Part::Ready(side), READY));
            let repetitions = std::iter::repeat_n((Part::Repetition(side), self.tempo), usize::from(times));
            ready.into_iter().chain(repetitions)
        };
        let turn = (self.times[LEFT] > 0 && self.times[RIGHT] > 0).then_some((Part::Turn, self.turn));
        let last = if self.times[LEFT] > 0 { LEFT } else { RIGHT };
        side(RIGHT)
            .chain(turn)
            .chain(side(LEFT))
            .chain([(Part::Ready(last), READY)])
    }

    /// How long it takes.
    pub fn seconds(self) -> f32 {
        self.parts().map(|(_, length)| length).sum()
    }

    /// Where it is at a time, and which way the person faces: degrees turned to their left.
    pub fn at(self, t: f32) -> (Stage, f32) {
        let parts: Vec<(Part, f32)> = self.parts().collect();
        let (index, share) = part_at(parts.iter().map(|(_, length)| *length), t);
        // Turned to the person's left the right side is nearer to the camera.
        let heading = |side: usize| if side == RIGHT { 90.0 } else { -90.0 };
        match parts[index].0 {
            Part::Ready(side) => (Stage::Shown(side, 0.0), heading(side)),
            Part::Turn => (
                Stage::Turning(share),
                mix(heading(RIGHT), heading(LEFT), ease(share)),
            ),
            Part::Repetition(side) => {
                // A moment at the far end.
                let there = ease((1.25 * (1.0 - (2.0 * share - 1.0).abs())).min(1.0));
                (Stage::Shown(side, there), heading(side))
            }
        }
    }
}
