//! Test 5 on the stick figure: each question on both sides of its cut-off, either side, what is not shown, and what is
//! another movement.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{Film, found::scored, lunge::Lunges, rotate::Rotations, slide::Slides, squat::Squats};
use flow_catalog::TestId;
use flow_landmarks::{
    Clip,
    Side::{self, Left, Right},
};
use flow_movement::{
    Assessment, assess,
    assessment::{
        Bucket::{self, Limited, WithinRange},
        CheckCode, FlagCode,
        FlagCode::{
            HipExternalLimited, HipInternalLimited, LowElbows, ShoulderExternalLimited,
            ShoulderInternalLimited, SideGap, ThighDrift, TrunkLean,
        },
        Severity, TestResult,
    },
};

fn score(clip: &Clip) -> Assessment {
    assess(TestId::HipShoulder9090, clip)
}

fn result(rotations: &Rotations) -> TestResult {
    scored(TestId::HipShoulder9090, &rotations.film(&Film::GOOD))
}

/// What it is, the rotations, the bucket and the flags wanted.
type Row = (
    &'static str,
    Rotations,
    Bucket,
    &'static [(FlagCode, Option<Side>)],
);

const GOOD: Rotations = Rotations::GOOD;

const ROWS: &[Row] = &[
    ("good", GOOD, WithinRange, &[]),
    (
        "just the usual",
        Rotations {
            hip_internal: [38.0; 2],
            hip_external: [43.0; 2],
            ..GOOD
        },
        WithinRange,
        &[],
    ),
    (
        "left hip in below the usual",
        Rotations {
            hip_internal: [31.0, 38.0],
            ..GOOD
        },
        WithinRange,
        &[(HipInternalLimited, Some(Left))],
    ),
    (
        "right hip in limited",
        Rotations {
            hip_internal: [38.0, 18.0],
            ..GOOD
        },
        Limited,
        &[(HipInternalLimited, Some(Right)), (SideGap, None)],
    ),
    (
        "hips out below the usual",
        Rotations {
            hip_external: [35.0; 2],
            ..GOOD
        },
        WithinRange,
        &[
            (HipExternalLimited, Some(Left)),
            (HipExternalLimited, Some(Right)),
        ],
    ),
    (
        "left hip out limited",
        Rotations {
            hip_external: [22.0, 44.0],
            ..GOOD
        },
        Limited,
        &[(HipExternalLimited, Some(Left)), (SideGap, None)],
    ),
    (
        "right shoulder out limited",
        Rotations {
            shoulder_external: [85.0, 25.0],
            ..GOOD
        },
        Limited,
        &[(ShoulderExternalLimited, Some(Right))],
    ),
    (
        "left shoulder in limited",
        Rotations {
            shoulder_internal: [18.0, 65.0],
            ..GOOD
        },
        Limited,
        &[(ShoulderInternalLimited, Some(Left))],
    ),
    (
        "hips nearly equal",
        Rotations {
            hip_external: [52.0, 48.0],
            ..GOOD
        },
        WithinRange,
        &[],
    ),
    (
        "thighs that move a little",
        Rotations {
            thigh: [4.0; 2],
            ..GOOD
        },
        WithinRange,
        &[],
    ),
    (
        "right thigh goes along",
        Rotations {
            thigh: [0.0, 22.0],
            hip_external: [52.0; 2],
            ..GOOD
        },
        WithinRange,
        &[(ThighDrift, Some(Right))],
    ),
    (
        "leaning a little",
        Rotations { lean: 2.0, ..GOOD },
        WithinRange,
        &[],
    ),
    (
        "leaning",
        Rotations { lean: 12.0, ..GOOD },
        WithinRange,
        &[(TrunkLean, Some(Left)), (TrunkLean, Some(Right))],
    ),
    (
        "elbows a little low",
        Rotations {
            upper_arms: [82.0; 2],
            ..GOOD
        },
        WithinRange,
        &[],
    ),
    (
        "left elbow low",
        Rotations {
            upper_arms: [55.0, 90.0],
            ..GOOD
        },
        WithinRange,
        &[(LowElbows, Some(Left))],
    ),
];

