//! Knee drives of the stick figure, side-on in split stance, the right leg in front and near the camera first.

use flow_landmarks::{Clip, Side};

use super::{
    ANKLE_HEIGHT, ANKLE_WITH_HEEL, Film, HIP, Posture, SHANK, THIGH, Vec3, mix, sign, turned::Course,
};

/// Drives of one knee after the other over its toes. Degrees; left before right.
#[derive(Clone, Copy, Debug)]
pub struct Drives {
    /// How often with either leg.
    pub times: [u32; 2],
    /// Lean of the front shin that the ankle allows with the heel down.
    pub lean: [f64; 2],
    /// How far the heel comes up at the deepest point, metres; the shin leans further with it.
    pub heel: [f64; 2],
    /// One ankle ahead of the other, metres.
    pub stagger: f64,
    /// Thigh of the front leg behind the vertical at the deepest point.
    pub thigh: f64,
    /// Degrees that are missing to side-on.
    pub askew: f64,
    /// Whether the body turns round for the left leg; without, the right side stays nearer to the camera.
    pub turns: bool,
}

impl Drives {
    pub const GOOD: Self = Self {
        times: [3; 2],
        lean: [43.0; 2],
        heel: [0.0; 2],
        stagger: 0.42,
        thigh: 40.0,
        askew: 0.0,
        turns: true,
    };

    /// Heel to the ball about which a foot turns, metres.
    const FOOT: f64 = 0.19;

    pub fn film(&self, film: &Film) -> Clip {
        film.shoot(Course(self.times).seconds(), |t| self.posture(t))
    }

    fn posture(&self, t: f64) -> Posture {
        let moment = Course(self.times).at(t);
        let (front, deep, turned) = (moment.side, moment.there, moment.turned);
        let mut posture = self.at(front, deep);
        if front == 0 && turned < 1.0 {
            // From the right foot ahead to the left foot ahead.
            let from = self.at(1, 0.0);
            let on_the_way = |from: [Vec3; 2], to: [Vec3; 2]| {
                [0, 1].map(|side| [0, 1, 2].map(|axis| mix(from[side][axis], to[side][axis], turned)))
            };
            posture.hip = on_the_way(from.hip, posture.hip);
            posture.knee = on_the_way(from.knee, posture.knee);
            posture.ankle = on_the_way(from.ankle, posture.ankle);
        }
        let to = if self.turns {
            -90.0 + self.askew
        } else {
            90.0 - self.askew
        };
        posture.heading = mix(90.0 - self.askew, to, turned);
        posture
    }

    /// The posture at a depth 0..1.
    fn at(&self, front: usize, deep: f64) -> Posture {
        let mut posture = Posture::standing(0.2);
        let rear = 1 - front;
        let most = self.heel[front];
        let pitch = (most / Self::FOOT).asin().to_degrees();
        let shin = mix(-4.0, self.lean[front] + pitch, deep);
        // The heel leaves the floor when the ankle bends no further.
        let heel = (shin - self.lean[front]).clamp(0.0, pitch).to_radians().sin() * Self::FOOT;
        for (index, way, heel) in [(front, 1.0, heel), (rear, -1.0, 0.0)] {
            posture.ankle[index][1] = ANKLE_HEIGHT + ANKLE_WITH_HEEL * heel;
            posture.ankle[index][2] = way * self.stagger / 2.0;
            posture.heel[index] = heel;
        }
        let (along, up) = shin.to_radians().sin_cos();
        let [x, y, z] = posture.ankle[front];
        let knee = [x, y + SHANK * up, z + SHANK * along];
        let (back, up) = mix(12.0, self.thigh, deep).to_radians().sin_cos();
        let (height, along) = (knee[1] + THIGH * up, knee[2] - THIGH * back);
        posture.hip = Side::BOTH.map(|side| [sign(side) * HIP, height, along]);
        posture.knee[front] = knee;
        posture.knee[rear] = bent(posture.hip[rear], posture.ankle[rear]);
        posture.lean = mix(2.0, 12.0, deep);
        posture.arms = mix(20.0, 50.0, deep);
        posture
    }
}

/// The knee of a leg that bends ahead between `hip` and `ankle`, both bones being equally long.
fn bent(hip: Vec3, ankle: Vec3) -> Vec3 {
    let (rise, back) = (hip[1] - ankle[1], hip[2] - ankle[2]);
    let length = rise.hypot(back);
    let out = (THIGH * THIGH - length * length / 4.0).max(0.0).sqrt();
    [
        0.5 * (hip[0] + ankle[0]),
        0.5 * (hip[1] + ankle[1]) - out * back / length,
        0.5 * (hip[2] + ankle[2]) + out * rise / length,
    ]
}
