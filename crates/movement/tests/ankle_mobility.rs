//! Test 6 on the stick figure: range of either ankle, heels that come up, one leg only, other movements.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{Film, Posture, balance, drive::Drives, raise::Raises, reach, squat::Squats};
use flow_catalog::TestId;
use flow_landmarks::{
    Clip,
    Side::{self, Left, Right},
};
use flow_movement::{
    Assessment, assess,
    assessment::{
        Bucket, CheckCode,
        FlagCode::{self, HeelLift, LimitedRange, SideGap},
        Measure,
    },
};

const GOOD: Drives = Drives::GOOD;

fn score(clip: &Clip) -> Assessment {
    assess(TestId::AnkleMobility, clip)
}

fn flags(assessment: &Assessment) -> Vec<(FlagCode, Option<Side>)> {
    let flags = assessment.result.iter().flat_map(|result| &result.flags);
    let mut flags: Vec<_> = flags.map(|flag| (flag.code, flag.side)).collect();
    flags.sort_unstable();
    flags
}

const fn leaning(lean: [f64; 2]) -> Drives {
    Drives { lean, ..GOOD }
}

const fn lifting(heel: [f64; 2]) -> Drives {
    Drives { heel, ..GOOD }
}

#[test]
fn range_and_heels_are_judged_on_either_side_of_their_cut_offs() {
    const LEFT: (FlagCode, Option<Side>) = (LimitedRange, Some(Left));
    const RIGHT: (FlagCode, Option<Side>) = (LimitedRange, Some(Right));
    const GAP: (FlagCode, Option<Side>) = (SideGap, None);
    let mut wrong = Vec::new();
    for (name, drives, bucket, expected) in [
        ("far", GOOD, Bucket::Pass, &[][..]),
        ("just enough", leaning([40.0, 39.5]), Bucket::Pass, &[]),
        (
            "the left a little short",
            leaning([36.0, 40.0]),
            Bucket::Limited,
            &[LEFT],
        ),
        (
            "both short",
            leaning([34.0, 36.0]),
            Bucket::Limited,
            &[LEFT, RIGHT],
        ),
        (
            "not yet far short",
            leaning([32.0; 2]),
            Bucket::Limited,
            &[LEFT, RIGHT],
        ),
        (
            "the right far short",
            leaning([36.0, 27.0]),
            Bucket::Significant,
            &[LEFT, RIGHT, GAP],
        ),
        (
            "very stiff",
            leaning([14.0; 2]),
            Bucket::Significant,
            &[LEFT, RIGHT],
        ),
        ("a small gap", leaning([45.0, 40.0]), Bucket::Pass, &[]),
        ("a clear gap", leaning([50.0, 40.0]), Bucket::Pass, &[GAP]),
        ("heels a little up", lifting([0.018; 2]), Bucket::Pass, &[]),
        (
            "the left heel up",
            lifting([0.036, 0.0]),
            Bucket::Pass,
            &[(HeelLift, Some(Left))],
        ),
        (
            "short, and the rest by the heel",
            Drives {
                heel: [0.0, 0.06],
                ..leaning([42.0, 24.0])
            },
            Bucket::Significant,
            &[(HeelLift, Some(Right)), RIGHT, GAP],
        ),
    ] {
        let assessment = score(&drives.film(&Film::GOOD));
        let Some(result) = &assessment.result else {
            wrong.push(format!("{name}: refused, {:?}", assessment.quality.checks[0]));
            continue;
        };
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        if result.bucket != bucket || flags(&assessment) != expected {
            wrong.push(format!(
                "{name}: {:?} {:?} {:?}",
                result.bucket,
                flags(&assessment),
                result.measures
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_far_short_or_far_up_is_severe() {
    for (drives, code, severe) in [
        (leaning([33.0, 43.0]), LimitedRange, false),
        (leaning([25.0, 43.0]), LimitedRange, true),
        (lifting([0.05, 0.0]), HeelLift, false),
        (
            Drives {
                heel: [0.10, 0.0],
                ..leaning([28.0, 43.0])
            },
            HeelLift,
            true,
        ),
    ] {
        let result = score(&drives.film(&Film::GOOD)).result.expect("valid");
        let flag = result
            .flags
            .iter()
            .find(|flag| flag.code == code)
            .expect("a flag");
        assert_eq!((flag.side, flag.severe), (Some(Left), severe), "{flag:?}");
    }
}

#[test]
fn the_angle_is_the_shins_with_the_heel_down() {
    for (lean, heel) in [(20.0, 0.0), (35.0, 0.0), (46.0, 0.0), (28.0, 0.05), (40.0, 0.09)] {
        let drives = Drives {
            heel: [heel; 2],
            ..leaning([lean; 2])
        };
        let result = score(&drives.film(&Film::GOOD)).result.expect("valid");
        let measures =
            |name: &'static str| result.measures.iter().filter(move |measure| measure.name == name);
        assert_eq!(measures("shinLean").count(), 2);
        let near = |measure: &Measure, wanted: f64, tolerance: f64| {
            assert_eq!(measure.repetitions.len(), 3, "{measure:?}");
            assert!(
                (measure.value - wanted).abs() < tolerance,
                "{measure:?} instead of {wanted}, heel {heel}"
            );
        };
        // What a heel adds is known as well as its height, a centimetre of which is 3 degrees.
        let tolerance = if heel > 0.0 { 3.0 } else { 1.5 };
        measures("shinLean").for_each(|measure| near(measure, lean, tolerance));
        measures("heelRise").for_each(|measure| near(measure, heel / figure::LEG, 0.012));
    }
}

#[test]
fn a_leg_that_was_not_shown_is_missing_not_normal() {
    let times = |times| Drives { times, ..GOOD };
    let on_the_spot = Drives { turns: false, ..GOOD };
    for (drives, shown, missing) in [
        (times([3, 0]), Left, "right ankle"),
        (times([0, 3]), Right, "left ankle"),
        (on_the_spot, Right, "left ankle"),
    ] {
        let one = score(&drives.film(&Film::GOOD)).result.expect("valid");
        let both = score(&GOOD.film(&Film::GOOD)).result.expect("valid");
        assert!(one.confidence < 0.7 * both.confidence);
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

/// Walking past the camera: a thigh swings 25 degrees to either side, knees bend as they come forward.
fn walking() -> Clip {
    Film::GOOD.shoot(6.0, |t| {
        let mut posture = Posture::standing(0.2);
        posture.heading = 90.0;
        for (index, half) in [(0, 0.0), (1, std::f64::consts::PI)] {
            let cycle = std::f64::consts::TAU * 0.9 * t + half;
            let thigh = (25.0 * cycle.sin()).to_radians();
            let shin = thigh - (5.0 + 45.0 * (cycle - 0.9).cos().max(0.0)).to_radians();
            let [x, y, z] = posture.hip[index];
            let knee = [
                x,
                y - figure::THIGH * thigh.cos(),
                z + figure::THIGH * thigh.sin(),
            ];
            let ankle = [
                x,
                knee[1] - figure::SHANK * shin.cos(),
                knee[2] + figure::SHANK * shin.sin(),
            ];
            (posture.knee[index], posture.ankle[index]) = (knee, ankle);
        }
        posture
    })
}

#[test]
fn other_views_and_movements_are_refused() {
    let askew = |askew| Drives { askew, ..GOOD }.film(&Film::GOOD);
    assert!(score(&askew(25.0)).result.is_some(), "25 degrees off still count");
    let side_on = Squats {
        side: 0,
        heading: 90.0,
        ..Squats::GOOD
    };
    let standing = Film::GOOD.shoot(8.0, |_| Posture {
        heading: 90.0,
        ..Posture::standing(0.2)
    });
    for (name, clip, expected) in [
        ("facing the camera", askew(80.0), CheckCode::WrongAngle),
        (
            "feet side by side",
            Drives {
                stagger: 0.05,
                ..GOOD
            }
            .film(&Film::GOOD),
            CheckCode::WrongMovement,
        ),
        (
            "the far leg in front",
            Drives {
                times: [3, 0],
                turns: false,
                ..GOOD
            }
            .film(&Film::GOOD),
            CheckCode::WrongMovement,
        ),
        (
            "lunges to the floor",
            Drives {
                thigh: 95.0,
                stagger: 0.8,
                ..GOOD
            }
            .film(&Film::GOOD),
            CheckCode::WrongMovement,
        ),
        ("squats", side_on.film(&Film::GOOD), CheckCode::WrongMovement),
        (
            "squats askew",
            Squats {
                heading: 62.0,
                ..side_on
            }
            .film(&Film::GOOD),
            CheckCode::WrongMovement,
        ),
        ("raises", Raises::GOOD.film(&Film::GOOD), CheckCode::WrongMovement),
        (
            "reaches",
            reach::film(&Film::GOOD, [0.7, 1.0, 0.95], [0.7, 1.0, 0.95], 90.0),
            CheckCode::WrongMovement,
        ),
        (
            "standing on one leg",
            balance::film(&Film::GOOD, &[balance::Hold::quiet(Left, 8.0)], 90.0, 1.0),
            CheckCode::WrongMovement,
        ),
        ("standing", standing, CheckCode::WrongMovement),
        ("walking", walking(), CheckCode::WrongMovement),
    ] {
        let assessment = score(&clip);
        assert_eq!(
            assessment.quality.checks[0].code, expected,
            "{name}: {:?}",
            assessment.result
        );
        assert!(assessment.result.is_none(), "{name}");
    }
}
