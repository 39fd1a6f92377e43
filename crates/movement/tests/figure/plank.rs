//! Planks of the stick figure, the head ahead, and what looks like one.

use flow_landmarks::Clip;

use super::{ANKLE_HEIGHT, FOREARM, Film, HIP, LEG, Posture, SHANK, THIGH, TRUNK, UPPER_ARM, mix};

/// Hips in one place: their bend, positive above the line, degrees; and for how many seconds.
pub type Stage = (f64, f64);

/// A plank out of all fours and back into it.
#[derive(Clone, Copy, Debug)]
pub struct Plank<'a> {
    pub stages: &'a [Stage],
    /// On the forearms rather than on straight arms.
    pub forearms: bool,
    /// 90 points the head to the picture's right, -90 to its left.
    pub heading: f64,
    /// Seconds on all fours afterwards.
    pub after: f64,
}

const BEFORE: f64 = 1.0;
/// Degrees by which MediaPipe sees hips above where they are.
const READS_HIGH: f64 = 6.0;
/// Between all fours and the plank, and from stage to stage, seconds.
const MOVE: f64 = 0.4;
/// Knees and elbows that rest on the floor, metres.
const RESTING: f64 = 0.05;
/// Heel over the toes, metres, on tiptoe.
const TIPTOE: f64 = 0.15;

impl<'a> Plank<'a> {
    pub const fn held(stages: &'a [Stage]) -> Self {
        Self {
            stages,
            forearms: true,
            heading: 90.0,
            after: 1.0,
        }
    }

    pub fn film(&self, film: &Film) -> Clip {
        let held: f64 = self.stages.iter().map(|(_, seconds)| seconds + MOVE).sum();
        let down = if self.after > 0.0 { MOVE + self.after } else { 0.0 };
        film.shoot(BEFORE + held + down, |t| self.posture(t))
    }

    fn posture(&self, t: f64) -> Posture {
        let mut from = all_fours();
        let mut rest = t - BEFORE;
        let mut posture = None;
        let stages = self.stages.iter().map(|&(hips, seconds)| (Some(hips), seconds));
        for (hips, seconds) in stages.chain([(None, f64::MAX)]) {
            let to = hips.map_or_else(all_fours, |hips| held(hips + READS_HIGH, self.forearms));
            if rest < MOVE + seconds {
                posture = Some(between(&from, &to, (rest / MOVE).clamp(0.0, 1.0)));
                break;
            }
            rest -= MOVE + seconds;
            from = to;
        }
        Posture {
            heading: self.heading,
            ..posture.unwrap_or(from)
        }
    }
}

/// A body by its hips, knees and ankles seen from the side (up, ahead), on tiptoe.
fn by_joints(hip: (f64, f64), knee: (f64, f64), ankle: (f64, f64), lean: f64) -> Posture {
    let both = |(up, ahead): (f64, f64)| [[HIP, up, ahead], [-HIP, up, ahead]];
    Posture {
        hip: both(hip),
        knee: both(knee),
        ankle: both(ankle),
        heel: [TIPTOE; 2],
        lean,
        arms: 0.0,
        ..Posture::standing(0.2)
    }
}

/// On arms and toes; shoulders at 0.6 m ahead.
pub fn held(hips: f64, forearms: bool) -> Posture {
    let shoulder = if forearms {
        RESTING + UPPER_ARM
    } else {
        RESTING + UPPER_ARM + FOREARM
    };
    let posture = over(shoulder, hips);
    Posture {
        elbow: if forearms { 90.0 } else { 0.0 },
        ..posture
    }
}

/// With the shoulders at a height, metres, and the hips bent by so many degrees.
fn over(shoulder: f64, hips: f64) -> Posture {
    let bend = hips.to_radians();
    let reach = (TRUNK * TRUNK + LEG * LEG + 2.0 * TRUNK * LEG * bend.cos()).sqrt();
    let ankle_height = ANKLE_HEIGHT + 0.65 * TIPTOE;
    let slope = ((shoulder - ankle_height) / reach).asin();
    let trunk = slope - (LEG * bend.sin() / reach).asin();
    let ahead = 0.6;
    let hip = (shoulder - TRUNK * trunk.sin(), ahead - TRUNK * trunk.cos());
    let ankle = (ankle_height, ahead - reach * slope.cos());
    let knee = (0.5 * (hip.0 + ankle.0), 0.5 * (hip.1 + ankle.1));
    by_joints(hip, knee, ankle, 90.0 - trunk.to_degrees())
}

