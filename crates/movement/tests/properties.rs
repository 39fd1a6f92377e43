//! Laws that hold for every clip: no panic, the same answer twice, mirror symmetry, and independence of scale, place, time.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{
    Film,
    balance::{self, Hold},
    bird_dog::{self, Lift},
    clamshell::Clamshells,
    drive::Drives,
    lunge::Lunges,
    neck::{Nods, Tucks},
    plank::Plank,
    raise::Raises,
    reach,
    slide::Slides,
    squat::Squats,
};
use flow_catalog::TestId;
use flow_landmarks::{Clip, Landmark, Landmarks, Observation, Point, Pose, Side, WorldPoint};
use flow_movement::{Assessment, assess, assessment::Measure, draw::draw, supported};
use proptest::prelude::*;

fn score(test: TestId, clip: &Clip) -> Assessment {
    assess(test, clip).unwrap_or_else(|error| panic!("{error}"))
}

/// Any number a broken producer might write.
fn any_number() -> impl Strategy<Value = f32> {
    prop_oneof![
        6 => -0.5..1.5_f32,
        1 => Just(f32::NAN),
        1 => Just(f32::INFINITY),
        1 => Just(-1e30_f32),
        1 => Just(0.0_f32),
    ]
}

fn any_pose() -> impl Strategy<Value = Option<Pose>> {
    let values = proptest::collection::vec(any_number(), Landmark::COUNT * 6);
    proptest::option::weighted(0.8, values).prop_map(|values| {
        values.map(|v| Pose {
            image: Landmarks(std::array::from_fn(|i| Point {
                x: v[6 * i],
                y: v[6 * i + 1],
                z: 0.0,
                visibility: v[6 * i + 2],
                presence: 1.0,
            })),
            world: Landmarks(std::array::from_fn(|i| WorldPoint {
                x: v[6 * i + 3],
                y: v[6 * i + 4],
                z: v[6 * i + 5],
            })),
        })
    })
}

fn any_clip() -> impl Strategy<Value = Clip> {
    let time =
        prop_oneof![8 => 0.0..50.0_f64, 1 => Just(f64::NAN), 1 => Just(1e300_f64), 1 => Just(-5.0_f64)];
    let observation = (
        time,
        any_pose(),
        proptest::option::of(0..5_u8),
        any_number(),
        any_number(),
    );
    let observations = proptest::collection::vec(observation, 0..60);
    (
        observations,
        0..2000_u32,
        0..2000_u32,
        any_number(),
        any::<bool>(),
    )
        .prop_map(|(observations, width, height, duration, in_order)| {
            let observations = observations
                .into_iter()
                .enumerate()
                .map(|(frame, (t, pose, people, brightness, change))| Observation {
                    frame: frame as u32,
                    t: if in_order { frame as f64 / 7.0 } else { t },
                    pose,
                    people,
                    brightness: brightness * 200.0,
                    change,
                })
                .collect();
            Clip {
                width,
                height,
                duration: f64::from(duration) * 30.0,
                observations,
            }
        })
}

/// How many samples there are.
const SAMPLES: usize = 13;

