//! The quality gates on the stick figure: each rejects what it is for, with an instruction, and none rejects a good clip.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{
    Film, Posture,
    balance::{self, Hold},
    bird_dog::{self, Lift},
    bridge::{self, Bridges},
    clamshell::Clamshells,
    dead_bug::{self, Stretch},
    drive::Drives,
    lunge::Lunges,
    neck::{Nods, Tucks},
    plank::Plank,
    raise::Raises,
    reach,
    rotate::Rotations,
    slide::Slides,
    squat::Squats,
};
use flow_catalog::TestId;
use flow_landmarks::{Clip, Landmark, Side};
use flow_movement::{
    Assessment, Status, assess,
    assessment::{Check, CheckCode},
};

fn good(test: TestId, film: &Film) -> Clip {
    match test {
        TestId::OverheadSquat => Squats::GOOD.film(film),
        TestId::SingleLegBalance => balance::film(
            film,
            &[Hold::quiet(Side::Left, 12.0), Hold::quiet(Side::Right, 12.0)],
            0.0,
            1.0,
        ),
        TestId::AnkleMobility => Drives::GOOD.film(film),
        TestId::LateralLunge => Lunges::GOOD.film(film),
        TestId::ShoulderFlexion => Raises::GOOD.film(film),
        TestId::NeckFlexionExtension => Nods::GOOD.film(film),
        TestId::ChinTuck => Tucks::GOOD.film(film),
        TestId::Plank => Plank::held(&[(0.0, 12.0)]).film(film),
        TestId::Clamshell => Clamshells::GOOD.film(film),
        TestId::GluteBridge => {
            let holds = [Side::Left, Side::Right].map(|side| bridge::Hold::straight(side, 7.0));
            Bridges::new(&holds).film(film)
        }
        TestId::WallSlide => Slides::GOOD.film(film),
        TestId::HipShoulder9090 => Rotations::GOOD.film(film),
        TestId::BirdDog => {
            let lifts = [Lift::good(Side::Right), Lift::good(Side::Left)];
            bird_dog::film(film, &lifts, 90.0)
        }
        TestId::DeadBug => {
            let stretches = [Stretch::good(Side::Right), Stretch::good(Side::Left)];
            dead_bug::film(film, &stretches, 90.0)
        }
        TestId::YBalance => reach::film(film, [0.7, 1.0, 0.95], [0.7, 1.0, 0.95], 0.0),
    }
}

fn first_failure(assessment: &Assessment) -> Option<&Check> {
    assessment.quality.checks.first().filter(|check| !check.passed)
}

/// Every supported test refuses the clip that `spoil` makes of its good one, for the expected reason first.
fn all_refuse(expected: CheckCode, film: &Film, spoil: impl Fn(&mut Clip)) {
    for test in TestId::ALL {
        let mut clip = good(test, film);
        spoil(&mut clip);
        let assessment = assess(test, &clip);
        let check = first_failure(&assessment).unwrap_or_else(|| panic!("{test}: nothing failed"));
        assert_eq!(check.code, expected, "{test}: {:?}", assessment.quality.checks);
        let instruction = check.instruction.as_deref().expect("an instruction");
        assert!(
            instruction.len() > 30 && instruction == assessment.feedback,
            "{test}: {instruction}"
        );
        assert!(
            assessment.status == Status::Invalid && assessment.result.is_none(),
            "{test}"
        );
    }
}

#[test]
fn good_clips_pass_every_gate_in_any_ordinary_set_up() {
    let dim = Film {
        brightness: 45.0,
        ..Film::GOOD
    };
    let laptop = Film {
        width: 640,
        height: 480,
        distance: 3.8,
        focal: 1.0,
        lens_height: 1.1,
        ..Film::GOOD
    };
    let quick = Film {
        rate_hz: 30.0,
        ..Film::GOOD
    };
    for film in [Film::GOOD, dim, laptop, quick] {
        for test in TestId::ALL {
            let assessment = assess(test, &good(test, &film));
            assert_eq!(
                assessment.status,
                Status::Valid,
                "{test} {film:?}: {:?}",
                assessment.quality.checks
            );
            assert!(assessment.quality.quality_score > 0.9 && assessment.quality.tracked_share > 0.95);
        }
    }
}

#[test]
fn light_is_checked_before_anything_else() {
    all_refuse(
        CheckCode::BadLighting,
        &Film {
            brightness: 12.0,
            ..Film::GOOD
        },
        |clip| {
            for observation in &mut clip.observations {
                observation.pose = None;
            }
        },
    );
    all_refuse(
        CheckCode::BadLighting,
        &Film {
            brightness: 252.0,
            ..Film::GOOD
        },
        |_| (),
    );
}

#[test]
fn nobody_in_the_picture_is_no_person() {
    all_refuse(CheckCode::InvalidNoPerson, &Film::GOOD, |clip| {
        for observation in clip.observations.iter_mut().skip(5) {
            observation.pose = None;
        }
    });
}

