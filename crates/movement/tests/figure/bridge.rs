//! Glute bridges of the stick figure, on the back with the feet ahead.

use flow_landmarks::{Clip, Side};

use super::{ANKLE_HEIGHT, Film, HIP, LEG, Posture, SHANK, THIGH, TRUNK, mix, sign, swing};

/// Bridges on both feet, then holds on one foot, between which the person turns round so that the leg in the air is the
/// nearer one.
#[derive(Clone, Copy, Debug)]
pub struct Bridges<'a> {
    /// How often both feet push the hips up.
    pub both: usize,
    /// One after the other.
    pub holds: &'a [Hold],
    /// Whether the person turns round at all.
    pub turns: bool,
    /// Degrees by which the person lies askew, turned to their left from side-on.
    pub askew: f64,
    /// Seconds lying afterwards.
    pub after: f64,
}

/// A hold on one foot.
#[derive(Clone, Copy, Debug)]
pub struct Hold {
    pub side: Side,
    /// Bend at the hips, degrees, and for how many seconds; one after the other.
    pub stages: [(f64, f64); 2],
}

impl Hold {
    pub const fn bent(side: Side, bend: f64, seconds: f64) -> Self {
        Self {
            side,
            stages: [(bend, seconds), (0.0, 0.0)],
        }
    }

    pub const fn straight(side: Side, seconds: f64) -> Self {
        Self::bent(side, 0.0, seconds)
    }

    fn seconds(&self) -> f64 {
        2.0 * CHANGE + self.stages.iter().map(|(_, seconds)| seconds).sum::<f64>()
    }
}

/// Middle of shoulders and hips over the floor when lying, metres.
const BACK: f64 = 0.11;
const BEFORE: f64 = 1.0;
const TEMPO: f64 = 2.4;
/// Up onto one leg, and back, seconds.
const CHANGE: f64 = 1.4;
/// Turning round, seconds.
const TURN: f64 = 3.0;

impl<'a> Bridges<'a> {
    pub const fn new(holds: &'a [Hold]) -> Self {
        Self {
            both: 0,
            holds,
            turns: true,
            askew: 0.0,
            after: 1.0,
        }
    }

    pub fn film(&self, film: &Film) -> Clip {
        let holds: f64 = self.holds.iter().map(|hold| hold.seconds() + TURN).sum();
        let seconds = BEFORE + TEMPO * self.both as f64 + holds - TURN + self.after;
        film.shoot(seconds, |t| self.posture(t - BEFORE))
    }

    fn posture(&self, mut rest: f64) -> Posture {
        // Turned to the left the right leg is nearer, and the left foot carries.
        let heading = |side: Side| self.askew + 90.0 * sign(side);
        let first = heading(self.holds.first().map_or(Side::Left, |hold| hold.side));
        let turned = |heading: f64, posture: Posture| Posture {
            heading: if self.turns { heading } else { first },
            ..posture
        };
        let flat = lying(0.0, Side::Left, 0.0);
        let both = TEMPO * self.both as f64;
        if rest < both {
            let up = if rest > 0.0 {
                swing((rest / TEMPO).fract())
            } else {
                0.0
            };
            return turned(first, lying(up * pitch(0.0), Side::Left, 0.0));
        }
        rest -= both;
        let mut last = first;
        for (index, hold) in self.holds.iter().enumerate() {
            let next = heading(hold.side);
            if index > 0 {
                if rest < TURN {
                    return turned(mix(last, next, rest / TURN), flat);
                }
                rest -= TURN;
            }
            last = next;
            if rest < hold.seconds() {
                return turned(next, held(hold, rest));
            }
            rest -= hold.seconds();
        }
        turned(last, flat)
    }
}

