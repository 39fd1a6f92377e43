//! Hip and shoulder rotations of the stick figure, which sits and faces the camera.

use flow_landmarks::{Clip, Side};

use super::{ANKLE_HEIGHT, Film, HIP, Posture, SHANK, THIGH, Vec3, add, mix, sign};

/// Swings of one lower leg after the other, then turns of both forearms. Degrees; left before right.
#[derive(Clone, Copy, Debug)]
pub struct Rotations {
    /// Swings of each leg.
    pub swings: [u32; 2],
    /// Turns of both arms.
    pub turns: u32,
    /// Foot out.
    pub hip_internal: [f64; 2],
    /// Foot in.
    pub hip_external: [f64; 2],
    /// Forearm up.
    pub shoulder_external: [f64; 2],
    /// Forearm down.
    pub shoulder_internal: [f64; 2],
    /// Thigh turning in as the foot goes out, and out as it goes in.
    pub thigh: [f64; 2],
    /// Trunk leaning away from the foot that goes out.
    pub lean: f64,
    /// Upper arms from hanging.
    pub upper_arms: [f64; 2],
    /// Degrees the person is turned off the camera.
    pub askew: f64,
}

/// Sitting before and after, one swing or turn, arms going up or down; seconds.
const REST: f64 = 1.0;
const SWING: f64 = 4.0;
const ARMS: f64 = 1.2;

impl Rotations {
    pub const GOOD: Self = Self {
        swings: [2; 2],
        turns: 2,
        hip_internal: [44.0; 2],
        hip_external: [48.0; 2],
        shoulder_external: [85.0; 2],
        shoulder_internal: [65.0; 2],
        thigh: [0.0; 2],
        lean: 0.0,
        upper_arms: [90.0; 2],
        askew: 0.0,
    };

    pub fn film(&self, film: &Film) -> Clip {
        let turning = if self.turns > 0 {
            2.0 * ARMS + SWING * f64::from(self.turns)
        } else {
            0.0
        };
        let swinging = SWING * f64::from(self.swings[0] + self.swings[1]);
        film.shoot(2.0 * REST + swinging + turning, |t| self.posture(t, swinging))
    }

    fn posture(&self, t: f64, swinging: f64) -> Posture {
        let swings = (t - REST) / SWING;
        let left = f64::from(self.swings[0]);
        let way = if (0.0..swinging / SWING).contains(&swings) {
            (std::f64::consts::TAU * swings).sin()
        } else {
            0.0
        };
        let way = if swings < left { [way, 0.0] } else { [0.0, way] };
        let since = t - REST - swinging;
        let turning = SWING * f64::from(self.turns);
        let raised = (since.min(2.0 * ARMS + turning - since) / ARMS).clamp(0.0, 1.0);
        let turns = ((since - ARMS) / SWING).clamp(0.0, f64::from(self.turns));
        let turn = (std::f64::consts::TAU * turns).sin();
        // Up to 1 the first way, down to -1 the second one.
        let to = |there: f64, first: f64, second: f64| {
            if there > 0.0 {
                first * there
            } else {
                second * there
            }
        };

        let mut posture = Posture::standing(2.0 * HIP);
        let lean = self.lean * (way[1].max(0.0) - way[0].max(0.0));
        posture.side_lean = lean;
        let height = ANKLE_HEIGHT + SHANK;
        let arm = |index: usize, side: Side| -> [Vec3; 2] {
            let raise = mix(10.0, self.upper_arms[index], raised).to_radians();
            let turned = to(turn, self.shoulder_external[index], self.shoulder_internal[index]);
            let turned = mix(-15.0, turned, raised).to_radians();
            [
                [sign(side) * raise.sin(), -raise.cos(), 0.0],
                [0.0, turned.sin(), turned.cos()],
            ]
        };
        posture.pointed_arms = Some([arm(0, Side::Left), arm(1, Side::Right)]);
        for (index, side) in Side::BOTH.into_iter().enumerate() {
            let out = sign(side);
            let aside = (8.0 - self.thigh[index] * way[index]).to_radians();
            let swung = to(way[index], self.hip_internal[index], self.hip_external[index]).to_radians();
            let hip = [out * HIP, height, -0.2];
            let knee = add(hip, [out * THIGH * aside.sin(), 0.0, THIGH * aside.cos()]);
            let shank = [out * SHANK * swung.sin(), -SHANK * swung.cos(), 0.0];
            posture.hip[index] = hip;
            posture.knee[index] = knee;
            posture.ankle[index] = add(knee, shank);
        }
        posture.heading = self.askew;
        posture
    }
}