/// On hands and knees.
pub fn all_fours() -> Posture {
    let (hip, ahead) = (RESTING + THIGH, 0.1);
    let knee = (RESTING, ahead);
    let ankle = (0.1, ahead - SHANK);
    by_joints((hip, ahead), knee, ankle, 78.0)
}

/// A plank on the knees, the shanks on the floor.
pub fn on_the_knees() -> Posture {
    let (shoulder, ahead) = (RESTING + UPPER_ARM, 0.6);
    let slope = ((shoulder - RESTING) / (TRUNK + THIGH)).asin();
    let at = |along: f64| (shoulder - along * slope.sin(), ahead - along * slope.cos());
    let knee = at(TRUNK + THIGH);
    let ankle = (0.1, knee.1 - SHANK);
    Posture {
        elbow: 90.0,
        heel: [0.05; 2],
        ..by_joints(at(TRUNK), knee, ankle, 90.0 - slope.to_degrees())
    }
}

/// Flat on the belly, arms at the sides.
pub fn lying() -> Posture {
    Posture {
        arms: -88.0,
        ..by_joints((0.1, 0.0), (0.06, -THIGH), (0.1, -LEG), 88.0)
    }
}

/// On the floor, legs ahead, leaning back on the hands.
pub fn sitting() -> Posture {
    Posture {
        arms: -10.0,
        heel: [0.0; 2],
        ..by_joints((0.09, 0.0), (0.11, THIGH), (0.09, LEG), -40.0)
    }
}

/// A plank facing the ceiling, on hands and heels.
pub fn reverse() -> Posture {
    let facing_down = held(0.0, false);
    let turned = |joints: [[f64; 3]; 2]| joints.map(|[x, up, ahead]| [x, up, -ahead]);
    Posture {
        hip: turned(facing_down.hip),
        knee: turned(facing_down.knee),
        ankle: turned(facing_down.ankle),
        lean: -facing_down.lean,
        ..facing_down
    }
}

/// A push-up: 0 is up, 1 down.
pub fn push_up(down: f64) -> Posture {
    let reach = mix(UPPER_ARM + FOREARM - 0.01, 0.22, down);
    let corner = |near: f64, far: f64| {
        ((near * near + reach * reach - far * far) / (2.0 * near * reach))
            .acos()
            .to_degrees()
    };
    let (upper, fore) = (corner(UPPER_ARM, FOREARM), corner(FOREARM, UPPER_ARM));
    Posture {
        arms: -upper,
        elbow: upper + fore,
        ..over(RESTING + reach, 0.0)
    }
}

/// On all fours with the left leg stretched back, the right knee on the floor.
pub fn leg_stretched() -> Posture {
    let mut posture = all_fours();
    let [_, up, ahead] = posture.hip[0];
    posture.knee[0] = [HIP, up, ahead - THIGH];
    posture.ankle[0] = [HIP, up, ahead - LEG];
    posture
}

fn between(from: &Posture, to: &Posture, share: f64) -> Posture {
    let joints = |of: fn(&Posture) -> [[f64; 3]; 2]| {
        let (from, to) = (of(from), of(to));
        [0, 1].map(|side| [0, 1, 2].map(|axis| mix(from[side][axis], to[side][axis], share)))
    };
    Posture {
        hip: joints(|posture| posture.hip),
        knee: joints(|posture| posture.knee),
        ankle: joints(|posture| posture.ankle),
        heel: [mix(from.heel[0], to.heel[0], share); 2],
        lean: mix(from.lean, to.lean, share),
        arms: mix(from.arms, to.arms, share),
        elbow: mix(from.elbow, to.elbow, share),
        ..*to
    }
}
