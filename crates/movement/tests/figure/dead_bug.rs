//! Dead bugs of the stick figure: on the back, the feet ahead.

use flow_landmarks::{Clip, Side};

use super::{Film, HIP, Posture, SHANK, THIGH, TRUNK, add, mix, sign, swing};

/// One leg and the other side's arm stretched away and taken back. Degrees.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    pub leg: Side,
    /// The thigh over the floor at the far end.
    pub leg_off: f64,
    pub knee: f64,
    /// The arm that goes against the line of the trunk; `None` leaves it up.
    pub arm_off: Option<f64>,
    /// With the arm of the leg's own side.
    pub same_side: bool,
    /// How far the line from shoulders to hips turns, the hips coming up.
    pub turn: f64,
    /// Seconds out and back.
    pub seconds: f64,
    /// How far the other leg goes with it, 0..1.
    pub other_leg: f64,
}

impl Stretch {
    pub const fn good(leg: Side) -> Self {
        Self {
            leg,
            leg_off: 12.0,
            knee: 5.0,
            arm_off: Some(10.0),
            same_side: false,
            turn: 0.0,
            seconds: 4.0,
            other_leg: 0.0,
        }
    }
}

const READY: f64 = 0.8;
/// Shoulders over the floor, metres.
const LYING: f64 = 0.12;

/// Films stretches one after the other; 90 points the feet to the picture's right, -90 to its left.
pub fn film(film: &Film, stretches: &[Stretch], heading: f64) -> Clip {
    let seconds = stretches
        .iter()
        .fold(READY, |sum, stretch| sum + READY + stretch.seconds);
    film.shoot(seconds, |t| posture(stretches, heading, t))
}

fn posture(stretches: &[Stretch], heading: f64, t: f64) -> Posture {
    let mut since = t - READY;
    for stretch in stretches {
        if since < stretch.seconds {
            return stretched(stretch, heading, swing((since / stretch.seconds).max(0.0)));
        }
        since -= stretch.seconds + READY;
    }
    stretched(&Stretch::good(Side::Left), heading, 0.0)
}

fn stretched(stretch: &Stretch, heading: f64, out: f64) -> Posture {
    let turn = stretch.turn * out;
    let (rise, along) = turn.to_radians().sin_cos();
    let pelvis = [0.0, LYING + TRUNK * rise, TRUNK * (along - 1.0)];
    let toward_feet = |angle: f64, length: f64| {
        let (up, ahead) = angle.to_radians().sin_cos();
        [0.0, length * up, length * ahead]
    };
    let mut posture = Posture {
        lean: -90.0 - turn,
        arms: 180.0,
        heading,
        ..Posture::standing(2.0 * HIP)
    };
    for (index, side) in Side::BOTH.into_iter().enumerate() {
        let out = if side == stretch.leg {
            out
        } else {
            stretch.other_leg * out
        };
        let thigh = mix(90.0, stretch.leg_off, out);
        let shank = mix(0.0, stretch.leg_off - stretch.knee, out);
        posture.hip[index] = add(pelvis, [sign(side) * HIP, 0.0, 0.0]);
        posture.knee[index] = add(posture.hip[index], toward_feet(thigh, THIGH));
        posture.ankle[index] = add(posture.knee[index], toward_feet(shank, SHANK));
    }
    if let Some(off) = stretch.arm_off {
        let leg = usize::from(stretch.leg == Side::Right);
        let arm = if stretch.same_side { leg } else { 1 - leg };
        // Over the head, in line with the trunk.
        posture.raised_arm = Some((arm, mix(180.0, 270.0 + turn - off, out)));
    }
    posture
}
