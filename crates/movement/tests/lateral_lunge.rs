//! Test 8 on the stick figure: depth, knee and trunk of either side, one side only, other movements.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{Film, balance, lunge::Lunges, reach, squat::Squats};
use flow_catalog::TestId;
use flow_landmarks::{
    Clip,
    Side::{self, Left, Right},
};
use flow_movement::{
    Assessment, assess,
    assessment::{Bucket, CheckCode, FlagCode, SideResult},
};

const GOOD: Lunges = Lunges::GOOD;

fn score(clip: &Clip) -> Assessment {
    assess(TestId::LateralLunge, clip)
}

#[test]
fn each_criterion_is_judged_on_either_side_of_its_cut_offs() {
    use FlagCode::{KneeValgus, ShallowDepth, SideGap, TrunkLean};
    let deep = |knee| Lunges { knee, ..GOOD };
    let mut wrong = Vec::new();
    for (name, lunges, bucket, expected) in [
        ("deep and controlled", GOOD, Bucket::Good, &[][..]),
        ("just deep enough", deep([95.0, 95.0]), Bucket::Good, &[]),
        (
            "a little shallow",
            deep([85.0, 85.0]),
            Bucket::Compensation,
            &[(ShallowDepth, Some(Left)), (ShallowDepth, Some(Right))],
        ),
        (
            "the left far from deep",
            deep([62.0, 105.0]),
            Bucket::Significant,
            &[(ShallowDepth, Some(Left)), (SideGap, None)],
        ),
        (
            "the right knee a little in",
            Lunges {
                knee_in: [-2.0, 7.0],
                ..GOOD
            },
            Bucket::Good,
            &[],
        ),
        (
            "the right knee in",
            Lunges {
                knee_in: [-2.0, 14.0],
                ..GOOD
            },
            Bucket::Compensation,
            &[(KneeValgus, Some(Right))],
        ),
        (
            "the left knee far in",
            Lunges {
                knee_in: [25.0, -2.0],
                ..GOOD
            },
            Bucket::Significant,
            &[(KneeValgus, Some(Left))],
        ),
        (
            "leaning to the left",
            Lunges {
                lean: [36.0, 25.0],
                ..GOOD
            },
            Bucket::Compensation,
            &[(TrunkLean, Some(Left))],
        ),
        (
            "leaning far",
            Lunges {
                lean: [25.0, 58.0],
                ..GOOD
            },
            Bucket::Significant,
            &[(TrunkLean, Some(Right))],
        ),
        (
            "shallow, knee in and leaning on one side",
            Lunges {
                knee: [105.0, 82.0],
                knee_in: [-2.0, 14.0],
                lean: [22.0, 38.0],
                ..GOOD
            },
            Bucket::Significant,
            &[
                (KneeValgus, Some(Right)),
                (TrunkLean, Some(Right)),
                (ShallowDepth, Some(Right)),
                (SideGap, None),
            ],
        ),
    ] {
        let assessment = score(&lunges.film(&Film::GOOD));
        let Some(result) = &assessment.result else {
            wrong.push(format!("{name}: refused, {}", assessment.feedback));
            continue;
        };
        let mut found: Vec<(FlagCode, Option<Side>)> =
            result.flags.iter().map(|flag| (flag.code, flag.side)).collect();
        found.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        if result.bucket != bucket || found != expected {
            wrong.push(format!(
                "{name}: {:?} {found:?} {:?}",
                result.bucket, result.measures
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn angles_are_those_of_the_body_wherever_it_stands_in_the_picture() {
    for (knee, knee_in) in [(105.0, 0.0), (80.0, 0.0), (100.0, 15.0)] {
        let lunges = Lunges {
            knee: [knee; 2],
            knee_in: [knee_in; 2],
            ..GOOD
        };
        let result = score(&lunges.film(&Film::GOOD)).result.expect("valid");
        for measure in &result.measures {
            let (truth, within) = match measure.name.as_str() {
                "kneeFlexion" => (knee, 5.0),
                "kneeInsideFoot" => (knee_in, 3.0),
                _ => continue,
            };
            assert_eq!(measure.repetitions.len(), 3, "{measure:?}");
            assert!(
                (measure.value - truth).abs() < within,
                "{measure:?} instead of {truth}"
            );
        }
    }
}

#[test]
fn a_side_that_was_not_shown_is_missing_not_normal() {
    for (times, missing) in [([3, 0], Right), ([0, 3], Left)] {
        let one = score(&Lunges { times, ..GOOD }.film(&Film::GOOD))
            .result
            .expect("valid");
        let both = score(&GOOD.film(&Film::GOOD)).result.expect("valid");
        assert!(one.confidence < 0.7 * both.confidence);
        let expected = SideResult {
            side: missing,
            measured: false,
            bucket: None,
        };
        assert!(one.sides.contains(&expected), "{:?}", one.sides);
        assert_eq!(one.not_measured.len(), both.not_measured.len() + 1);
    }
}

#[test]
fn other_views_and_movements_are_refused() {
    for (name, clip, expected) in [
        (
            "side-on",
            Lunges {
                heading: 80.0,
                ..GOOD
            }
            .film(&Film::GOOD),
            CheckCode::WrongAngle,
        ),
        (
            "squats",
            Squats {
                side: 0,
                ..Squats::GOOD
            }
            .film(&Film::GOOD),
            CheckCode::WrongMovement,
        ),
        (
            "reaches on one leg",
            reach::film(&Film::GOOD, [0.7, 1.0, 0.95], [0.7, 1.0, 0.95], 0.0),
            CheckCode::WrongMovement,
        ),
        (
            "standing",
            balance::film(&Film::GOOD, &[], 0.0, 8.0),
            CheckCode::NoMotion,
        ),
    ] {
        let assessment = score(&clip);
        assert_eq!(
            assessment.quality.checks[0].code, expected,
            "{name}: {:?}",
            assessment.result
        );
    }
}
