//! Test 3 on the stick figure: gaps in each direction, severity, missing legs and directions, other movements.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{
    Film,
    reach::{Three, film},
};
use flow_catalog::TestId;
use flow_landmarks::Side::{self, Left, Right};
use flow_movement::{
    Assessment, assess,
    assessment::{Bucket, CheckCode, FlagCode, Severity},
};

fn score_by(camera: &Film, left: Three, right: Three, heading: f64) -> Assessment {
    assess(TestId::YBalance, &film(camera, left, right, heading))
}

fn score(left: Three, right: Three) -> Assessment {
    score_by(&Film::GOOD, left, right, 0.0)
}

fn gaps(assessment: &Assessment) -> Vec<Option<Side>> {
    let flags = assessment.result.iter().flat_map(|result| &result.flags);
    flags
        .filter(|flag| flag.code == FlagCode::ReachGap)
        .map(|flag| flag.side)
        .collect()
}

const EVEN: Three = [0.7, 1.0, 0.95];

#[test]
fn a_gap_in_any_direction_is_flagged_for_the_leg_that_reaches_less() {
    let mut wrong = Vec::new();
    for (name, left, right, expected, severity) in [
        ("even", EVEN, EVEN, &[][..], Severity::None),
        ("a little uneven", [0.66, 1.04, 0.98], EVEN, &[], Severity::None),
        (
            "forward, no more than the error",
            [0.62, 1.0, 0.95],
            EVEN,
            &[],
            Severity::None,
        ),
        (
            "forward, left less",
            [0.48, 1.0, 0.95],
            EVEN,
            &[Some(Left)],
            Severity::Marked,
        ),
        (
            "forward, right less",
            EVEN,
            [0.48, 1.0, 0.95],
            &[Some(Right)],
            Severity::Marked,
        ),
        (
            "back and out, right less",
            EVEN,
            [0.7, 0.79, 0.95],
            &[Some(Right)],
            Severity::Moderate,
        ),
        (
            "back and across, left less",
            [0.7, 1.0, 0.66],
            EVEN,
            &[Some(Left)],
            Severity::Marked,
        ),
    ] {
        let assessment = score(left, right);
        let Some(result) = &assessment.result else {
            wrong.push(format!("{name}: refused, {}", assessment.feedback));
            continue;
        };
        let bucket = if expected.is_empty() {
            Bucket::Symmetric
        } else {
            Bucket::Asymmetric
        };
        if result.bucket != bucket || gaps(&assessment) != expected || result.severity != Some(severity) {
            wrong.push(format!(
                "{name}: {:?} {:?} {:?}",
                result.bucket,
                gaps(&assessment),
                result.measures
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn reaches_are_measured_in_leg_lengths_whatever_the_camera() {
    for (name, camera, heading) in [
        ("phone at hip height", Film::GOOD, 0.0),
        (
            "phone low and far",
            Film {
                lens_height: 0.6,
                distance: 4.2,
                ..Film::GOOD
            },
            0.0,
        ),
        (
            "laptop",
            Film {
                width: 640,
                height: 480,
                lens_height: 1.2,
                distance: 3.8,
                focal: 1.05,
                ..Film::GOOD
            },
            0.0,
        ),
        ("not quite facing it", Film::GOOD, 8.0),
    ] {
        let assessment = score_by(&camera, EVEN, EVEN, heading);
        let result = assessment
            .result
            .as_ref()
            .unwrap_or_else(|| panic!("{name}: {}", assessment.feedback));
        assert_eq!(result.repetitions.len(), 6, "{name}");
        for (measure, expected) in [
            ("anterior", 0.7),
            ("posteromedial", 1.0),
            ("posterolateral", 0.95),
        ] {
            for found in result.measures.iter().filter(|found| found.name == measure) {
                // Depth from one camera: 20 % is what it is good for; the same on both sides.
                assert!(
                    (found.value / expected - 1.0).abs() < 0.2,
                    "{name}: {found:?} instead of {expected}"
                );
            }
        }
        assert_eq!(result.bucket, Bucket::Symmetric, "{name}: {:?}", result.measures);
    }
}

#[test]
fn low_reaches_are_flagged_for_their_leg() {
    let low = [0.5, 0.6, 0.6];
    let result = score(low, low).result.expect("valid");
    let sides: Vec<_> = result
        .flags
        .iter()
        .filter(|flag| flag.code == FlagCode::LowReach)
        .map(|flag| flag.side)
        .collect();
    assert_eq!(sides, [Some(Left), Some(Right)]);
    let high = [0.85, 1.15, 1.1];
    assert!(score(high, high).result.expect("valid").flags.is_empty());
}

#[test]
fn directions_that_one_leg_did_not_show_are_not_compared() {
    let result = score(EVEN, [0.7, 1.0, 0.0]).result.expect("valid");
    assert!(
        result.not_measured.iter().any(|what| what.contains("right leg")),
        "{:?}",
        result.not_measured
    );
    assert!(
        result
            .measures
            .iter()
            .all(|measure| measure.name != "posterolateralGap")
    );
    let whole = score(EVEN, EVEN).result.expect("valid");
    assert!(result.confidence < whole.confidence);
}

#[test]
fn what_was_not_seen_of_both_legs_is_never_surely_symmetric() {
    for missing in 0..3 {
        let mut left = EVEN;
        left[missing] = 0.0;
        let even = score(left, EVEN).result.expect("valid");
        assert_eq!(even.bucket, Bucket::Symmetric);
        assert!(even.confidence < 0.6, "{missing}: {}", even.confidence);
        // A gap that was seen is one whatever the others are.
        left[(missing + 1) % 3] *= 0.6;
        let uneven = score(left, EVEN).result.expect("valid");
        assert_eq!(uneven.bucket, Bucket::Asymmetric);
        assert!(uneven.confidence > 0.6, "{missing}: {}", uneven.confidence);
    }
}

#[test]
fn one_leg_only_and_other_movements_are_refused() {
    for (name, left, right, expected) in [
        ("left leg only", EVEN, [0.0; 3], CheckCode::Incomplete),
        (
            "one direction only",
            [0.0, 1.0, 0.0],
            [0.0, 1.0, 0.0],
            CheckCode::WrongMovement,
        ),
        ("no reach at all", [0.0; 3], [0.0; 3], CheckCode::NoMotion),
    ] {
        let assessment = score(left, right);
        assert_eq!(
            assessment.quality.checks[0].code, expected,
            "{name}: {:?}",
            assessment.result
        );
    }
}
