//! Test 9, shoulder flexion: side-on, the arm nearer to the camera goes forward and up; then the person turns round.

use serde::Serialize;

use super::{ease, mix, part_at};
use crate::{
    body::Body,
    posture::{Arm, LEFT, Posture, RIGHT},
};

/// Raises of one arm after the other, the right side to the camera first. Degrees; left before right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Raises {
    /// How often each arm is raised; 0 leaves its side out.
    pub times: [u8; 2],
    /// Seconds for one raise.
    pub tempo: f32,
    /// Arm against trunk at the top.
    pub flexion: [f32; 2],
    /// How far the chest leans back at the top; the line from hips to shoulders follows by about half.
    pub lean_back: [f32; 2],
}

/// Parts of the motion; the first number is the arm's.
#[derive(Clone, Copy)]
enum Part {
    Ready(usize),
    Raise(usize),
    Turn,
}

const READY: f32 = 1.0;
const TURN: f32 = 2.2;
/// The arm hanging.
const HANGING: f32 = 4.0;

impl Raises {
    /// Both arms all the way up, three times each.
    pub const GOOD: Self = Self {
        times: [3, 3],
        tempo: 2.8,
        flexion: [177.0, 177.0],
        lean_back: [0.0, 0.0],
    };

    fn parts(&self) -> impl Iterator<Item = (Part, f32)> {
        let side = |side: usize| {
            let times = self.times[side];
            let ready = (times > 0).then_some((Part::Ready(side), READY));
            let raises = std::iter::repeat_n((Part::Raise(side), self.tempo), usize::from(times));
            ready.into_iter().chain(raises)
        };
        let turn = (self.times[LEFT] > 0 && self.times[RIGHT] > 0).then_some((Part::Turn, TURN));
        let last = if self.times[LEFT] > 0 { LEFT } else { RIGHT };
        side(RIGHT)
            .chain(turn)
            .chain(side(LEFT))
            .chain([(Part::Ready(last), READY)])
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.parts().map(|(_, length)| length).sum()
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let parts: Vec<(Part, f32)> = self.parts().collect();
        let (index, share) = part_at(parts.iter().map(|(_, length)| *length), t);
        let mut posture = Posture::standing(body, 0.8 * body.shoulder_width);
        // Turned to the person's left the right side is nearer to the camera.
        let heading = |side: usize| if side == RIGHT { 90.0 } else { -90.0 };
        match parts[index].0 {
            Part::Ready(side) => posture.heading = heading(side),
            Part::Turn => posture.heading = mix(heading(RIGHT), heading(LEFT), ease(share)),
            Part::Raise(side) => {
                posture.heading = heading(side);
                // A moment at the top.
                let up = ease((1.25 * (1.0 - (2.0 * share - 1.0).abs())).min(1.0));
                posture.arms[side] = Arm::Angles {
                    flexion: mix(HANGING, self.flexion[side], up),
                    out: mix(9.0, 2.0, up),
                    elbow: mix(12.0, 3.0, up),
                };
                posture.lean -= self.lean_back[side] * up;
            }
        }
        posture
    }
}
