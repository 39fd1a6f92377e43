//! Every scenario expects what its own truth deserves: scored on perfect landmarks, without video, it comes out as its row
//! says. Keeps tables, motions and cut-offs in step.
#![allow(clippy::expect_used, reason = "helpers of tests fail like tests")]

use flow_catalog::{TestId, thresholds};
use flow_landmarks::Side;
use flow_mannequin::{Expect, Judged, Scenario, Twist, one_of_each_bucket, one_of_each_outcome, scenarios};
use flow_movement::assess;

/// What sees pictures: nothing of it shows in perfect landmarks.
const SEEN_IN_PICTURES: [&str; 3] = ["BAD_LIGHTING", "OCCLUSION", "INVALID_NO_PERSON"];

/// Why perfect landmarks do not come out as the scenario expects, if they do not.
fn mismatch(scenario: &Scenario) -> Option<String> {
    if matches!(scenario.expect, Expect::Refused { code, .. } if SEEN_IN_PICTURES.contains(&code)) {
        return None;
    }
    let assessment = assess(scenario.test, &scenario.truth().clip(10.0));
    let assessment = serde_json::to_value(assessment).expect("JSON");
    let mistakes = Judged(&assessment).mistakes(&scenario.expect);
    (!mistakes.is_empty()).then(|| mistakes.join("; "))
}

#[test]
fn perfect_landmarks_are_scored_as_every_row_says() {
    let wrong: Vec<String> = scenarios()
        .iter()
        .filter_map(|scenario| Some(format!("{}: {}", scenario.name, mismatch(scenario)?)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn names_are_unique_and_begin_with_the_test() {
    let mut names: Vec<&str> = scenarios().iter().map(|scenario| scenario.name).collect();
    for scenario in scenarios() {
        assert!(
            scenario.name.starts_with(scenario.test.slug()),
            "{}",
            scenario.name
        );
    }
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn every_clip_is_as_short_as_a_recording_must_be() {
    let limit = thresholds().gates.duration_s.limit;
    for scenario in scenarios() {
        let duration = scenario.truth().duration;
        assert!(duration <= limit, "{} takes {duration:.1} s", scenario.name);
    }
}

#[test]
fn every_bucket_is_reached_and_every_flag_from_both_sides_left_and_right() {
    let all = scenarios();
    for test in TestId::ALL {
        let (_, texts) = thresholds().test(test);
        for bucket in texts.buckets.keys() {
            let reached = all.iter().any(|scenario| {
                scenario.test == test
                    && matches!(scenario.expect, Expect::Scored { bucket: expected, .. } if expected == bucket)
            });
            assert!(reached, "no scenario reaches {bucket} of {test}");
        }
        for code in texts.flags.keys() {
            let with_flag = |wanted: bool| {
                all.iter().any(|scenario| {
                    scenario.test == test
                        && matches!(scenario.expect, Expect::Scored { flags, may, .. }
                            if flags.iter().any(|flag| flag.code == code) == wanted
                                && (wanted || !may.contains(&code.as_str())))
                })
            };
            assert!(with_flag(true), "no scenario raises {code} of {test}");
            assert!(with_flag(false), "every scenario may raise {code} of {test}");
            let mut sides: Vec<Option<Side>> = all
                .iter()
                .filter(|scenario| scenario.test == test)
                .flat_map(|scenario| match scenario.expect {
                    Expect::Scored { flags, .. } => flags,
                    Expect::Refused { .. } => &[],
                })
                .filter(|flag| flag.code == code)
                .map(|flag| flag.side)
                .collect();
            sides.sort_unstable();
            sides.dedup();
            assert!(
                sides == [None] || sides == Side::BOTH.map(Some),
                "{code} of {test} is raised only for {sides:?}"
            );
        }
    }
}

#[test]
fn every_gate_has_something_to_refuse() {
    for code in [
        "BAD_LIGHTING",
        "INVALID_NO_PERSON",
        "MULTIPLE_PEOPLE",
        "NO_MOTION",
        "OUT_OF_FRAME",
        "OCCLUSION",
        "WRONG_ANGLE",
        "WRONG_MOVEMENT",
        "INCOMPLETE",
        "TOO_SHORT",
    ] {
        let refused = |scenario: &Scenario| matches!(scenario.expect, Expect::Refused { code: expected, .. } if expected == code);
        assert!(scenarios().iter().any(refused), "nothing is refused with {code}");
    }
}

#[test]
fn a_frozen_clip_does_not_change_and_an_empty_one_has_nobody() {
    for scenario in scenarios() {
        let truth = scenario.truth();
        match scenario.twist {
            Some(Twist::Frozen(_)) => {
                assert!(
                    truth
                        .frames
                        .iter()
                        .all(|frame| frame.pose == truth.frames[0].pose),
                    "{}",
                    scenario.name
                );
            }
            Some(Twist::Nobody) => assert!(truth.frames.iter().all(|frame| frame.pose.is_none())),
            _ => assert!(
                truth.frames.iter().any(|frame| frame.pose.is_some()),
                "{}",
                scenario.name
            ),
        }
    }
}

#[test]
fn a_choice_of_scenarios_misses_no_test() {
    let (buckets, outcomes) = (one_of_each_bucket(), one_of_each_outcome());
    for test in TestId::ALL {
        let count = |all: &[Scenario]| all.iter().filter(|scenario| scenario.test == test).count();
        let (_, texts) = thresholds().test(test);
        assert!(
            count(&buckets) > texts.buckets.len(),
            "a bucket of {test}, or a refusal"
        );
        assert!(count(&outcomes) >= count(&buckets), "{test}");
    }
    println!(
        "{} and {} of {}",
        buckets.len(),
        outcomes.len(),
        scenarios().len()
    );
}
