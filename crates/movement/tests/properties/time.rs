//! Tempo, frame rate and length of a recording.

use flow_catalog::TestId;
use flow_movement::assessment::{Assessment, Unit};

use crate::{
    changes::{Stretch, cut, slower},
    figure::Film,
    judge::{confident_and_wrong, outcome, score},
    samples,
};

/// Seconds that a result counts, by name and side: how long something is held is part of such a protocol.
fn seconds(assessment: &Assessment) -> Vec<(String, f64)> {
    let measures = assessment.result.iter().flat_map(|result| &result.measures);
    measures
        .filter(|measure| measure.unit == Unit::Seconds && measure.name != "sideGap")
        .map(|measure| (format!("{} {:?}", measure.name, measure.side), measure.value))
        .collect()
}

#[test]
fn a_slower_or_quicker_movement_is_the_same_and_a_hold_lasts_longer_or_shorter() {
    for (index, (test, clip)) in samples::all(&Film::GOOD).into_iter().enumerate() {
        let plain = score(test, &clip);
        for factor in [0.8, 0.9, 1.1, 1.25] {
            // Recordings have an end.
            if clip.duration * factor > 45.0 {
                continue;
            }
            let found = score(test, &slower(&clip, factor));
            let held = seconds(&plain);
            if held.is_empty() {
                assert_eq!(
                    outcome(&found),
                    outcome(&plain),
                    "{test} sample {index}, {factor}"
                );
            }
            for ((name, before), (other, after)) in held.into_iter().zip(seconds(&found)) {
                assert_eq!(name, other, "{test} sample {index}, {factor}");
                let longer = (after - before) * (factor - 1.0).signum();
                assert!(
                    longer > -0.25,
                    "{test} sample {index}, {factor}: {name} {before} {after}"
                );
            }
        }
    }
}

#[test]
fn from_5_to_60_frames_a_second_it_is_the_same_movement() {
    let plain = samples::all(&Film::GOOD);
    for rate_hz in [5.0, 7.0, 10.0, 15.0, 24.0, 30.0, 60.0] {
        let filmed = samples::all(&Film {
            rate_hz,
            ..Film::GOOD
        });
        for (index, ((test, clip), (_, usual))) in filmed.iter().zip(&plain).enumerate() {
            let (found, usual) = (score(*test, clip), score(*test, usual));
            let wrong = confident_and_wrong(&found, &usual);
            assert!(
                wrong.is_none(),
                "{test} sample {index}, {rate_hz} Hz: {}",
                wrong.unwrap_or_default()
            );
            // At rates of real recordings nothing may be lost.
            if rate_hz >= 10.0 {
                assert_eq!(
                    outcome(&found),
                    outcome(&usual),
                    "{test} sample {index}, {rate_hz} Hz"
                );
            }
        }
    }
}

#[test]
fn a_second_of_a_movement_is_refused() {
    for rate_hz in [5.0, 10.0, 30.0, 60.0] {
        for (test, clip) in samples::all(&Film {
            rate_hz,
            ..Film::GOOD
        }) {
            for start in 0..clip.duration as u32 {
                let second = Stretch {
                    start: f64::from(start),
                    seconds: 1.0,
                };
                let short = cut(&clip, second);
                assert!(score(test, &short).result.is_none(), "{test} {second:?}");
                // The container may claim to be longer.
                let claimed = flow_landmarks::Clip {
                    duration: 20.0,
                    ..short
                };
                assert!(
                    score(test, &claimed).result.is_none(),
                    "{test} {second:?}, claiming 20 s"
                );
            }
        }
    }
}

#[test]
fn a_recording_that_begins_late_or_ends_early_is_never_sure_of_another_bucket() {
    let mut wrong = Vec::new();
    for (index, (test, clip)) in samples::all(&Film::GOOD).into_iter().enumerate() {
        let whole = score(test, &clip);
        let seconds = clip.duration as u32;
        let from = |start: u32| Stretch {
            start: f64::from(start),
            seconds: clip.duration - f64::from(start),
        };
        let to = |end: u32| Stretch {
            start: 0.0,
            seconds: f64::from(end),
        };
        for stretch in (0..seconds).map(from).chain((1..seconds).map(to)) {
            let found = score(test, &cut(&clip, stretch));
            wrong.extend(
                confident_and_wrong(&found, &whole)
                    .map(|what| format!("{test} sample {index}, {stretch:?}: {what}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn empty_and_one_frame_clips_are_refused() {
    for test in TestId::ALL {
        for clip in samples::of(test, &Film::GOOD) {
            for count in [0, 1, 2] {
                let mut short = clip.clone();
                short.observations.truncate(count);
                short.duration = count as f64 / 10.0;
                assert!(score(test, &short).result.is_none(), "{test} {count}");
            }
        }
    }
}
