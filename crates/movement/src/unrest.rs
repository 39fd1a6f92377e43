//! Where landmarks jump about: how far they were found from where smoothing puts them.
//!
//! People move slowly enough to pass the smoothing, so that what it takes away is mostly noise. Rendered people and real
//! recordings of tests stay below 0.014 torso lengths in every second; noise of 2 cm (0.03) begins to change buckets.

use flow_catalog::thresholds;
use flow_landmarks::{Landmark, Side};

use crate::{
    geometry::{mean, median},
    track::{Body, RATE_HZ, Track, ankle, elbow, hip, knee, shoulder, toe, wrist},
};

/// The joints that are looked at, each on the side where it is steadier: the other one may be hidden.
const JOINTS: [fn(Side) -> Landmark; 7] = [shoulder, elbow, wrist, hip, knee, ankle, toe];

/// Half the time around a moment over which unrest is averaged, seconds.
const AROUND_S: f64 = 0.2;

/// For each point of the grid whether landmarks jump about there.
pub(crate) fn restless(track: &Track, torso: f64) -> Vec<bool> {
    let limit = thresholds().gates.unrest.limit;
    let half = (AROUND_S * RATE_HZ).round() as usize;
    let unrest: Vec<f64> = track
        .samples
        .iter()
        .map(|sample| sample.body.as_ref().map_or(f64::NAN, |body| of(body) / torso))
        .collect();
    (0..unrest.len())
        .map(|index| {
            let end = (index + half + 1).min(unrest.len());
            let around = unrest[index.saturating_sub(half)..end].iter().copied();
            unrest[index].is_finite() && mean(around).is_some_and(|unrest| unrest > limit)
        })
        .collect()
}

/// The median over the joints, frame heights.
fn of(body: &Body) -> f64 {
    let least = |joint: fn(Side) -> Landmark| {
        body.unrest(joint(Side::Left))
            .min(body.unrest(joint(Side::Right)))
    };
    median(JOINTS.map(least)).unwrap_or(f64::NAN)
}