#[test]
fn each_question_is_answered_on_both_sides_of_its_cut_off() {
    let mut wrong = Vec::new();
    for (name, rotations, bucket, expected) in ROWS {
        let found = result(rotations);
        let mut flags: Vec<_> = found.flags.iter().map(|flag| (flag.code, flag.side)).collect();
        flags.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        if found.bucket != *bucket || flags != expected {
            let measures: Vec<_> = found
                .measures
                .iter()
                .map(|measure| (&measure.name, measure.side, measure.value))
                .collect();
            wrong.push(format!("{name}: {:?} {flags:?} {measures:?}", found.bucket));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn severity_follows_the_hip_or_shoulder_that_turns_least() {
    for (hip_internal, severity) in [
        (44.0, Severity::None),
        (30.0, Severity::Mild),
        (18.0, Severity::Marked),
    ] {
        let found = result(&Rotations {
            hip_internal: [44.0, hip_internal],
            ..GOOD
        });
        assert_eq!(found.severity, Some(severity), "{hip_internal}");
    }
}

#[test]
fn hips_are_read_as_they_turn() {
    let found = result(&GOOD);
    for (name, wanted) in [("hipInternal", 44.0), ("hipExternal", 48.0)] {
        for side in Side::BOTH {
            let measure = found
                .measures
                .iter()
                .find(|measure| measure.name == name && measure.side == Some(side))
                .expect("measured");
            assert!(
                (measure.value - wanted).abs() < 3.0 && measure.repetitions.len() == 2,
                "{measure:?}"
            );
        }
    }
}

#[test]
fn what_was_not_shown_is_not_measured_and_makes_less_sure() {
    let sure = result(&GOOD);
    assert!(sure.sides.iter().all(|side| side.bucket == Some(WithinRange)));
    for (rotations, missing, unrated) in [
        (
            Rotations {
                swings: [2, 0],
                ..GOOD
            },
            &["right hip, foot out", "right hip, foot in"][..],
            &[Right][..],
        ),
        (
            Rotations { turns: 0, ..GOOD },
            &["left shoulder, forearm up", "right shoulder, forearm down"],
            &[Left, Right],
        ),
        (
            Rotations {
                hip_external: [48.0, 0.0],
                ..GOOD
            },
            &["right hip, foot in"],
            &[Right],
        ),
    ] {
        let found = result(&rotations);
        for what in missing {
            assert!(
                found.not_measured.contains(&format!("{what}: not shown.")),
                "{what}: {:?}",
                found.not_measured
            );
        }
        for side in &found.sides {
            assert_eq!(
                side.bucket.is_none(),
                unrated.contains(&side.side),
                "{rotations:?}"
            );
        }
        assert!(found.confidence < sure.confidence - 0.1, "{rotations:?}");
    }
}

#[test]
fn fewer_swings_and_a_turned_body_are_less_sure() {
    let sure = result(&GOOD).confidence;
    for rotations in [
        Rotations {
            swings: [1, 2],
            ..GOOD
        },
        Rotations { askew: 28.0, ..GOOD },
    ] {
        let found = result(&rotations).confidence;
        assert!(found < sure, "{rotations:?}: {found} {sure}");
    }
}

#[test]
fn forearms_alone_are_half_the_test() {
    let clip = Rotations {
        swings: [0; 2],
        ..GOOD
    }
    .film(&Film::GOOD);
    let first = &score(&clip).quality.checks[0];
    assert!(!first.passed && first.code == CheckCode::Incomplete, "{first:?}");
}

#[test]
fn other_movements_are_no_rotations_of_someone_who_sits() {
    let film = &Film::GOOD;
    let still = Rotations {
        hip_internal: [3.0; 2],
        hip_external: [3.0; 2],
        turns: 0,
        ..GOOD
    };
    for (name, clip) in [
        ("squats", Squats::GOOD.film(film)),
        ("wall slides", Slides::GOOD.film(film)),
        ("lateral lunges", Lunges::GOOD.film(film)),
        ("sitting still", still.film(film)),
    ] {
        let assessment = score(&clip);
        let first = &assessment.quality.checks[0];
        assert!(
            !first.passed && first.code == CheckCode::WrongMovement,
            "{name}: {first:?}"
        );
    }
}
