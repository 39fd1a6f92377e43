//! Reaching with one foot over the floor.

use flow_landmarks::{Clip, Side};

use super::{Film, LEG, Posture, add, mix, sign, swing};

/// Reaches standing on one leg, leg lengths: forward, back and out, back and across; 0 leaves one out.
pub type Three = [f64; 3];

const TEMPO: f64 = 2.6;
const SWITCH: f64 = 1.0;

/// Films three reaches standing on the left leg, then three on the right.
pub fn film(film: &Film, left: Three, right: Three, heading: f64) -> Clip {
    let mut plan: Vec<(f64, Side, usize, f64)> = Vec::new();
    let mut start = SWITCH;
    for (stance, reaches) in [(Side::Left, left), (Side::Right, right)] {
        for (direction, &share) in reaches.iter().enumerate() {
            if share > 0.0 {
                plan.push((start, stance, direction, share));
                start += TEMPO;
            }
        }
        start += SWITCH;
    }
    film.shoot(start + 0.5, |t| {
        let now = plan
            .iter()
            .find(|(start, ..)| (0.0..TEMPO).contains(&(t - start)));
        let mut posture = now.map_or(Posture::standing(0.2), |&(start, stance, direction, share)| {
            reaching(stance, direction, share, swing((t - start) / TEMPO))
        });
        posture.heading = heading;
        posture
    })
}

fn reaching(stance: Side, direction: usize, share: f64, out: f64) -> Posture {
    let mut posture = Posture::standing(0.2);
    let (standing, free) = if stance == Side::Left { (0, 1) } else { (1, 0) };
    let diagonal = std::f64::consts::FRAC_1_SQRT_2;
    // Toward the reaching leg's own side, and ahead.
    let (aside, ahead) = [(0.0, 1.0), (diagonal, -diagonal), (-diagonal, -diagonal)][direction];
    let own = -sign(stance);
    let far = add(
        posture.ankle[standing],
        [own * aside * share * LEG, 0.0, ahead * share * LEG],
    );
    let rest = posture.ankle[free];
    posture.ankle[free] = [0, 1, 2].map(|axis| mix(rest[axis], far[axis], out));
    posture.knee[free] = [0, 1, 2].map(|axis| 0.5 * (posture.hip[free][axis] + posture.ankle[free][axis]));
    for hip in &mut posture.hip {
        hip[1] -= 0.12 * out;
    }
    posture.knee[standing] = add(posture.knee[standing], [0.0, -0.05 * out, 0.12 * out]);
    posture.lean = mix(1.0, if direction == 0 { 0.0 } else { 20.0 }, out);
    posture
}