#[test]
fn someone_else_is_refused_and_one_false_count_is_not() {
    all_refuse(
        CheckCode::MultiplePeople,
        &Film {
            people: 2,
            ..Film::GOOD
        },
        |_| (),
    );
    for test in TestId::ALL {
        let mut clip = good(test, &Film::GOOD);
        clip.observations[20].people = Some(2);
        assert_eq!(assess(test, &clip).status, Status::Valid, "{test}");
    }
}

#[test]
fn a_photo_and_a_frozen_video_do_not_move() {
    for moment in [0, 45] {
        all_refuse(
            CheckCode::NoMotion,
            &Film {
                change: 0.0,
                ..Film::GOOD
            },
            |clip| {
                let photo = clip.observations[moment].pose;
                for observation in &mut clip.observations {
                    observation.pose = photo;
                }
            },
        );
    }
}

#[test]
fn standing_still_is_no_motion_in_a_moving_test_and_the_wrong_movement_in_a_hold() {
    let clip = Film::GOOD.shoot(12.0, |t| Posture {
        lean: 1.0 + 0.5 * t.sin(),
        ..Posture::standing(0.3)
    });
    for (test, expected) in [
        (TestId::OverheadSquat, CheckCode::NoMotion),
        (TestId::YBalance, CheckCode::NoMotion),
        (TestId::SingleLegBalance, CheckCode::WrongMovement),
        (TestId::AnkleMobility, CheckCode::WrongAngle),
        (TestId::Plank, CheckCode::WrongAngle),
    ] {
        let assessment = assess(test, &clip);
        assert_eq!(
            first_failure(&assessment).expect("refused").code,
            expected,
            "{test}"
        );
    }
}

#[test]
fn feet_below_the_picture_and_hands_above_it_are_out_of_frame_and_hidden_ones_are_occluded() {
    all_refuse(
        CheckCode::OutOfFrame,
        &Film {
            // So near that the head is out of the picture too.
            distance: 0.9,
            lens_height: 1.0,
            ..Film::GOOD
        },
        |_| (),
    );
    all_refuse(CheckCode::Occlusion, &Film::GOOD, |clip| {
        for pose in clip
            .observations
            .iter_mut()
            .filter_map(|observation| observation.pose.as_mut())
        {
            for landmark in Landmark::ALL.into_iter().skip(Landmark::LeftElbow as usize) {
                pose.image[landmark].visibility = 0.2;
            }
        }
    });
}

#[test]
fn leaving_the_picture_for_a_while_is_out_of_frame() {
    all_refuse(CheckCode::OutOfFrame, &Film::GOOD, |clip| {
        let third = clip.observations.len() / 3;
        for observation in clip.observations.iter_mut().skip(third).take(third) {
            observation.pose = None;
        }
    });
}

#[test]
fn landmarks_that_are_hardly_sure_are_low_confidence() {
    // Just enough to count as seen in most frames, unsure in the rest.
    all_refuse(CheckCode::LowConfidence, &Film::GOOD, |clip| {
        for (index, observation) in clip.observations.iter_mut().enumerate() {
            let seen = if index % 20 < 17 { 0.505 } else { 0.3 };
            if let Some(pose) = &mut observation.pose {
                pose.image.0.iter_mut().for_each(|point| point.visibility = seen);
            }
        }
    });
}

#[test]
fn side_on_is_the_wrong_angle_for_tests_that_face_the_camera() {
    let turned = [(Side::Left, 12.0), (Side::Right, 12.0)].map(|(side, seconds)| Hold::quiet(side, seconds));
    for (test, clip) in [
        (
            TestId::SingleLegBalance,
            balance::film(&Film::GOOD, &turned, 70.0, 1.0),
        ),
        (
            TestId::YBalance,
            reach::film(&Film::GOOD, [0.7, 1.0, 0.95], [0.7, 1.0, 0.95], 70.0),
        ),
        (
            TestId::OverheadSquat,
            Squats {
                heading: 80.0,
                side: 0,
                ..Squats::GOOD
            }
            .film(&Film::GOOD),
        ),
    ] {
        let assessment = assess(test, &clip);
        assert_eq!(
            first_failure(&assessment).expect("refused").code,
            CheckCode::WrongAngle,
            "{test}"
        );
    }
}

#[test]
fn too_short_and_too_long_clips_say_so() {
    all_refuse(CheckCode::TooShort, &Film::GOOD, |clip| {
        clip.observations.truncate(25);
        clip.duration = 2.5;
    });
    all_refuse(CheckCode::TooLong, &Film::GOOD, |clip| clip.duration = 60.0);
}

#[test]
fn a_clip_of_another_test_is_the_wrong_movement() {
    for claimed in TestId::ALL {
        for shown in TestId::ALL.into_iter().filter(|&shown| shown != claimed) {
            let assessment = assess(claimed, &good(shown, &Film::GOOD));
            // A hold moves too little for a moving test, and the view may be another one, which is just as true.
            let code = first_failure(&assessment).map(|check| check.code);
            assert!(
                matches!(
                    code,
                    Some(CheckCode::WrongMovement | CheckCode::NoMotion | CheckCode::WrongAngle)
                ),
                "{shown} handed in as {claimed}: {code:?} {:?}",
                assessment.result
            );
        }
    }
}
