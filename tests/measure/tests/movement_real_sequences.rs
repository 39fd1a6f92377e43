//! What real landmark sequences (MediaPipe on real footage) score under each supported test.
//!
//! Needs the directory with `reference/landmarks/*.json.gz` in `FLOW_SHARED`; says so and passes when it is unset.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use std::{fs::File, path::PathBuf};

use flate2::read::GzDecoder;
use flow_catalog::TestId;
use flow_landmarks::{Clip, Landmark, Landmarks, Observation, Point, Pose, Side, WorldPoint};
use flow_movement::{
    Assessment, assess,
    assessment::{Bucket, CheckCode, Flag, FlagCode},
    supported,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Sequence {
    frames: Vec<Frame>,
}

#[expect(clippy::struct_field_names, reason = "the names are the file's")]
#[derive(Deserialize)]
struct Frame {
    frame: u32,
    t: f64,
    w: u32,
    h: u32,
    landmarks: Option<Vec<[f32; 4]>>,
    world: Option<Vec<[f32; 3]>>,
}

/// The directory with the sequences; `None`, with a note, when this machine has none.
fn sequences() -> Option<PathBuf> {
    let Some(shared) = std::env::var_os("FLOW_SHARED") else {
        println!("skipped: FLOW_SHARED is not set");
        return None;
    };
    Some(PathBuf::from(shared).join("reference/landmarks"))
}

/// Brightness, change and people are not in the sequences: ordinary ones are put in, but for names that say otherwise.
fn load(name: &str) -> Option<Clip> {
    let file = File::open(sequences()?.join(format!("{name}.mp4.json.gz"))).expect(name);
    let Sequence { frames } = serde_json::from_reader(GzDecoder::new(file)).expect(name);
    let people = if name.contains("crowd") || name.contains("two_people") {
        2
    } else {
        1
    };
    let change = if name.contains("still") { 0.0 } else { 1.0 };
    let (width, height) = frames.first().map_or((1, 1), |frame| (frame.w, frame.h));
    let duration = frames.last().map_or(0.0, |frame| frame.t + 0.1);
    let observations = frames
        .into_iter()
        .enumerate()
        .map(|(index, frame)| Observation {
            frame: frame.frame,
            t: frame.t,
            pose: frame
                .landmarks
                .zip(frame.world)
                .map(|(image, world)| pose(&image, &world)),
            people: (index % 10 == 0).then_some(people),
            brightness: 120.0,
            change,
        })
        .collect();
    Some(Clip {
        width,
        height,
        duration,
        observations,
    })
}

fn pose(image: &[[f32; 4]], world: &[[f32; 3]]) -> Pose {
    let at = |landmark: Landmark| landmark as usize;
    Pose {
        image: Landmarks(Landmark::ALL.map(|landmark| {
            let [x, y, z, visibility] = image[at(landmark)];
            Point {
                x,
                y,
                z,
                visibility,
                presence: visibility,
            }
        })),
        world: Landmarks(Landmark::ALL.map(|landmark| {
            let [x, y, z] = world[at(landmark)];
            WorldPoint { x, y, z }
        })),
    }
}

fn summary(assessment: &Assessment) -> String {
    if let Some(result) = &assessment.result {
        let flags: Vec<&str> = result.flags.iter().map(|flag| flag.code.code()).collect();
        format!(
            "{} {:.2} {}",
            result.bucket.name(),
            result.confidence,
            flags.join("+")
        )
    } else {
        let failed: Vec<String> = assessment
            .quality
            .checks
            .iter()
            .filter(|check| !check.passed)
            .map(|check| match check.value {
                Some(value) => format!("{}({value:.2})", check.code.code()),
                None => check.code.code().to_owned(),
            })
            .collect();
        failed.join(" ")
    }
}

#[test]
fn each_real_sequence_is_scored_or_refused_under_each_test() {
    let Some(directory) = sequences() else { return };
    let mut names: Vec<String> = std::fs::read_dir(directory)
        .expect("the sequences")
        .filter_map(|entry| {
            entry
                .ok()?
                .file_name()
                .into_string()
                .ok()?
                .strip_suffix(".mp4.json.gz")
                .map(str::to_owned)
        })
        .collect();
    names.sort();
    assert!(names.len() > 20, "only {} sequences", names.len());
    let heads: Vec<String> = supported()
        .iter()
        .map(|test| format!("{:44}", test.slug()))
        .collect();
    println!("{:34}| {}", "sequence", heads.join("| "));
    let mut wrong = Vec::new();
    for name in names {
        let clip = load(&name).expect("found above");
        let assessments: Vec<Assessment> = supported()
            .iter()
            .map(|&test| assess(test, &clip).expect("supported"))
            .collect();
        let cells: Vec<String> = assessments
            .iter()
            .map(|found| format!("{:44}", summary(found)))
            .collect();
        println!("{name:34}| {}", cells.join("| "));
        for assessment in assessments {
            // The only sequences that show one of the tests.
            let belongs = matches!(
                (name.as_str(), assessment.test),
                ("t04_squat_front_hpy", TestId::OverheadSquat)
                    | ("t07_tree_hold_front_yogapose", TestId::SingleLegBalance)
                    | (
                        "t08_lateral_lunge_front_malik" | "der_fps6_lunge_front",
                        TestId::LateralLunge
                    )
                    | ("t02_plank_3q_hpy", TestId::Plank)
                    | ("t14_bird_dog_3q_hpy", TestId::BirdDog)
                    | ("t15_clamshell_3q_hpy", TestId::Clamshell)
            );
            if assessment.result.is_some() && !belongs {
                wrong.push(format!("{name} as {}", assessment.test));
            }
        }
    }
    assert!(wrong.is_empty(), "accepted although another movement: {wrong:?}");
}

#[test]
fn a_real_squat_without_raised_arms_is_a_squat_with_arms_down() {
    let Some(clip) = load("t04_squat_front_hpy") else {
        return;
    };
    let assessment = assess(TestId::OverheadSquat, &clip).expect("supported");
    let result = assessment
        .result
        .as_ref()
        .unwrap_or_else(|| panic!("{}", summary(&assessment)));
    assert_eq!(result.repetitions.len(), 3);
    assert!(
        result
            .flags
            .iter()
            .any(|flag| flag.code == FlagCode::ArmsFallForward),
        "{:?}",
        result.flags
    );
    assert_ne!(result.bucket, Bucket::Good);
    assert!(
        result.confidence < 0.75 && !result.not_measured.is_empty(),
        "{result:?}"
    );
}

#[test]
fn real_lateral_lunges_to_one_side_are_deep_and_lean_forward() {
    for (name, count) in [("t08_lateral_lunge_front_malik", 1), ("der_fps6_lunge_front", 5)] {
        let Some(clip) = load(name) else { return };
        let assessment = assess(TestId::LateralLunge, &clip).expect("supported");
        let result = assessment
            .result
            .as_ref()
            .unwrap_or_else(|| panic!("{name}: {}", summary(&assessment)));
        assert!(
            result.repetitions.len() == count
                && result
                    .repetitions
                    .iter()
                    .all(|lunge| lunge.side == Some(Side::Right)),
            "{name}: {:?}",
            result.repetitions
        );
        let flags: Vec<FlagCode> = result.flags.iter().map(|flag| flag.code).collect();
        assert_eq!(flags, [FlagCode::TrunkLean], "{name}: {:?}", result.measures);
        assert!(
            result.confidence < 0.6 && result.not_measured.iter().any(|what| what.contains("left")),
            "{name}: {result:?}"
        );
    }
}

#[test]
fn a_real_plank_on_straight_arms_counts_from_the_knees_and_its_hips_are_high() {
    let Some(clip) = load("t02_plank_3q_hpy") else {
        return;
    };
    let assessment = assess(TestId::Plank, &clip).expect("supported");
    let result = assessment
        .result
        .as_ref()
        .unwrap_or_else(|| panic!("{}", summary(&assessment)));
    let measure = |name: &str| {
        let found = result.measures.iter().find(|measure| measure.name == name);
        found.expect(name).value
    };
    println!("{:?}", result.measures);
    // The knees leave the floor after half a second and are back after six; seen 30 degrees off side-on.
    assert!((measure("plankTime") - 5.3).abs() < 0.6 && measure("cleanTime") < 0.5);
    assert!((10.0..25.0).contains(&measure("hipOffset")));
    let flags: Vec<FlagCode> = result.flags.iter().map(|flag| flag.code).collect();
    assert_eq!(flags, [FlagCode::ShortHold, FlagCode::HipPike]);
    assert!(
        result.bucket == Bucket::Limited && result.confidence < 0.85,
        "{result:?}"
    );
}

#[test]
fn a_real_bird_dog_swings_both_legs_up_and_holds_neither() {
    let Some(clip) = load("t14_bird_dog_3q_hpy") else {
        return;
    };
    let assessment = assess(TestId::BirdDog, &clip).expect("supported");
    let result = assessment
        .result
        .as_ref()
        .unwrap_or_else(|| panic!("{}", summary(&assessment)));
    println!("{:?}", result.measures);
    // Left, right, left, right, about a second each, seen 40 degrees off side-on.
    let legs: Vec<Option<Side>> = result.repetitions.iter().map(|lift| lift.side).collect();
    let (left, right) = (Some(Side::Left), Some(Side::Right));
    assert_eq!(legs, [left, right, left, right]);
    for side in Side::BOTH {
        for code in [FlagCode::LegHigh, FlagCode::ShortHold] {
            let flagged = |flag: &Flag| flag.code == code && flag.side == Some(side);
            assert!(
                result.flags.iter().any(flagged),
                "{code:?} {side:?}: {:?}",
                result.flags
            );
        }
    }
    assert_eq!(result.bucket, Bucket::NeedsWork);
}

#[test]
fn real_negatives_are_refused_for_the_reason_a_person_would_give() {
    for (name, test, expected) in [
        (
            "neg_nobody_wall_sports2d",
            TestId::OverheadSquat,
            &[CheckCode::InvalidNoPerson][..],
        ),
        ("neg_crowd_mmpose", TestId::YBalance, &[CheckCode::MultiplePeople]),
        (
            "neg_two_people_pose2sim",
            TestId::OverheadSquat,
            &[CheckCode::MultiplePeople],
        ),
        (
            "neg_walk_leaves_frame_sports2d",
            TestId::OverheadSquat,
            &[CheckCode::OutOfFrame, CheckCode::WrongMovement],
        ),
        (
            "der_still_photo_plank",
            TestId::SingleLegBalance,
            &[CheckCode::NoMotion],
        ),
        ("der_still_photo_plank", TestId::Plank, &[CheckCode::NoMotion]),
        // Held to the end of the recording, after 15 s.
        ("t02_plank_hold_side_malik", TestId::Plank, &[CheckCode::TooShort]),
        (
            "t11_tabletop_legs_malik",
            TestId::Plank,
            &[CheckCode::WrongMovement],
        ),
        (
            "t12_glute_bridge_side_malik",
            TestId::Plank,
            &[CheckCode::WrongMovement],
        ),
        ("t14_bird_dog_3q_hpy", TestId::Plank, &[CheckCode::WrongMovement]),
        (
            "t07_balance_cam1_pose2sim",
            TestId::SingleLegBalance,
            &[CheckCode::TooShort],
        ),
        (
            "t07_balance_cam2_pose2sim",
            TestId::SingleLegBalance,
            &[CheckCode::TooShort],
        ),
        (
            "t08_lateral_lunge_front_malik",
            TestId::OverheadSquat,
            &[CheckCode::WrongMovement],
        ),
        (
            "t09_lateral_raise_front_sports2d",
            TestId::OverheadSquat,
            &[CheckCode::WrongMovement],
        ),
        (
            "t09_arm_raise_front_malik",
            TestId::SingleLegBalance,
            &[CheckCode::WrongMovement],
        ),
        (
            "t03_reach_lateral_front_hpy",
            TestId::YBalance,
            &[CheckCode::WrongMovement],
        ),
    ] {
        let Some(clip) = load(name) else { return };
        let assessment = assess(test, &clip).expect("supported");
        let first = assessment.quality.checks.first().expect("checks");
        assert!(
            !first.passed && expected.contains(&first.code),
            "{name} as {test}: {}",
            summary(&assessment)
        );
        assert_eq!(
            first.instruction.as_deref(),
            Some(assessment.feedback.as_str()),
            "{name}"
        );
    }
}
