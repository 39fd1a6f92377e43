//! Pose accuracy on the stick figure: a body read without fault, joints read in the wrong place, moments without a body.
#![allow(clippy::expect_used, reason = "helpers of tests fail like tests")]

mod figure;

use figure::{Film, clamshell::Clamshells, drive::Drives, squat::Squats};
use flow_catalog::TestId;
use flow_landmarks::{Clip, Landmark, Pose};
use flow_movement::assess;

fn accuracy(test: TestId, clip: &Clip) -> Option<f64> {
    assess(test, clip).quality.pose_accuracy
}

/// Changes the body in every `nth` observation.
fn each(clip: &Clip, nth: usize, change: impl Fn(&mut Pose)) -> Clip {
    let mut clip = clip.clone();
    for observation in clip.observations.iter_mut().step_by(nth) {
        observation.pose.iter_mut().for_each(&change);
    }
    clip
}

fn assert_near(measured: Option<f64>, expected: f64, what: &str) {
    assert!(
        measured.is_some_and(|share| (share - expected).abs() < 0.02),
        "{what}: {measured:?} instead of {expected}"
    );
}

#[test]
fn a_joint_read_in_the_wrong_place_counts_against_the_moments_in_which_it_is() {
    let clip = Squats::GOOD.film(&Film::GOOD);
    let test = TestId::OverheadSquat;
    assert_near(accuracy(test, &clip), 1.0, "exact landmarks");
    // A thigh of 0.42 m: the knee 5 cm off along it stays within a fifth, 15 cm does not.
    let knee_off = |metres: f32| {
        move |pose: &mut Pose| {
            for knee in [Landmark::LeftKnee, Landmark::RightKnee] {
                pose.world[knee].y += metres;
            }
        }
    };
    assert_near(
        accuracy(test, &each(&clip, 4, knee_off(0.02))),
        1.0,
        "a little off",
    );
    assert_near(
        accuracy(test, &each(&clip, 4, knee_off(0.25))),
        0.75,
        "far off in every fourth",
    );
    let long_shanks = |pose: &mut Pose| {
        for (knee, ankle) in [
            (Landmark::LeftKnee, Landmark::LeftAnkle),
            (Landmark::RightKnee, Landmark::RightAnkle),
        ] {
            let knee = pose.world[knee];
            let ankle = &mut pose.world[ankle];
            ankle.x += 0.5 * (ankle.x - knee.x);
            ankle.y += 0.5 * (ankle.y - knee.y);
            ankle.z += 0.5 * (ankle.z - knee.z);
        }
    };
    assert_near(
        accuracy(test, &each(&clip, 4, long_shanks)),
        0.75,
        "long shanks in every fourth",
    );
    assert_near(
        accuracy(test, &each(&clip, 1, long_shanks)),
        1.0,
        "the same throughout is not noticed",
    );
    let elbow_off = |pose: &mut Pose| pose.world[Landmark::LeftElbow].x += 1.0;
    assert_near(
        accuracy(test, &each(&clip, 4, elbow_off)),
        1.0,
        "the squat needs no elbows",
    );
    let broken = |pose: &mut Pose| {
        for hip in [Landmark::LeftHip, Landmark::RightHip] {
            pose.world[hip].x = f32::NAN;
        }
    };
    assert_near(
        accuracy(test, &each(&clip, 2, broken)),
        0.5,
        "no number is no length",
    );
}

#[test]
fn side_on_the_side_that_is_seen_is_enough() {
    let clip = Drives::GOOD.film(&Film::GOOD);
    let test = TestId::AnkleMobility;
    assert_near(accuracy(test, &clip), 1.0, "exact landmarks");
    let left_off = |pose: &mut Pose| pose.world[Landmark::LeftKnee].y += 0.25;
    let one = accuracy(test, &each(&clip, 3, left_off)).expect("a person");
    let both = accuracy(
        test,
        &each(&clip, 3, |pose| {
            left_off(pose);
            pose.world[Landmark::RightKnee].y += 0.25;
        }),
    )
    .expect("a person");
    assert!(one > 0.9 && both < 0.75, "one side {one}, both {both}");
}

#[test]
fn on_a_side_the_one_below_is_hidden_and_does_not_count() {
    let mut clip = Clamshells::GOOD.film(&Film::GOOD);
    let test = TestId::Clamshell;
    assert_near(accuracy(test, &clip), 1.0, "exact landmarks");
    // A thigh reads a third shorter while it lies below.
    for pose in clip
        .observations
        .iter_mut()
        .filter_map(|observation| observation.pose.as_mut())
    {
        let left_up = pose.world[Landmark::LeftHip].y < pose.world[Landmark::RightHip].y;
        let (hip, knee, ankle) = if left_up {
            (Landmark::RightHip, Landmark::RightKnee, Landmark::RightAnkle)
        } else {
            (Landmark::LeftHip, Landmark::LeftKnee, Landmark::LeftAnkle)
        };
        let (from, to) = (pose.world[hip], pose.world[knee]);
        for joint in [knee, ankle] {
            let joint = &mut pose.world[joint];
            joint.x -= (to.x - from.x) / 3.0;
            joint.y -= (to.y - from.y) / 3.0;
            joint.z -= (to.z - from.z) / 3.0;
        }
    }
    let share = accuracy(test, &clip).expect("a person");
    assert!(share > 0.93, "{share}");
}

#[test]
fn moments_without_a_body_or_with_hidden_landmarks_were_not_read() {
    let clip = Squats::GOOD.film(&Film::GOOD);
    let test = TestId::OverheadSquat;
    let mut gone = clip.clone();
    let half = gone.observations.len() / 2;
    for observation in gone.observations.iter_mut().skip(half) {
        observation.pose = None;
    }
    assert_near(accuracy(test, &gone), 0.5, "gone in the second half");
    let hidden = each(&clip, 1, |pose| {
        for ankle in [Landmark::LeftAnkle, Landmark::RightAnkle] {
            pose.image[ankle].visibility = 0.2;
        }
    });
    assert_near(accuracy(test, &hidden), 0.0, "ankles hidden");
    let mut nobody = clip;
    for observation in &mut nobody.observations {
        observation.pose = None;
    }
    assert_eq!(accuracy(test, &nobody), None, "nobody");
}
