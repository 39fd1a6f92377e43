//! Test 9 on the stick figure: range of either arm, leaning back, one arm only, other movements.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{Film, balance, raise::Raises, squat::Squats};
use flow_catalog::TestId;
use flow_landmarks::{
    Clip,
    Side::{self, Left, Right},
};
use flow_movement::{
    Assessment, assess,
    assessment::{Bucket, CheckCode, FlagCode, Severity},
};

const GOOD: Raises = Raises::GOOD;

fn score(clip: &Clip) -> Assessment {
    assess(TestId::ShoulderFlexion, clip)
}

fn flags(assessment: &Assessment) -> Vec<(FlagCode, Option<Side>)> {
    let flags = assessment.result.iter().flat_map(|result| &result.flags);
    flags.map(|flag| (flag.code, flag.side)).collect()
}

#[test]
fn range_and_compensation_are_judged_on_either_side_of_their_cut_offs() {
    use FlagCode::{LimitedRange, ScapularCompensation, SideGap};
    let raising = |flexion| Raises { flexion, ..GOOD };
    let mut wrong = Vec::new();
    for (name, raises, bucket, expected, severity) in [
        ("all the way", GOOD, Bucket::Pass, &[][..], Severity::None),
        (
            "just enough",
            raising([168.0, 169.0]),
            Bucket::Pass,
            &[],
            Severity::None,
        ),
        (
            "the left a little short",
            raising([158.0, 166.0]),
            Bucket::Limited,
            &[(LimitedRange, Some(Left))],
            Severity::Mild,
        ),
        (
            "the right far short",
            raising([176.0, 140.0]),
            Bucket::Limited,
            &[(LimitedRange, Some(Right)), (SideGap, None)],
            Severity::Marked,
        ),
        (
            "leaning back a little",
            Raises {
                lean_back: [7.0; 2],
                ..GOOD
            },
            Bucket::Pass,
            &[],
            Severity::None,
        ),
        (
            "leaning back for the left",
            Raises {
                lean_back: [14.0, 0.0],
                ..GOOD
            },
            Bucket::Pass,
            &[(ScapularCompensation, Some(Left))],
            Severity::None,
        ),
    ] {
        let assessment = score(&raises.film(&Film::GOOD));
        let Some(result) = &assessment.result else {
            wrong.push(format!("{name}: refused, {}", assessment.feedback));
            continue;
        };
        let mut found = flags(&assessment);
        found.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        if result.bucket != bucket || found != expected || result.severity != Some(severity) {
            wrong.push(format!(
                "{name}: {:?} {:?} {found:?} {:?}",
                result.bucket, result.severity, result.measures
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_angle_is_the_arms_against_the_trunk_whatever_the_trunk_does() {
    for (lean_back, flexion) in [(0.0, 150.0), (12.0, 150.0), (0.0, 174.0), (12.0, 174.0)] {
        let raises = Raises {
            flexion: [flexion; 2],
            lean_back: [lean_back; 2],
            ..GOOD
        };
        let result = score(&raises.film(&Film::GOOD)).result.expect("valid");
        for measure in result
            .measures
            .iter()
            .filter(|measure| measure.name == "shoulderFlexion")
        {
            assert_eq!(measure.repetitions.len(), 3, "{measure:?}");
            assert!(
                (measure.value - flexion).abs() < 3.0,
                "{measure:?} instead of {flexion}"
            );
        }
        for measure in result
            .measures
            .iter()
            .filter(|measure| measure.name == "leanBack")
        {
            assert!(
                (measure.value - lean_back).abs() < 2.0,
                "{measure:?} instead of {lean_back}"
            );
        }
    }
}

#[test]
fn an_arm_that_was_not_shown_is_missing_not_normal() {
    for (times, shown, missing) in [([3, 0], Left, "right arm"), ([0, 3], Right, "left arm")] {
        let one = score(&Raises { times, ..GOOD }.film(&Film::GOOD))
            .result
            .expect("valid");
        let both = score(&GOOD.film(&Film::GOOD)).result.expect("valid");
        assert!(one.confidence < both.confidence);
        assert!(
            one.not_measured.iter().any(|what| what.contains(missing)),
            "{:?}",
            one.not_measured
        );
        let measured: Vec<Side> = one
            .sides
            .iter()
            .filter(|side| side.measured)
            .map(|side| side.side)
            .collect();
        assert_eq!(measured, [shown]);
    }
}

#[test]
fn other_views_and_movements_are_refused() {
    let askew = |askew| Raises { askew, ..GOOD }.film(&Film::GOOD);
    assert!(score(&askew(25.0)).result.is_some(), "25 degrees off still count");
    for (name, clip, expected) in [
        ("facing the camera", askew(80.0), CheckCode::WrongAngle),
        (
            "arms that stay below the shoulders",
            Raises {
                flexion: [70.0; 2],
                ..GOOD
            }
            .film(&Film::GOOD),
            CheckCode::WrongMovement,
        ),
        (
            "squats with the arms up",
            Squats {
                side: 0,
                heading: 90.0,
                ..Squats::GOOD
            }
            .film(&Film::GOOD),
            CheckCode::WrongMovement,
        ),
        (
            "standing on one leg",
            balance::film(&Film::GOOD, &[], 90.0, 8.0),
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
