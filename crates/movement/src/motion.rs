//! Whether anything moves: the motion variance of dynamic tests, and what a still photo or a frozen video looks like.

use flow_catalog::{Gates, Setup};
use flow_landmarks::{Clip, Landmark, Side};

use crate::{
    gates::landmark,
    geometry::{mean, median},
    signals::{Frame, Signals},
    track::RATE_HZ,
};

/// Body landmarks whose motion counts in every test; the face and fingers jitter without moving.
const MOVING: [Landmark; 14] = [
    Landmark::LeftShoulder,
    Landmark::RightShoulder,
    Landmark::LeftElbow,
    Landmark::RightElbow,
    Landmark::LeftWrist,
    Landmark::RightWrist,
    Landmark::LeftHip,
    Landmark::RightHip,
    Landmark::LeftKnee,
    Landmark::RightKnee,
    Landmark::LeftAnkle,
    Landmark::RightAnkle,
    Landmark::LeftFootIndex,
    Landmark::RightFootIndex,
];

/// Visibility from which a landmark's motion counts: hidden ones are guessed and wander.
const SURE: f64 = 0.8;

/// Share of a window's positions that is left out at either end of their range where the picture is frozen: three frames of
/// twenty. Tracking flips now and then from one reading of the same picture to another and back.
const OUTLIERS: f64 = 0.15;

/// Length of the windows in which stillness is judged, seconds.
const WINDOW_S: f64 = 2.0;

/// The landmarks whose motion counts in a test: those of the body, and what else the test needs.
fn moving(setup: &Setup) -> Vec<Landmark> {
    let needed = setup.both_sides_needed.iter().chain(&setup.one_side_needed);
    let more = needed
        .flat_map(|&part| Side::BOTH.map(|side| landmark(part, side)))
        .filter(|landmark| !MOVING.contains(landmark));
    MOVING.into_iter().chain(more).collect()
}

/// Positional variance (x plus y) of the body landmark that moves most, in torso lengths squared; 0 when nothing is
/// known.
#[must_use]
pub fn variance(setup: &Setup, signals: &Signals) -> f64 {
    let torso = signals.scale.torso;
    moving(setup)
        .into_iter()
        .filter_map(|landmark| {
            let spread = |axis: fn(&Frame, Landmark) -> f64| {
                let values: Vec<f64> = signals
                    .present()
                    .map(|frame| axis(frame, landmark) / torso)
                    .collect();
                let middle = mean(values.iter().copied())?;
                mean(values.iter().map(|value| (value - middle).powi(2)))
            };
            Some(
                spread(|frame, landmark| frame.body.image(landmark).x)?
                    + spread(|frame, landmark| frame.body.image(landmark).y)?,
            )
        })
        .fold(0.0, f64::max)
}

/// Share of the clip that stands still, 0..1: the picture does not change and no surely seen landmark moves.
///
/// Both are asked for: a person who holds very still still changes the picture, and a picture that hardly changes (a small
/// figure before a plain wall) may show a body that moves.
#[must_use]
pub fn still_share(setup: &Setup, signals: &Signals, clip: &Clip, gates: &Gates) -> f64 {
    let window = (WINDOW_S * RATE_HZ) as usize;
    let moving = moving(setup);
    let windows: Vec<bool> = signals
        .frames
        .chunks(window)
        .zip(signals.observations.chunks(window))
        .filter(|(frames, _)| frames.iter().flatten().count() * 2 > window)
        .map(|(frames, observations)| {
            let change = median(
                observations
                    .iter()
                    .filter_map(|&index| Some(f64::from(clip.observations.get(index)?.change))),
            );
            change.is_some_and(|change| {
                let outliers = if change < gates.frozen_change.limit {
                    OUTLIERS
                } else {
                    0.0
                };
                change < gates.still_change.limit
                    && greatest_range(&moving, frames, outliers) / signals.scale.torso
                        < gates.still_motion.limit
            })
        })
        .collect();
    windows.iter().filter(|&&still| still).count() as f64 / windows.len().max(1) as f64
}

/// Range of the surely seen landmark that moves most, in pixels, without a share of `outliers` at either end.
fn greatest_range(moving: &[Landmark], frames: &[Option<Frame>], outliers: f64) -> f64 {
    moving
        .iter()
        .map(|&landmark| {
            let seen = frames
                .iter()
                .flatten()
                .filter(|frame| frame.body.visibility(landmark) >= SURE);
            let positions: Vec<_> = seen.map(|frame| frame.body.image(landmark)).collect();
            let across = range(positions.iter().map(|position| position.x).collect(), outliers);
            let down = range(positions.iter().map(|position| position.y).collect(), outliers);
            across.max(down)
        })
        .fold(0.0, f64::max)
}

/// Range of the values without a share of `outliers` at either end; 0 of nothing.
fn range(mut values: Vec<f64>, outliers: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let left_out = (values.len() as f64 * outliers) as usize;
    match (values.get(left_out), values.iter().nth_back(left_out)) {
        (Some(low), Some(high)) => high - low,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_leaves_out_what_happens_seldom() {
        let mut values = vec![0.0; 20];
        assert!(range(values.clone(), OUTLIERS) < f64::EPSILON);
        values[5..8].fill(0.1);
        assert!(range(values.clone(), OUTLIERS) < f64::EPSILON, "three of twenty");
        assert!((range(values.clone(), 0.0) - 0.1).abs() < 1e-9);
        values[8] = 0.1;
        assert!((range(values, OUTLIERS) - 0.1).abs() < 1e-9);
        let sway = (0..20).map(|frame| (f64::from(frame) * 0.6).sin()).collect();
        assert!(range(sway, OUTLIERS) > 1.7, "of two");
        assert!(range(Vec::new(), OUTLIERS) < f64::EPSILON);
    }
}
