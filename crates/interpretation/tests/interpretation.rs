//! What results mean together: priorities, causes, sides, doubts; the same whatever the order.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use flow_catalog::TestId;
use flow_interpretation::{CauseStatus, Interpretation, Priority, interpret, trail};
use flow_landmarks::Side::{self, Left, Right};
use flow_movement::assessment::{Bucket, Flag, FlagCode, SideResult, TestResult, Unit};

fn result(bucket: Bucket, confidence: f64) -> TestResult {
    TestResult {
        bucket,
        bucket_text: "The bucket in a sentence.".to_owned(),
        confidence,
        severity: None,
        sides: Vec::new(),
        measures: Vec::new(),
        flags: Vec::new(),
        not_measured: Vec::new(),
        repetitions: Vec::new(),
        evidence: Vec::new(),
        key_frames: Vec::new(),
    }
}

fn flagged(mut of: TestResult, code: FlagCode, side: Option<Side>, severe: bool) -> TestResult {
    of.flags.push(Flag {
        code,
        side,
        text: "The flag in a sentence.".to_owned(),
        value: 14.0,
        unit: Unit::Degrees,
        severe,
    });
    of
}

fn on_side(mut of: TestResult, side: Side) -> TestResult {
    let bucket = Some(of.bucket);
    of.sides.push(SideResult {
        side,
        measured: true,
        bucket,
    });
    of.sides.push(SideResult {
        side: side.other(),
        measured: true,
        bucket: Some(Bucket::Pass),
    });
    of
}

/// Priority and id of every area, in order.
fn areas(interpretation: &Interpretation) -> Vec<(Priority, &str)> {
    interpretation
        .areas
        .iter()
        .map(|area| (area.priority, area.id.as_str()))
        .collect()
}

/// The example of the product requirements: knee valgus in 4, limited 6, poor control in 15.
fn example() -> Vec<(TestId, TestResult)> {
    let squat = result(Bucket::Compensation, 0.8);
    vec![
        (
            TestId::OverheadSquat,
            flagged(squat, FlagCode::KneeValgus, Some(Right), false),
        ),
        (
            TestId::AnkleMobility,
            on_side(result(Bucket::Limited, 0.9), Right),
        ),
        (TestId::Clamshell, on_side(result(Bucket::NeedsWork, 0.7), Right)),
    ]
}

fn borrowed(results: &[(TestId, TestResult)]) -> Vec<(TestId, &TestResult)> {
    results.iter().map(|(test, result)| (*test, result)).collect()
}

#[test]
fn knee_valgus_with_a_stiff_ankle_and_a_weak_hip_is_a_consequence_of_both() {
    let results = example();
    let found = interpret(&borrowed(&results));
    assert_eq!(
        areas(&found),
        [
            (Priority::P1, "ankle-mobility"),
            (Priority::P1, "hip-control"),
            (Priority::P2, "knee-valgus"),
        ]
    );
    for area in &found.areas {
        assert_eq!(area.sides, [Right], "{}", area.id);
    }
    let causes: Vec<(&str, CauseStatus)> = found.areas[2]
        .causes
        .iter()
        .map(|cause| (cause.id.as_str(), cause.status))
        .collect();
    assert_eq!(
        causes,
        [
            ("ankle-mobility", CauseStatus::Found),
            ("hip-control", CauseStatus::Found)
        ]
    );
    let text = trail(&found);
    for expected in [
        "P1 Ankle mobility (right)",
        "P1 Hip abduction control (right)",
        "P2 Knees move inward (right)",
        "because Ankle Mobility found limited, right",
        "because Overhead Squat found knee-valgus, right",
        "may follow from Ankle mobility: found, see above",
    ] {
        assert!(text.contains(expected), "{expected} is missing in:\n{text}");
    }
}

#[test]
fn a_candidate_that_was_not_tested_is_neither_found_nor_cleared() {
    let squat = flagged(
        result(Bucket::Compensation, 0.8),
        FlagCode::KneeValgus,
        Some(Left),
        false,
    );
    let ankle = result(Bucket::Pass, 0.9);
    let found = interpret(&[(TestId::OverheadSquat, &squat), (TestId::AnkleMobility, &ankle)]);
    let [area] = found.areas.as_slice() else {
        panic!("{found:?}")
    };
    let status = |id: &str| {
        area.causes
            .iter()
            .find(|cause| cause.id == id)
            .map(|cause| cause.status)
    };
    assert_eq!(status("ankle-mobility"), Some(CauseStatus::NotFound));
    assert_eq!(status("hip-control"), Some(CauseStatus::NotTested));
    let text = trail(&found);
    assert!(
        text.contains("Hip abduction control: not tested; Glute Bridge or Clamshell would tell"),
        "{text}"
    );
}

#[test]
fn the_order_of_results_does_not_matter_and_the_surer_of_two_counts() {
    let mut results = example();
    let straight = interpret(&borrowed(&results));
    results.reverse();
    assert_eq!(interpret(&borrowed(&results)), straight);
    // An older, doubtful pass does not clear the ankle.
    results.push((TestId::AnkleMobility, result(Bucket::Pass, 0.3)));
    assert_eq!(interpret(&borrowed(&results)), straight);
}

#[test]
fn what_is_severe_comes_first_and_what_is_unsure_last_and_says_so() {
    let plank = flagged(result(Bucket::Limited, 0.9), FlagCode::HipSag, None, true);
    let ankle = result(Bucket::Limited, 0.9);
    let shoulder = result(Bucket::Limited, 0.4);
    let found = interpret(&[
        (TestId::ShoulderFlexion, &shoulder),
        (TestId::AnkleMobility, &ankle),
        (TestId::Plank, &plank),
    ]);
    let ids: Vec<&str> = found.areas.iter().map(|area| area.id.as_str()).collect();
    assert_eq!(ids, ["core-control", "ankle-mobility", "shoulder-control"]);
    assert!(found.areas[0].severe && found.areas[0].findings.len() == 2);
    assert!(!found.areas[2].sure && found.areas[1].sure);
    let unsure: Vec<bool> = trail(&found)
        .lines()
        .filter(|line| line.starts_with("P1"))
        .map(|line| line.contains("Unsure"))
        .collect();
    assert_eq!(unsure, [false, false, true]);
}

#[test]
fn nothing_found_says_in_what() {
    assert_eq!(
        trail(&interpret(&[])),
        "No problem areas: no test has a result.\n"
    );
    let (squat, ankle) = (result(Bucket::Good, 0.9), result(Bucket::Pass, 0.9));
    let found = interpret(&[(TestId::OverheadSquat, &squat), (TestId::AnkleMobility, &ankle)]);
    assert_eq!(
        trail(&found),
        "No problem areas: nothing stood out in Overhead Squat and Ankle Mobility.\n"
    );
}