fn held(hold: &Hold, t: f64) -> Posture {
    let end = hold.seconds() - CHANGE;
    let [(first, seconds), (second, more)] = hold.stages;
    let later = ((t - CHANGE - seconds) / 0.4).clamp(0.0, 1.0);
    let hips = if more > 0.0 {
        mix(first, second, later)
    } else {
        first
    };
    let on = (t / CHANGE).min((end + CHANGE - t) / CHANGE).clamp(0.0, 1.0);
    let (up, out) = ((2.0 * on).min(1.0), (2.0 * on - 1.0).max(0.0));
    lying(up * pitch(hips), hold.side.other(), out)
}

/// Where the ankles stand: under the knees of a straight bridge.
fn ankle() -> (f64, f64) {
    let (span, rise) = (TRUNK + THIGH, ANKLE_HEIGHT + SHANK - BACK);
    (ANKLE_HEIGHT, (span * span - rise * rise).sqrt())
}

/// Hip and knee (up, ahead) with the trunk so many degrees above level.
fn joints(pitch: f64) -> [(f64, f64); 2] {
    let (sin, cos) = pitch.to_radians().sin_cos();
    let hip = (BACK + TRUNK * sin, TRUNK * cos);
    let ankle = ankle();
    let (up, ahead) = (ankle.0 - hip.0, ankle.1 - hip.1);
    let span = up.hypot(ahead);
    let corner = ((THIGH * THIGH + span * span - SHANK * SHANK) / (2.0 * THIGH * span)).acos();
    let thigh = up.atan2(ahead) + corner;
    [hip, (hip.0 + THIGH * thigh.sin(), hip.1 + THIGH * thigh.cos())]
}

/// Pitch of the trunk at which the hips are bent by so many degrees.
fn pitch(hips: f64) -> f64 {
    let (mut low, mut high) = (0.0, 40.0);
    for _ in 0..30 {
        let middle = 0.5 * (low + high);
        let [hip, knee] = joints(middle);
        let thigh = (knee.0 - hip.0).atan2(knee.1 - hip.1).to_degrees();
        if thigh - middle > hips {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// With the trunk so many degrees above level and one leg stretched out by a share.
fn lying(pitch: f64, free: Side, out: f64) -> Posture {
    let [hip, knee] = joints(pitch);
    let end = ankle();
    let both = |(up, ahead): (f64, f64)| Side::BOTH.map(|side| [sign(side) * HIP, up, ahead - 0.45]);
    let mut posture = Posture {
        hip: both(hip),
        knee: both(knee),
        ankle: both(end),
        lean: -90.0 - pitch,
        arms: 90.0,
        ..Posture::standing(0.2)
    };
    let index = usize::from(free == Side::Right);
    let straight = (
        hip.0 + (knee.0 - hip.0) * LEG / THIGH,
        hip.1 + (knee.1 - hip.1) * LEG / THIGH,
    );
    posture.ankle[index][1] = mix(end.0, straight.0, out);
    posture.ankle[index][2] = mix(end.1, straight.1, out) - 0.45;
    posture
}

/// On the back, the left leg going up straight and down again, the hips on the floor.
pub fn leg_raise(t: f64) -> Posture {
    let up = swing((t / 3.0).fract()) * 60.0_f64.to_radians();
    let mut posture = lying(0.0, Side::Left, 0.0);
    let [x, height, ahead] = posture.hip[0];
    let at = |length: f64| [x, height + length * up.sin(), ahead + length * up.cos()];
    posture.knee[0] = at(THIGH);
    posture.ankle[0] = at(LEG);
    posture
}

/// On the back with both legs straight on the floor, a little to and fro.
pub fn stretched_out(shift: f64) -> Posture {
    let mut posture = lying(0.0, Side::Left, 0.0);
    for side in 0..2 {
        let [x, height, ahead] = posture.hip[side];
        posture.hip[side] = [x, height, ahead + shift];
        posture.knee[side] = [x, height, ahead + shift + THIGH];
        posture.ankle[side] = [x, height, ahead + shift + LEG];
    }
    posture
}