/// A clip of each test that is far from its cut-offs, by number.
fn sample(which: usize) -> (TestId, Clip) {
    let film = &Film::GOOD;
    match which % SAMPLES {
        0 => (
            TestId::OverheadSquat,
            Squats {
                knees_in: [16.0, -6.0],
                heels: [0.05; 2],
                ..Squats::GOOD
            }
            .film(film),
        ),
        1 => (TestId::OverheadSquat, Squats::GOOD.film(film)),
        2 => {
            let holds = [
                Hold::quiet(Side::Left, 7.0),
                Hold {
                    sway: 0.02,
                    ..Hold::quiet(Side::Right, 13.0)
                },
            ];
            (TestId::SingleLegBalance, balance::film(film, &holds, 0.0, 1.0))
        }
        3 => {
            let raises = Raises {
                flexion: [140.0, 177.0],
                ..Raises::GOOD
            };
            (TestId::ShoulderFlexion, raises.film(film))
        }
        4 => {
            let lunges = Lunges {
                knee: [104.0, 80.0],
                knee_in: [15.0, -2.0],
                ..Lunges::GOOD
            };
            (TestId::LateralLunge, lunges.film(film))
        }
        5 => {
            let drives = Drives {
                lean: [23.0, 46.0],
                heel: [0.0, 0.05],
                ..Drives::GOOD
            };
            (TestId::AnkleMobility, drives.film(film))
        }
        6 => {
            let stages = [(0.0, 11.0), (-20.0, 5.0)];
            (TestId::Plank, Plank::held(&stages).film(film))
        }
        7 => {
            let lifts = [
                Lift {
                    leg_below: -27.0,
                    ..Lift::good(Side::Left)
                },
                Lift::good(Side::Right),
            ];
            (TestId::BirdDog, bird_dog::film(film, &lifts, 90.0))
        }
        8 => {
            let shells = Clamshells {
                times: [3; 2],
                opening: [18.0, 57.0],
                ..Clamshells::GOOD
            };
            (TestId::Clamshell, shells.film(film))
        }
        9 => {
            let slides = Slides {
                top: [120.0, 156.0],
                tilt: [0.0, 34.0],
                ..Slides::GOOD
            };
            (TestId::WallSlide, slides.film(film))
        }
        10 => {
            let nods = Nods {
                flexion: 24.0,
                ..Nods::GOOD
            };
            (TestId::NeckFlexionExtension, nods.film(film))
        }
        11 => (TestId::ChinTuck, Tucks::GOOD.film(film)),
        _ => (
            TestId::YBalance,
            reach::film(film, [0.7, 0.8, 0.95], [0.7, 1.05, 0.95], 0.0),
        ),
    }
}

fn mirrored(clip: &Clip) -> Clip {
    let mut clip = clip.clone();
    for observation in &mut clip.observations {
        observation.pose = observation.pose.map(|pose| pose.mirrored());
    }
    clip
}

/// Landmarks moved and resized in the picture.
fn placed(clip: &Clip, scale: f32, (x, y): (f32, f32)) -> Clip {
    let mut clip = clip.clone();
    for pose in clip
        .observations
        .iter_mut()
        .filter_map(|observation| observation.pose.as_mut())
    {
        for point in &mut pose.image.0 {
            point.x = 0.5 + (point.x - 0.5) * scale + x;
            point.y = 0.5 + (point.y - 0.5) * scale + y;
        }
    }
    clip
}

