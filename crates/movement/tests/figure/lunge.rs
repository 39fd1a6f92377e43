//! Lateral lunges of the stick figure, to the right first.

use flow_landmarks::{Clip, Side};

use super::{ANKLE_HEIGHT, Film, HIP, LEG, Posture, SHANK, THIGH, mix, sign, swing};

/// The form at the bottom. Degrees; left before right.
#[derive(Clone, Copy, Debug)]
pub struct Lunges {
    pub times: [u32; 2],
    /// Flexion of the bending knee.
    pub knee: [f64; 2],
    /// Tilt of the bending shin toward the midline.
    pub knee_in: [f64; 2],
    pub lean: [f64; 2],
    pub heading: f64,
}

impl Lunges {
    pub const GOOD: Self = Self {
        times: [3; 2],
        knee: [105.0; 2],
        knee_in: [-2.0; 2],
        lean: [22.0; 2],
        heading: 0.0,
    };

    const TEMPO: f64 = 3.0;
    const READY: f64 = 1.0;
    /// From ankle to ankle, metres.
    const WIDE: f64 = 0.95;

    pub fn film(&self, film: &Film) -> Clip {
        let count = f64::from(self.times[0] + self.times[1]);
        film.shoot(2.0 * Self::READY + count * Self::TEMPO, |t| self.posture(t))
    }

    fn posture(&self, t: f64) -> Posture {
        let share = (t - Self::READY) / Self::TEMPO;
        let [left, right] = self.times.map(f64::from);
        let down = if (0.0..left + right).contains(&share) {
            swing(share.fract())
        } else {
            0.0
        };
        let side = if share < right { Side::Right } else { Side::Left };
        let mut posture = self.at(side, down);
        posture.heading = self.heading;
        posture
    }

    /// Feet wide apart, the hips between them, then over the foot of `side`.
    fn at(&self, side: Side, down: f64) -> Posture {
        let index = usize::from(side == Side::Right);
        let out = sign(side);
        let mut posture = Posture::standing(Self::WIDE);
        let (bending, straight) = (posture.ankle[index], posture.ankle[1 - index]);
        let standing = posture.hip;

        // The shin leans ahead so far that hips come to lie behind the foot; the thigh closes the triangle.
        let (tilt, ahead) = (self.knee_in[index].to_radians(), 24.0_f64.to_radians());
        let up = SHANK / (1.0 + tilt.tan().powi(2) + ahead.tan().powi(2)).sqrt();
        let knee = [
            bending[0] - out * up * tilt.tan(),
            bending[1] + up,
            bending[2] + up * ahead.tan(),
        ];
        let bent = (180.0 - self.knee[index]).to_radians();
        let short = (THIGH * THIGH + SHANK * SHANK - 2.0 * THIGH * SHANK * bent.cos()).sqrt();
        let hip = place(knee, bending, short, straight, out);
        let low = [hip, [hip[0] - 2.0 * out * HIP, hip[1], hip[2]]];
        for (to, joint) in [(index, low[0]), (1 - index, low[1])] {
            posture.hip[to] = [0, 1, 2].map(|axis| mix(standing[to][axis], joint[axis], down));
            let middle = [0, 1, 2].map(|axis| 0.5 * (posture.hip[to][axis] + posture.ankle[to][axis]));
            posture.knee[to] = if to == index {
                [0, 1, 2].map(|axis| mix(middle[axis], knee[axis], down))
            } else {
                middle
            };
        }
        posture.lean = mix(1.0, self.lean[index], down);
        posture
    }
}

/// The hip joint at a thigh's length from the knee, `short` from the bending ankle, and so that the other leg reaches its
/// ankle nearly straight.
fn place(knee: [f64; 3], bending: [f64; 3], short: f64, straight: [f64; 3], out: f64) -> [f64; 3] {
    let far = |a: [f64; 3], b: [f64; 3]| {
        let square: f64 = (0..3).map(|axis| (a[axis] - b[axis]).powi(2)).sum();
        square.sqrt()
    };
    let miss = |hip: [f64; 3]| {
        let other = [hip[0] - 2.0 * out * HIP, hip[1], hip[2]];
        (far(hip, knee) - THIGH).powi(2)
            + (far(hip, bending) - short).powi(2)
            + (far(other, straight) - 0.995 * LEG).powi(2)
    };
    // Straight down from a coarse start: three smooth equations, three unknowns.
    let mut hip = [bending[0] - out * 0.15, ANKLE_HEIGHT + 0.8 * short, -0.2];
    let mut step = 0.1;
    while step > 1e-6 {
        let mut moved = false;
        for axis in 0..3 {
            for way in [-step, step] {
                let mut next = hip;
                next[axis] += way;
                if miss(next) < miss(hip) {
                    hip = next;
                    moved = true;
                }
            }
        }
        if !moved {
            step *= 0.5;
        }
    }
    hip
}
