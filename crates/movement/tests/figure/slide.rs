//! Wall slides of the stick figure, facing the camera: both arms from a W up into a Y and back.

use flow_landmarks::{Clip, Side};

use super::{Film, Posture, Vec3, mix, sign};

/// Slides. Degrees; left before right.
#[derive(Clone, Copy, Debug)]
pub struct Slides {
    /// How often.
    pub times: u32,
    /// Upper arms from hanging at the bottom.
    pub bottom: [f64; 2],
    /// Upper arms from hanging at the top.
    pub top: [f64; 2],
    /// Forearms tilted toward the midline at the bottom.
    pub tilt: [f64; 2],
    /// Forearms ahead of the wall at the bottom.
    pub ahead: [f64; 2],
    /// Shoulders drawn up at the top, metres.
    pub shrug: f64,
    /// Trunk tipped to the left at the top.
    pub side_lean: f64,
    /// Degrees the person is turned off the camera.
    pub askew: f64,
}

/// Standing with hanging arms before and after, taking the W, one slide; seconds.
const HANGING: f64 = 0.8;
const TAKING: f64 = 1.0;
const SLIDE: f64 = 3.6;

impl Slides {
    pub const GOOD: Self = Self {
        times: 5,
        bottom: [88.0; 2],
        top: [155.0; 2],
        tilt: [0.0; 2],
        ahead: [0.0; 2],
        shrug: 0.0,
        side_lean: 0.0,
        askew: 0.0,
    };

    pub fn film(&self, film: &Film) -> Clip {
        let seconds = 2.0 * (HANGING + TAKING) + SLIDE * f64::from(self.times);
        film.shoot(seconds, |t| self.posture(t, seconds))
    }

    fn posture(&self, t: f64, seconds: f64) -> Posture {
        // How far the arms are in the W, and how far they are up.
        let taken = ((t.min(seconds - t) - HANGING) / TAKING).clamp(0.0, 1.0);
        let slides = ((t - HANGING - TAKING) / SLIDE).clamp(0.0, f64::from(self.times));
        let up = 0.5 - 0.5 * (std::f64::consts::TAU * slides).cos();
        let arm = |index: usize, side: Side| -> [Vec3; 2] {
            let raise = mix(8.0, mix(self.bottom[index], self.top[index], up), taken).to_radians();
            let low = 1.0 - up;
            let tilt = (self.tilt[index] * low).to_radians();
            let ahead = (self.ahead[index] * low).to_radians();
            let upper = [sign(side) * raise.sin(), -raise.cos(), 0.0];
            let upright = [
                -sign(side) * tilt.sin() * ahead.cos(),
                tilt.cos() * ahead.cos(),
                ahead.sin(),
            ];
            let fore = [0, 1, 2].map(|axis| mix(upper[axis], upright[axis], taken));
            let length = fore.iter().map(|axis| axis * axis).sum::<f64>().sqrt().max(1e-9);
            [upper, fore.map(|axis| axis / length)]
        };
        let mut posture = Posture::standing(0.3);
        posture.pointed_arms = Some([arm(0, Side::Left), arm(1, Side::Right)]);
        posture.shrug = self.shrug * up;
        posture.side_lean = self.side_lean * up;
        posture.heading = self.askew;
        posture
    }
}
