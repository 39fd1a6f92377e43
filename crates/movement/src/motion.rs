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
            change.is_some_and(|change| change < gates.still_change.limit)
                && greatest_range(&moving, frames, signals.scale.torso) < gates.still_motion.limit
        })
        .collect();
    windows.iter().filter(|&&still| still).count() as f64 / windows.len().max(1) as f64
}

/// Range of the surely seen landmark that moves most, torso lengths.
fn greatest_range(moving: &[Landmark], frames: &[Option<Frame>], torso: f64) -> f64 {
    moving
        .iter()
        .map(|&landmark| {
            let (mut low, mut high) = (
                (f64::INFINITY, f64::INFINITY),
                (f64::NEG_INFINITY, f64::NEG_INFINITY),
            );
            for frame in frames
                .iter()
                .flatten()
                .filter(|frame| frame.body.visibility(landmark) >= SURE)
            {
                let position = frame.body.image(landmark);
                low = (low.0.min(position.x), low.1.min(position.y));
                high = (high.0.max(position.x), high.1.max(position.y));
            }
            let range = (high.0 - low.0).max(high.1 - low.1) / torso;
            if range.is_finite() { range } else { 0.0 }
        })
        .fold(0.0, f64::max)
}
