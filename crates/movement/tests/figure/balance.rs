//! Standing on one leg.

use flow_landmarks::{Clip, Side};

use super::{Film, Posture, SHANK, THIGH, mix, sign};

/// One stand: the leg stood on, and how long the other foot is up.
#[derive(Clone, Copy, Debug)]
pub struct Hold {
    pub stance: Side,
    pub seconds: f64,
    /// Side to side, root mean square, metres.
    pub sway: f64,
    /// Seconds into the hold at which the standing foot hops 15 cm outward.
    pub hop: Option<f64>,
}

impl Hold {
    pub const fn quiet(stance: Side, seconds: f64) -> Self {
        Self {
            stance,
            seconds,
            sway: 0.004,
            hop: None,
        }
    }
}

/// Lifting and lowering the foot, seconds each.
const MOVE: f64 = 0.4;
const BETWEEN: f64 = 0.8;

/// Films the holds one after the other, with a second of standing before and `after` seconds behind.
pub fn film(film: &Film, holds: &[Hold], heading: f64, after: f64) -> Clip {
    let seconds = 1.0 + after + holds.iter().map(|hold| hold.seconds + BETWEEN).sum::<f64>() - BETWEEN;
    film.shoot(seconds, |t| {
        let mut rest = t - 1.0;
        for hold in holds {
            if rest < hold.seconds + BETWEEN / 2.0 {
                return posture(hold, rest, heading);
            }
            rest -= hold.seconds + BETWEEN;
        }
        Posture {
            heading,
            ..Posture::standing(0.2)
        }
    })
}

/// `since` seconds after the foot has left the floor; the hold lasts from leaving to touching it.
fn posture(hold: &Hold, since: f64, heading: f64) -> Posture {
    let mut posture = Posture {
        heading,
        ..Posture::standing(0.2)
    };
    let lift = (since / MOVE).min((hold.seconds - since) / MOVE).clamp(0.0, 1.0);
    let (free, out) = (usize::from(hold.stance == Side::Left), sign(hold.stance));
    let hip = posture.hip[free];
    // The thigh rises forward to 45 degrees, the shin hangs. A foot leaves the floor with the first movement.
    let thigh = (45.0 * lift).to_radians();
    let up = mix(0.0, 0.35, lift) + if lift > 0.0 { 0.08 } else { 0.0 };
    posture.knee[free] = [hip[0], hip[1] - THIGH * thigh.cos(), THIGH * thigh.sin()];
    posture.ankle[free] = [
        hip[0],
        (posture.knee[free][1] - SHANK).max(posture.ankle[free][1] + up),
        THIGH * thigh.sin(),
    ];
    let hopped = hold.hop.is_some_and(|at| since > at) && lift > 0.0;
    let aside = if hopped { 0.15 * out } else { 0.0 };
    let sway = hold.sway * std::f64::consts::SQRT_2 * (std::f64::consts::TAU * 0.4 * since).sin() * lift;
    for index in 0..2 {
        for joint in [
            &mut posture.hip[index],
            &mut posture.knee[index],
            &mut posture.ankle[index],
        ] {
            joint[0] += aside;
        }
        posture.hip[index][0] += sway + 0.05 * out * lift;
    }
    posture
}
