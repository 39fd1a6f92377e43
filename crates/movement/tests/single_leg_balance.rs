//! Test 7 on the stick figure: times, sides, gaps, sway, touching down, hopping, and what is no measurement.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{
    Film,
    balance::{Hold, film},
    found::{flags, measured},
    reach,
};
use flow_catalog::TestId;
use flow_landmarks::Side::{Left, Right};
use flow_movement::{
    Assessment, assess,
    assessment::{Bucket, CheckCode, FlagCode},
};

fn score(holds: &[Hold]) -> Assessment {
    assess(TestId::SingleLegBalance, &film(&Film::GOOD, holds, 0.0, 1.0))
}

#[test]
fn times_decide_the_bucket_and_the_flags() {
    use FlagCode::{ShortHold, SideGap, Unsteady};
    let quiet = Hold::quiet;
    let swaying = |stance, seconds, sway| Hold {
        sway,
        ..quiet(stance, seconds)
    };
    let mut wrong = Vec::new();
    for (name, holds, bucket, expected) in [
        (
            "both long",
            [quiet(Left, 21.0), quiet(Right, 21.0)],
            Bucket::Pass,
            &[][..],
        ),
        (
            "right first",
            [quiet(Right, 21.0), quiet(Left, 21.0)],
            Bucket::Pass,
            &[],
        ),
        (
            "left nearly",
            [quiet(Left, 18.5), quiet(Right, 21.0)],
            Bucket::Limited,
            &[(ShortHold, Some(Left))],
        ),
        (
            "left short, gap",
            [quiet(Left, 13.0), quiet(Right, 21.0)],
            Bucket::Limited,
            &[(ShortHold, Some(Left)), (SideGap, None)],
        ),
        (
            "gap just allowed",
            [quiet(Left, 12.0), quiet(Right, 15.5)],
            Bucket::Limited,
            &[(ShortHold, Some(Left)), (ShortHold, Some(Right))],
        ),
        (
            "right very short",
            [quiet(Left, 12.0), quiet(Right, 8.0)],
            Bucket::Significant,
            &[(ShortHold, Some(Left)), (ShortHold, Some(Right))],
        ),
        (
            "swaying a little",
            [swaying(Left, 21.0, 0.035), quiet(Right, 21.0)],
            Bucket::Pass,
            &[],
        ),
        (
            "swaying a lot",
            [swaying(Left, 21.0, 0.12), quiet(Right, 21.0)],
            Bucket::Pass,
            &[(Unsteady, Some(Left))],
        ),
    ] {
        let assessment = score(&holds);
        let Some(result) = &assessment.result else {
            wrong.push(format!("{name}: refused, {}", assessment.feedback));
            continue;
        };
        if result.bucket != bucket || flags(result) != expected {
            wrong.push(format!("{name}: {:?} {:?}", result.bucket, flags(result)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn seconds_are_those_of_the_figure_and_sway_lowers_the_quality() {
    let result = score(&[
        Hold::quiet(Left, 12.0),
        Hold {
            sway: 0.03,
            ..Hold::quiet(Right, 16.0)
        },
    ])
    .result
    .expect("valid");
    for (side, expected) in [(Left, 12.0), (Right, 16.0)] {
        let held = measured(&result, "hold", Some(side)).expect("measured");
        assert!((held - expected).abs() < 0.5, "{side:?} {held}");
    }
    let quality = |side| measured(&result, "quality", side).expect("measured");
    assert!(
        quality(Some(Left)) > quality(Some(Right)) + 0.2,
        "{:?}",
        result.measures
    );
    assert!((quality(None) - 0.5 * (quality(Some(Left)) + quality(Some(Right)))).abs() < 1e-3);
}

#[test]
fn the_longest_of_several_holds_counts_and_a_hop_ends_one() {
    let touched = score(&[
        Hold::quiet(Left, 4.0),
        Hold::quiet(Left, 12.0),
        Hold::quiet(Right, 11.0),
    ]);
    let result = touched.result.expect("valid");
    let held = measured(&result, "hold", Some(Left)).expect("measured");
    assert!(
        (held - 12.0).abs() < 0.5 && result.repetitions.len() == 3,
        "{held} {:?}",
        result.repetitions
    );

    let hopped = score(&[
        Hold {
            hop: Some(7.0),
            ..Hold::quiet(Left, 12.0)
        },
        Hold::quiet(Right, 11.0),
    ]);
    let held = measured(&hopped.result.expect("valid"), "hold", Some(Left)).expect("measured");
    assert!((held - 7.0).abs() < 0.6, "{held}");
}

#[test]
fn a_side_not_shown_is_not_measured_and_lowers_confidence() {
    let result = score(&[Hold::quiet(Right, 21.0)]).result.expect("valid");
    let left = result
        .sides
        .iter()
        .find(|side| side.side == Left)
        .expect("listed");
    assert!(!left.measured && left.bucket.is_none(), "{left:?}");
    assert!(
        result.not_measured.iter().any(|what| what.contains("left leg")),
        "{:?}",
        result.not_measured
    );
    let both = score(&[Hold::quiet(Right, 21.0), Hold::quiet(Left, 21.0)])
        .result
        .expect("valid");
    assert!(
        result.confidence < 0.7 * both.confidence,
        "{} {}",
        result.confidence,
        both.confidence
    );
}

#[test]
fn a_hold_that_the_recording_cuts_off_is_no_measurement() {
    let clip = |holds: &[Hold]| {
        let mut clip = film(&Film::GOOD, holds, 0.0, 1.0);
        clip.observations.truncate(clip.observations.len() - 40);
        clip.duration -= 4.0;
        clip
    };
    let only = assess(TestId::SingleLegBalance, &clip(&[Hold::quiet(Left, 15.0)]));
    assert_eq!(
        only.quality.checks[0].code,
        CheckCode::TooShort,
        "{:?}",
        only.result
    );
    let second = assess(
        TestId::SingleLegBalance,
        &clip(&[Hold::quiet(Left, 12.0), Hold::quiet(Right, 15.0)]),
    )
    .result
    .expect("the first side is whole");
    assert!(
        measured(&second, "hold", Some(Right)).is_none(),
        "{:?}",
        second.measures
    );
    assert!(
        second.not_measured.iter().any(|what| what.contains("right leg")),
        "{:?}",
        second.not_measured
    );
    // Twenty seconds were reached before the end.
    let long = assess(TestId::SingleLegBalance, &clip(&[Hold::quiet(Left, 26.0)]));
    assert!(measured(&long.result.expect("reached"), "hold", Some(Left)).is_some_and(|held| held > 20.0));
}

#[test]
fn stepping_from_foot_to_foot_is_another_movement() {
    let steps: Vec<Hold> = (0..10)
        .map(|step| Hold::quiet([Left, Right][step % 2], 0.9))
        .collect();
    for holds in [&steps[..], &[]] {
        let assessment = score(&[holds, &[]].concat());
        let codes: Vec<CheckCode> = assessment
            .quality
            .checks
            .iter()
            .filter(|check| !check.passed)
            .map(|c| c.code)
            .collect();
        assert!(
            codes == [CheckCode::WrongMovement] || (holds.is_empty() && codes == [CheckCode::TooShort]),
            "{codes:?}"
        );
    }
}

#[test]
fn reaching_with_the_free_foot_is_another_test() {
    for reached in [0.55, 0.9] {
        let clip = reach::film(&Film::GOOD, [reached; 3], [reached; 3], 0.0);
        let assessment = assess(TestId::SingleLegBalance, &clip);
        let first = &assessment.quality.checks[0];
        assert!(
            !first.passed && first.code == CheckCode::WrongMovement,
            "{reached}: {:?}",
            assessment.result
        );
    }
}
