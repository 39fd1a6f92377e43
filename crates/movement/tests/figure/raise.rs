//! Arm raises of the stick figure, side-on, the right side to the camera first.

use flow_landmarks::Clip;

use super::{Film, Posture, mix, turned::Course};

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

    pub fn film(&self, film: &Film) -> Clip {
        film.shoot(Course(self.times).seconds(), |t| self.posture(t))
    }

    fn posture(&self, t: f64) -> Posture {
        let moment = Course(self.times).at(t);
        let (index, up) = (moment.side, moment.there);
        let mut posture = Posture::standing(0.3);
        posture.lean = 1.0 - self.lean_back[index] * up;
        // Against the trunk: from the vertical plus the lean.
        posture.arms = mix(8.0, self.flexion[index] - posture.lean, up);
        posture.heading = mix(90.0 - self.askew, -90.0 + self.askew, moment.turned);
        posture
    }
}
