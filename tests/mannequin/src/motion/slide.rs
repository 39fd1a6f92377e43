//! Test 10, wall slide: the back to a wall, the arms in a W go up to a Y and come back, again and again.

use glam::{Quat, Vec3};
use serde::Serialize;

use super::{ease, mix, part_at};
use crate::{
    body::Body,
    posture::{Arm, Foot, LEFT, Posture, RIGHT, outward},
};

/// Slides of both arms. Degrees and metres; left before right.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Slides {
    /// How often.
    pub times: u8,
    /// Seconds for one slide.
    pub tempo: f32,
    /// Upper arm from straight down at the bottom: 90 is level.
    pub bottom: [f32; 2],
    /// Upper arm from straight down at the top.
    pub top: [f32; 2],
    /// Forearm tilted toward the midline at the bottom.
    pub tilt: [f32; 2],
    /// Forearm fallen ahead of the wall at the bottom; half of it at the top.
    pub ahead: [f32; 2],
    /// Shoulders drawn up to the ears at the top, metres.
    pub shrug: f32,
    /// Chest leaning to the person's left at the top.
    pub side_lean: f32,
}

#[derive(Clone, Copy)]
enum Part {
    /// Arms hanging.
    Ready,
    /// From hanging into the W.
    Setting,
    /// Still in the W.
    Bottom,
    Slide,
    /// Back to hanging.
    Lowering,
}

/// How far the feet are ahead of the wall's foot, metres.
const FEET_AHEAD: f32 = 0.08;
/// Upper arms behind the shoulder joints, so that the elbows touch the wall, degrees.
const BACK: f32 = 10.0;
/// Share of what is missing to straight up by which the forearms open outward at the top: arms in a Y.
const OPENING: f32 = 0.45;

impl Slides {
    /// Five slides from level elbows to arms well overhead.
    pub const GOOD: Self = Self {
        times: 5,
        tempo: 3.6,
        bottom: [88.0; 2],
        top: [155.0; 2],
        tilt: [-4.0; 2],
        ahead: [2.0; 2],
        shrug: 0.0,
        side_lean: 0.0,
    };

    fn parts(&self) -> impl Iterator<Item = (Part, f32)> {
        let slides = std::iter::repeat_n((Part::Slide, self.tempo), usize::from(self.times));
        [(Part::Ready, 0.8), (Part::Setting, 1.6), (Part::Bottom, 0.8)]
            .into_iter()
            .chain(slides)
            .chain([(Part::Bottom, 0.5), (Part::Lowering, 1.4), (Part::Ready, 0.6)])
    }

    /// How long it takes.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.parts().map(|(_, length)| length).sum()
    }

    /// The posture at a time.
    #[must_use]
    pub fn posture(&self, body: &Body, t: f32) -> Posture {
        let (index, share) = part_at(self.parts().map(|(_, length)| length), t);
        let (set, up) = match self.parts().nth(index) {
            Some((Part::Setting, _)) => (ease(share), 0.0),
            Some((Part::Lowering, _)) => (ease(1.0 - share), 0.0),
            Some((Part::Bottom, _)) => (1.0, 0.0),
            Some((Part::Slide, _)) => {
                let there = (1.2 * (1.0 - (2.0 * share - 1.0).abs())).min(1.0);
                (1.0, ease(there))
            }
            _ => (0.0, 0.0),
        };
        let mut posture = Posture::standing(body, 0.8 * body.shoulder_width);
        for side in [LEFT, RIGHT] {
            let x = outward(side) * 0.4 * body.shoulder_width;
            posture.feet[side] = Foot::planted(body, side, (x, FEET_AHEAD), 10.0, 0.0);
            posture.arms[side] = self.arm(side, set, up);
        }
        posture.pelvis.z = 0.0;
        posture.side_lean = self.side_lean * up;
        posture
    }

    /// The arm on its way from hanging (`set` 0) into the W (1), and from there (`up` 0) to the top (1).
    fn arm(&self, side: usize, set: f32, up: f32) -> Arm {
        let out = outward(side);
        let raised = mix(mix(8.0, self.bottom[side], set), self.top[side], up).to_radians();
        let back = Quat::from_rotation_y((out * BACK * set).to_radians());
        let upper = back * Vec3::new(out * raised.sin(), -raised.cos(), 0.0);
        let open = -OPENING * (180.0 - self.top[side]);
        let tilt = mix(self.tilt[side], open, up).to_radians();
        let ahead = (self.ahead[side] * (1.0 - 0.5 * up)).to_radians();
        let standing = Vec3::new(
            -out * tilt.sin() * ahead.cos(),
            tilt.cos() * ahead.cos(),
            ahead.sin(),
        );
        // From hanging the forearm goes up in front of the body.
        let turned = (168.0 * (1.0 - set)).to_radians();
        let fore = Quat::from_rotation_x(turned) * standing;
        Arm::Pointed {
            upper,
            fore,
            shrug: self.shrug * up,
        }
    }
}