fn outcome(assessment: &Assessment) -> impl PartialEq + std::fmt::Debug {
    let result = assessment.result.as_ref();
    let flags: Option<Vec<_>> =
        result.map(|result| result.flags.iter().map(|flag| (flag.code, flag.side)).collect());
    (assessment.status, result.map(|result| result.bucket), flags)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_clip_panics_and_what_comes_out_can_be_stored_and_read_again(clip in any_clip()) {
        for &test in supported() {
            let assessment = score(test, &clip);
            let json = serde_json::to_string(&assessment).expect("writes");
            let read: Assessment = serde_json::from_str(&json).expect("reads");
            prop_assert_eq!(&read, &assessment);
            for key_frame in assessment.result.iter().flat_map(|result| &result.key_frames) {
                prop_assert!(!draw(key_frame).contains("NaN"));
            }
        }
    }

    #[test]
    fn holes_in_a_good_clip_never_turn_it_into_something_else(
        which in 0..SAMPLES,
        holes in proptest::collection::vec(0.0..1.0_f64, 0..25),
        kind in 0..4_u8,
    ) {
        let (test, mut clip) = sample(which);
        let whole = score(test, &clip);
        let count = clip.observations.len();
        for hole in holes {
            let observation = &mut clip.observations[(hole * (count - 1) as f64) as usize];
            match (&mut observation.pose, kind) {
                (Some(pose), 0) => pose.image.0.iter_mut().for_each(|point| point.x = f32::NAN),
                (Some(pose), 1) => pose.world.0.iter_mut().for_each(|point| point.z = f32::INFINITY),
                (pose, 2) => *pose = None,
                _ => observation.t = f64::NAN,
            }
        }
        let assessment = score(test, &clip);
        if let (Some(found), Some(expected)) = (&assessment.result, &whole.result) {
            // A hold or a repetition may be lost with its frames; then confidence or the list of what was not measured tells.
            let lost = found.repetitions.len() != expected.repetitions.len();
            prop_assert!(found.bucket == expected.bucket || lost || found.confidence < 0.8);
        }
    }

    #[test]
    fn resizing_and_moving_the_picture_changes_nothing(which in 0..SAMPLES, scale in 0.75..1.08_f32, x in -0.06..0.06_f32, y in -0.02..0.02_f32) {
        let (test, clip) = sample(which);
        let moved = score(test, &placed(&clip, scale, (x, y)));
        prop_assert_eq!(format!("{:?}", outcome(&moved)), format!("{:?}", outcome(&score(test, &clip))));
    }

    #[test]
    fn a_slower_or_quicker_squat_is_the_same_squat(tempo in 1.6..4.0_f64, rate_hz in 8.0..60.0_f64) {
        let squats = Squats { knees_in: [16.0, -6.0], front: 2, side: 2, ..Squats::GOOD };
        let expected = score(TestId::OverheadSquat, &squats.film(&Film::GOOD));
        let clip = Squats { tempo, ..squats }.film(&Film { rate_hz, ..Film::GOOD });
        let found = score(TestId::OverheadSquat, &clip);
        prop_assert_eq!(format!("{:?}", outcome(&found)), format!("{:?}", outcome(&expected)));
    }
}

#[test]
fn the_same_clip_gives_the_same_bytes() {
    for which in 0..SAMPLES {
        let (test, clip) = sample(which);
        let bytes = || serde_json::to_string(&score(test, &clip)).expect("writes");
        assert_eq!(bytes(), bytes(), "{test}");
    }
}

#[test]
fn a_mirrored_clip_gives_the_mirrored_result() {
    for which in 0..SAMPLES {
        let (test, clip) = sample(which);
        let (plain, mirror) = (score(test, &clip), score(test, &mirrored(&clip)));
        let (plain, mirror) = (plain.result.expect("valid"), mirror.result.expect("valid"));
        assert_eq!(
            (plain.bucket, plain.severity),
            (mirror.bucket, mirror.severity),
            "{test}"
        );
        assert!((plain.confidence - mirror.confidence).abs() < 0.02, "{test}");
        let mut flags: Vec<_> = plain
            .flags
            .iter()
            .map(|flag| (flag.code, flag.side.map(Side::other)))
            .collect();
        let mut swapped: Vec<_> = mirror.flags.iter().map(|flag| (flag.code, flag.side)).collect();
        flags.sort_unstable();
        swapped.sort_unstable();
        assert_eq!(flags, swapped, "{test}");
        for measure in &plain.measures {
            let same =
                |other: &&Measure| other.name == measure.name && other.side == measure.side.map(Side::other);
            let other = mirror
                .measures
                .iter()
                .find(same)
                .unwrap_or_else(|| panic!("{test}: no {measure:?}"));
            assert!(
                (other.value - measure.value).abs() < 0.01,
                "{test}: {measure:?} {other:?}"
            );
        }
    }
}

#[test]
fn empty_and_one_frame_clips_are_refused() {
    for &test in supported() {
        let (_, clip) = sample(1);
        for count in [0, 1, 2] {
            let mut short = clip.clone();
            short.observations.truncate(count);
            short.duration = count as f64 / 10.0;
            assert!(score(test, &short).result.is_none(), "{test} {count}");
        }
    }
}
