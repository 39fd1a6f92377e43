//! Test 4 on the stick figure: each flag from both sides of its cut-off, each bucket, parts that are missing.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    reason = "tables, and helpers that fail like tests"
)]

mod figure;

use figure::{Film, squat::Squats};
use flow_catalog::TestId;
use flow_landmarks::Side;
use flow_movement::{
    Assessment, Status, assess,
    assessment::{Bucket, CheckCode, FlagCode, SeenFrom},
};

const GOOD: Squats = Squats::GOOD;

fn score(squats: Squats) -> Assessment {
    assess(TestId::OverheadSquat, &squats.film(&Film::GOOD))
}

fn flags(assessment: &Assessment) -> Vec<(FlagCode, Option<Side>)> {
    assessment
        .result
        .iter()
        .flat_map(|result| &result.flags)
        .map(|flag| (flag.code, flag.side))
        .collect()
}

#[test]
fn each_fault_is_flagged_beyond_its_cut_off_and_not_before() {
    use FlagCode::{ArmsFallForward, HeelLift, KneeValgus, ShallowDepth, TrunkLean};
    let mut wrong = Vec::new();
    for (name, squats, expected) in [
        ("good", GOOD, &[][..]),
        (
            "left knee nearly in",
            Squats {
                knees_in: [7.0, -5.0],
                ..GOOD
            },
            &[],
        ),
        (
            "left knee in",
            Squats {
                knees_in: [13.0, -5.0],
                ..GOOD
            },
            &[(KneeValgus, Some(Side::Left))],
        ),
        (
            "right knee in",
            Squats {
                knees_in: [-5.0, 13.0],
                ..GOOD
            },
            &[(KneeValgus, Some(Side::Right))],
        ),
        (
            "heels nearly up",
            Squats {
                heels: [0.015; 2],
                ..GOOD
            },
            &[],
        ),
        (
            "heels up, right side shown",
            Squats {
                heels: [0.04; 2],
                ..GOOD
            },
            &[(HeelLift, Some(Side::Right))],
        ),
        (
            "heels up, left side shown",
            Squats {
                heels: [0.04; 2],
                turn: -90.0,
                ..GOOD
            },
            &[(HeelLift, Some(Side::Left))],
        ),
        (
            "trunk nearly over the shin",
            Squats {
                lean: 31.0,
                arms: 190.0,
                ..GOOD
            },
            &[],
        ),
        (
            "trunk beyond the shin",
            Squats {
                lean: 41.0,
                arms: 190.0,
                ..GOOD
            },
            &[(TrunkLean, None)],
        ),
        ("just deep", Squats { depth: 3.0, ..GOOD }, &[]),
        (
            "not deep",
            Squats { depth: -4.0, ..GOOD },
            &[(ShallowDepth, None)],
        ),
        ("arms a little forward", Squats { arms: 168.0, ..GOOD }, &[]),
        (
            "arms forward",
            Squats { arms: 140.0, ..GOOD },
            &[(ArmsFallForward, None)],
        ),
        (
            "arms down",
            Squats { arms: 20.0, ..GOOD },
            &[(ArmsFallForward, None)],
        ),
    ] {
        let found = flags(&score(squats));
        if found != expected {
            wrong.push(format!("{name}: {found:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_bucket_follows_from_how_many_criteria_are_missed_and_by_how_much() {
    let mut wrong = Vec::new();
    for (name, squats, expected) in [
        ("good", GOOD, Bucket::Good),
        (
            "heels only",
            Squats {
                heels: [0.05; 2],
                ..GOOD
            },
            Bucket::Compensation,
        ),
        (
            "heels far up",
            Squats {
                heels: [0.11; 2],
                ..GOOD
            },
            Bucket::Significant,
        ),
        (
            "heels and a knee",
            Squats {
                heels: [0.05; 2],
                knees_in: [15.0, -5.0],
                ..GOOD
            },
            Bucket::Significant,
        ),
        (
            "one knee",
            Squats {
                knees_in: [15.0, -5.0],
                ..GOOD
            },
            Bucket::Compensation,
        ),
        (
            "both knees",
            Squats {
                knees_in: [15.0; 2],
                ..GOOD
            },
            Bucket::Compensation,
        ),
        (
            "a knee far in",
            Squats {
                knees_in: [25.0, -5.0],
                ..GOOD
            },
            Bucket::Significant,
        ),
        (
            "depth and trunk",
            Squats {
                depth: -10.0,
                lean: 42.0,
                arms: 195.0,
                ..GOOD
            },
            Bucket::Compensation,
        ),
        (
            "depth, trunk and knee",
            Squats {
                depth: -10.0,
                lean: 42.0,
                arms: 195.0,
                knees_in: [15.0, -5.0],
                ..GOOD
            },
            Bucket::Significant,
        ),
        (
            "far from deep",
            Squats { depth: -28.0, ..GOOD },
            Bucket::Significant,
        ),
        (
            "trunk far forward",
            Squats {
                lean: 60.0,
                arms: 200.0,
                ..GOOD
            },
            Bucket::Significant,
        ),
        (
            "arms at the shoulders",
            Squats { arms: 80.0, ..GOOD },
            Bucket::Significant,
        ),
    ] {
        let assessment = score(squats);
        let found = assessment.result.as_ref().map(|result| result.bucket);
        if found != Some(expected) {
            wrong.push(format!(
                "{name}: {found:?} instead of {expected:?}, {:?}",
                flags(&assessment)
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn angles_of_the_side_part_are_those_of_the_figure() {
    let result = score(GOOD).result.expect("valid");
    let value = |name: &str| {
        result
            .measures
            .iter()
            .find(|measure| measure.name == name)
            .expect(name)
            .value
    };
    for (name, expected) in [
        ("kneeFlexion", 90.0 + 35.0 + 10.0),
        ("hipFlexion", 90.0 + 20.0 + 10.0),
        ("trunkLean", 20.0),
        ("shinLean", 35.0),
        ("thighBelowHorizontal", 10.0),
        ("armRaise", 178.0),
    ] {
        assert!(
            (value(name) - expected).abs() < 3.0,
            "{name} is {} instead of {expected}",
            value(name)
        );
    }
    let inside = result
        .measures
        .iter()
        .find(|measure| measure.name == "kneeInsideFoot")
        .expect("measured");
    assert!(
        (inside.value + 5.0).abs() < 3.0 && inside.repetitions.len() == 3,
        "{inside:?}"
    );
}

#[test]
fn repetitions_and_evidence_name_frames_of_the_clip() {
    let clip = Squats {
        knees_in: [15.0, -5.0],
        ..GOOD
    }
    .film(&Film {
        rate_hz: 24.0,
        ..Film::GOOD
    });
    let result = assess(TestId::OverheadSquat, &clip).result.expect("valid");
    let views: Vec<SeenFrom> = result
        .repetitions
        .iter()
        .map(|repetition| repetition.view)
        .collect();
    assert_eq!(views, [[SeenFrom::Front; 3], [SeenFrom::Side; 3]].concat());
    for repetition in &result.repetitions {
        assert!(
            repetition.start_t < repetition.key_t && repetition.key_t < repetition.end_t,
            "{repetition:?}"
        );
        let frame = &clip.observations[repetition.key_frame as usize];
        assert!((frame.t - repetition.key_t).abs() < 0.05, "{repetition:?}");
    }
    assert!(
        result.evidence.iter().any(|moment| moment.what.contains("knee")),
        "{:?}",
        result.evidence
    );
    assert_eq!(result.key_frames.len(), 2);
}

#[test]
fn without_the_side_part_heels_and_trunk_are_not_measured_and_confidence_is_lower() {
    let whole = score(GOOD).result.expect("valid");
    let front = score(Squats { side: 0, ..GOOD }).result.expect("valid");
    assert!(
        front.not_measured.iter().any(|what| what.contains("Heels")),
        "{:?}",
        front.not_measured
    );
    assert!(
        front.not_measured.iter().any(|what| what.contains("Trunk")),
        "{:?}",
        front.not_measured
    );
    assert!(
        front.confidence < 0.8 * whole.confidence,
        "{} and {}",
        front.confidence,
        whole.confidence
    );
    let shallow = score(Squats {
        side: 0,
        depth: -30.0,
        ..GOOD
    });
    assert!(
        flags(&shallow).contains(&(FlagCode::ShallowDepth, None)),
        "{:?}",
        flags(&shallow)
    );
}

#[test]
fn confidence_falls_toward_a_cut_off_and_with_fewer_repetitions_and_with_the_view() {
    let confidence = |squats| score(squats).result.expect("valid").confidence;
    let good = confidence(GOOD);
    assert!(good > 0.9, "{good}");
    for (name, squats) in [
        ("near the depth cut-off", Squats { depth: 2.0, ..GOOD }),
        (
            "two and two",
            Squats {
                front: 2,
                side: 2,
                ..GOOD
            },
        ),
        (
            "turned away 30 degrees",
            Squats {
                heading: 30.0,
                turn: 60.0,
                ..GOOD
            },
        ),
    ] {
        assert!(
            confidence(squats) < good - 0.05,
            "{name}: {} against {good}",
            confidence(squats)
        );
    }
}

#[test]
fn missing_parts_are_refused_with_what_to_do() {
    for (name, squats, expected) in [
        (
            "side-on only",
            Squats {
                heading: 90.0,
                side: 0,
                ..GOOD
            },
            CheckCode::WrongAngle,
        ),
        (
            "from behind",
            Squats {
                heading: 180.0,
                side: 0,
                ..GOOD
            },
            CheckCode::WrongAngle,
        ),
        (
            "one from the front",
            Squats { front: 1, ..GOOD },
            CheckCode::Incomplete,
        ),
        (
            "knee dips",
            Squats {
                depth: -70.0,
                shin: 10.0,
                lean: 2.0,
                ..GOOD
            },
            CheckCode::WrongMovement,
        ),
    ] {
        let assessment = score(squats);
        let first = &assessment.quality.checks[0];
        assert_eq!(
            (assessment.status, first.passed, first.code),
            (Status::Invalid, false, expected),
            "{name}"
        );
        assert!(
            assessment.result.is_none() && assessment.feedback.len() > 20,
            "{name}: {}",
            assessment.feedback
        );
    }
}
