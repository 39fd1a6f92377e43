//! Bird dogs of the stick figure: on hands and knees, the head ahead.

use flow_landmarks::{Clip, Side};

use super::{Film, Posture, SHANK, THIGH, add, mix, plank};

/// One leg and the other side's arm stretched out and set down. Degrees from the line of the trunk, positive below it.
#[derive(Clone, Copy, Debug)]
pub struct Lift {
    pub leg: Side,
    /// Seconds stretched out.
    pub seconds: f64,
    pub leg_below: f64,
    pub knee: f64,
    /// The arm of the other side; `None` leaves it on the floor.
    pub arm_below: Option<f64>,
    /// How far the body moves back, metres.
    pub back: f64,
    /// How far the body rocks to and fro during the hold, metres.
    pub rock: f64,
}

impl Lift {
    pub const fn good(leg: Side) -> Self {
        Self {
            leg,
            seconds: 6.0,
            leg_below: 2.0,
            knee: 3.0,
            arm_below: Some(8.0),
            back: 0.0,
            rock: 0.0,
        }
    }
}

/// Degrees by which MediaPipe sees the farther leg below where it is.
const FAR_READS_LOW: f64 = 6.0;
const READY: f64 = 1.2;
const WAY: f64 = 0.6;

/// Films lifts one after the other; 90 points the head to the picture's right, -90 to its left.
pub fn film(film: &Film, lifts: &[Lift], heading: f64) -> Clip {
    let seconds = lifts
        .iter()
        .fold(READY, |sum, lift| sum + READY + 2.0 * WAY + lift.seconds);
    film.shoot(seconds, |t| posture(lifts, heading, t))
}

fn posture(lifts: &[Lift], heading: f64, t: f64) -> Posture {
    let rest = Posture {
        heading,
        ..plank::all_fours()
    };
    let mut since = t - READY;
    for lift in lifts {
        let length = 2.0 * WAY + lift.seconds;
        if since < length {
            let up = (since / WAY).min((length - since) / WAY).clamp(0.0, 1.0);
            return lifted(&rest, lift, up, since);
        }
        since -= length + READY;
    }
    rest
}

fn lifted(rest: &Posture, lift: &Lift, up: f64, t: f64) -> Posture {
    let mut posture = *rest;
    if up <= 0.0 {
        return posture;
    }
    let index = usize::from(lift.leg == Side::Right);
    let near = if rest.heading > 0.0 {
        Side::Right
    } else {
        Side::Left
    };
    let low = if lift.leg == near { 0.0 } else { FAR_READS_LOW };
    let along = |angle: f64, length: f64| {
        let (back, down) = angle.to_radians().sin_cos();
        [0.0, -length * down, -length * back]
    };
    let thigh = mix(0.0, rest.lean - lift.leg_below - low, up);
    let shank = thigh + mix(87.0, lift.knee, up);
    posture.knee[index] = add(posture.hip[index], along(thigh, THIGH));
    posture.ankle[index] = add(posture.knee[index], along(shank, SHANK));
    if let Some(below) = lift.arm_below {
        // Past the head, in line with the trunk: from straight down by the lean and a right angle more.
        let line = 90.0 + (90.0 - rest.lean) - below;
        posture.raised_arm = Some((1 - index, mix(0.0, line, up)));
    }
    let moved = -lift.back * up + lift.rock * up * (std::f64::consts::TAU * 0.4 * t).sin();
    for hip in &mut posture.hip {
        *hip = add(*hip, [0.0, 0.0, moved]);
    }
    posture.knee[index] = add(posture.knee[index], [0.0, 0.0, moved]);
    posture.ankle[index] = add(posture.ankle[index], [0.0, 0.0, moved]);
    posture
}
