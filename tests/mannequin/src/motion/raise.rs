//! Test 9, shoulder flexion: side-on, the arm nearer to the camera goes forward and up; then the person turns round.

use serde::Serialize;

use super::{
    mix,
    turned::{Course, Stage},
};
use crate::{
    body::Body,
    posture::{Arm, Posture},
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

    const fn course(&self) -> Course {
        Course {
            times: self.times,
            tempo: self.tempo,
            turn: TURN,
        }
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.course().seconds()
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let (stage, heading) = self.course().at(t);
        let mut posture = Posture::standing(body, 0.8 * body.shoulder_width);
        posture.heading = heading;
        if let Stage::Shown(side, up) = stage
            && up > 0.0
        {
            posture.arms[side] = Arm::Angles {
                flexion: mix(HANGING, self.flexion[side], up),
                out: mix(9.0, 2.0, up),
                elbow: mix(12.0, 3.0, up),
            };
            posture.lean -= self.lean_back[side] * up;
        }
        posture
    }
}
