//! Bad recordings: what is lost, swapped or noisy for a while may cost the result or its confidence, never give another
//! bucket that the client would call sure.

use flow_landmarks::Clip;

use crate::{
    changes::{Stretch, jittered, nobody, swapped},
    figure::Film,
    judge::{confident_and_wrong, score},
    samples,
};

/// How long a defect lasts, seconds: from less than is bridged to most of a clip.
const LENGTHS_S: [f64; 6] = [0.3, 0.5, 0.8, 1.5, 4.0, 12.0];

/// From one defect to the next one tried, seconds: nothing that is measured is shorter.
const STEP_S: f64 = 0.5;

/// Tries a defect in every place of every sample.
fn never_confident_and_wrong(defect: impl Fn(&Clip, Stretch) -> Clip) {
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for (index, (test, clip)) in samples::all(&Film::GOOD).into_iter().enumerate() {
        let whole = score(test, &clip);
        for seconds in LENGTHS_S {
            let places = ((clip.duration - seconds) / STEP_S).max(0.0) as u32;
            for place in 0..=places {
                let stretch = Stretch {
                    start: f64::from(place) * STEP_S,
                    seconds,
                };
                tried += 1;
                let found = score(test, &defect(&clip, stretch));
                wrong.extend(
                    confident_and_wrong(&found, &whole)
                        .map(|what| format!("{test} sample {index}, {stretch:?}: {what}")),
                );
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {tried}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn nobody_for_a_while() {
    never_confident_and_wrong(nobody);
}

#[test]
fn sides_swapped_for_a_while() {
    never_confident_and_wrong(swapped);
}

#[test]
fn landmarks_that_jump_about_for_a_while() {
    for deviation in [0.02, 0.1] {
        never_confident_and_wrong(|clip, stretch| jittered(clip, stretch, deviation, 3));
    }
}

/// From hardly any noise to landmarks that mean nothing, metres.
const DEVIATIONS_M: [f64; 9] = [0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.1, 0.2];

#[test]
fn landmarks_that_jump_about_throughout() {
    let mut wrong = Vec::new();
    for (index, (test, clip)) in samples::all(&Film::GOOD).into_iter().enumerate() {
        let whole = score(test, &clip);
        for deviation in DEVIATIONS_M {
            for seed in 0..20 {
                let all = Stretch {
                    start: 0.0,
                    seconds: f64::MAX,
                };
                let found = score(test, &jittered(&clip, all, deviation, seed));
                wrong.extend(
                    confident_and_wrong(&found, &whole)
                        .map(|what| format!("{test} sample {index}, {deviation} m, seed {seed}: {what}")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Which values of an observation are no numbers.
#[derive(Clone, Copy, Debug)]
enum Broken {
    Picture,
    Space,
    Time,
    /// One landmark of a frame, another one in the next.
    OneLandmark,
}

#[test]
fn what_is_not_a_number() {
    let mut wrong = Vec::new();
    for (index, (test, clip)) in samples::all(&Film::GOOD).into_iter().enumerate() {
        let whole = score(test, &clip);
        for broken in [Broken::Picture, Broken::Space, Broken::Time, Broken::OneLandmark] {
            for every in 1..=12 {
                // Every so many frames two are broken, or one, or none of a stretch of 3 s.
                let mut bad = clip.clone();
                for (frame, observation) in bad.observations.iter_mut().enumerate() {
                    let in_a_row = frame % 30 < 2 * every && every > 6;
                    if !(frame % every == 0 || in_a_row) {
                        continue;
                    }
                    match (broken, &mut observation.pose) {
                        (Broken::Time, _) => observation.t = f64::NAN,
                        (Broken::Picture, Some(pose)) => {
                            pose.image.0.iter_mut().for_each(|point| point.x = f32::NAN);
                        }
                        (Broken::Space, Some(pose)) => {
                            pose.world.0.iter_mut().for_each(|point| point.z = f32::INFINITY);
                        }
                        (Broken::OneLandmark, Some(pose)) => {
                            let which = frame % pose.image.0.len();
                            pose.image.0[which].y = f32::NAN;
                            pose.world.0[which].y = f32::NAN;
                        }
                        (_, None) => {}
                    }
                }
                let found = score(test, &bad);
                wrong.extend(
                    confident_and_wrong(&found, &whole)
                        .map(|what| format!("{test} sample {index}, {broken:?}, {every}: {what}")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
