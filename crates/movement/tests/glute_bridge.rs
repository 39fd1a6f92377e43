//! Test 12 on the stick figure: hip angle and seconds on either side of their cut-offs, either way round, and what is no
//! glute bridge.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{
    Film, Posture,
    bird_dog::{self, Lift},
    bridge::{self, Bridges, Hold},
    found::{flags, scored, value},
    plank::{self, Plank},
    squat::Squats,
};
use flow_catalog::TestId;
use flow_landmarks::{Clip, Landmark, Side};
use flow_movement::{
    Assessment, assess,
    assessment::{Bucket, CheckCode, FlagCode, TestResult},
};

fn score(clip: &Clip) -> Assessment {
    assess(TestId::GluteBridge, clip)
}

fn result(bridges: &Bridges<'_>) -> TestResult {
    scored(TestId::GluteBridge, &bridges.film(&Film::GOOD))
}

const fn held(side: Side, seconds: f64) -> Hold {
    Hold::straight(side, seconds)
}

const LONG: [Hold; 2] = [held(Side::Left, 16.0), held(Side::Right, 16.0)];

/// A name, the holds, and what has to come out.
type Row<'a> = (&'a str, [Hold; 2], Bucket, &'a [(FlagCode, Option<Side>)]);

#[test]
fn hip_angle_and_seconds_decide_the_bucket_and_each_has_its_flag() {
    use FlagCode::{HipSag, LimitedRange, ShortHold, SideGap};
    use Side::{Left, Right};
    let dropping = |side, bend, seconds| Hold {
        side,
        stages: [(0.0, 5.0), (bend, seconds)],
    };
    let rows: &[Row<'_>] = &[
        ("all good", LONG, Bucket::Pass, &[]),
        (
            "nearly straight",
            [Left, Right].map(|side| Hold::bent(side, 4.0, 16.0)),
            Bucket::Pass,
            &[],
        ),
        (
            "a little low",
            [Left, Right].map(|side| Hold::bent(side, 16.0, 16.0)),
            Bucket::NeedsWork,
            &[(LimitedRange, Some(Left)), (LimitedRange, Some(Right))],
        ),
        (
            "left so low that the sides differ",
            [Hold::bent(Left, 22.0, 16.0), held(Right, 16.0)],
            Bucket::NeedsWork,
            &[(LimitedRange, Some(Left)), (SideGap, None)],
        ),
        (
            "left short",
            [held(Left, 9.0), held(Right, 16.0)],
            Bucket::NeedsWork,
            &[(ShortHold, Some(Left))],
        ),
        (
            "right so short that the sides differ",
            [held(Left, 16.0), held(Right, 2.5)],
            Bucket::NeedsWork,
            &[(ShortHold, Some(Right)), (SideGap, None)],
        ),
        (
            "hips a little lower while held",
            [dropping(Left, 4.0, 11.0), held(Right, 16.0)],
            Bucket::Pass,
            &[],
        ),
        (
            "hips drop while held",
            [dropping(Left, 18.0, 11.0), held(Right, 16.0)],
            Bucket::NeedsWork,
            &[(ShortHold, Some(Left)), (HipSag, Some(Left))],
        ),
    ];
    for (name, holds, bucket, expected) in rows {
        let turned_about = [holds[1], holds[0]];
        for holds in [holds, &turned_about] {
            for askew in [0.0, 20.0, -15.0] {
                let found = result(&Bridges {
                    askew,
                    ..Bridges::new(holds)
                });
                assert_eq!(found.bucket, *bucket, "{name}, {askew}: {:?}", found.measures);
                assert_eq!(flags(&found), *expected, "{name}, {askew}: {:?}", found.measures);
            }
        }
    }
}

#[test]
fn seconds_are_those_in_line_and_end_at_those_asked_for() {
    let holds = [
        Hold {
            side: Side::Left,
            stages: [(0.0, 6.0), (18.0, 5.0)],
        },
        Hold::bent(Side::Right, 7.0, 17.0),
    ];
    let found = result(&Bridges::new(&holds));
    let left = value(&found, "hold", Some(Side::Left));
    assert!((left - 6.7).abs() < 0.8, "{left}");
    assert!((value(&found, "hold", Some(Side::Right)) - 15.0).abs() < 1e-9);
    // Of a second of jittering landmarks; a straight joint can only be read as bent.
    for (side, name, expected) in [
        (Side::Left, "hipExtension", 180.0),
        (Side::Right, "hipExtension", 173.0),
        (Side::Left, "hipDrop", 18.0),
        (Side::Right, "hipDrop", 0.0),
    ] {
        let value = value(&found, name, Some(side));
        assert!((value - expected).abs() < 3.0, "{name}, {side:?}: {value}");
    }
    assert!((value(&found, "sideGap", None) - (15.0 - left)).abs() < 1e-3);
    assert!((value(&found, "angleGap", None) - 7.0).abs() < 2.0);
}

#[test]
fn what_was_not_shown_is_not_measured_and_says_why() {
    let both = result(&Bridges::new(&LONG));
    let one = result(&Bridges::new(&LONG[1..]));
    let not_turned = result(&Bridges {
        turns: false,
        ..Bridges::new(&[LONG[1], LONG[0]])
    });
    let mut cut = Bridges::new(&[LONG[1], held(Side::Left, 8.0)]).film(&Film::GOOD);
    cut.observations.retain(|observation| observation.t < 28.0);
    cut.duration = 28.0;
    let cut = score(&cut).result.expect("one foot is measured");
    assert_eq!(both.not_measured.len(), 1, "{:?}", both.not_measured);
    for (found, why) in [
        (&one, "left foot: no bridge on it alone."),
        (
            &not_turned,
            "left foot: the leg in the air was the one farther from the camera.",
        ),
        (&cut, "left foot: the recording ended during the hold."),
    ] {
        assert_eq!(found.bucket, Bucket::Pass);
        assert!(
            found
                .sides
                .iter()
                .any(|side| side.side == Side::Left && !side.measured && side.bucket.is_none())
        );
        assert_eq!(found.not_measured[0], why);
        assert!(found.confidence < both.confidence);
    }
}

/// The legs taken for each other, as MediaPipe does with a body on its back.
fn with_legs_exchanged(mut clip: Clip, when: impl Fn(f64) -> bool) -> Clip {
    use Landmark as L;
    for observation in &mut clip.observations {
        let exchanged = when(observation.t);
        let Some(pose) = observation.pose.as_mut().filter(|_| exchanged) else {
            continue;
        };
        for left in [L::LeftKnee, L::LeftAnkle, L::LeftHeel, L::LeftFootIndex] {
            let right = left.mirrored();
            (pose.image[left], pose.image[right]) = (pose.image[right], pose.image[left]);
            (pose.world[left], pose.world[right]) = (pose.world[right], pose.world[left]);
        }
    }
    clip
}

#[test]
fn legs_that_are_taken_for_each_other_now_and_then_change_nothing() {
    let clip = Bridges::new(&[held(Side::Right, 16.0), held(Side::Left, 9.0)]).film(&Film::GOOD);
    let clip = with_legs_exchanged(clip, |t| t % 4.0 > 1.5);
    let found = score(&clip).result.expect("a result");
    assert_eq!(flags(&found), [(FlagCode::ShortHold, Some(Side::Left))]);
    assert!((value(&found, "hold", Some(Side::Left)) - 9.7).abs() < 0.8);
}

#[test]
fn other_movements_and_what_is_unfinished_are_refused() {
    let shown = |motion: &dyn Fn(f64) -> Posture| {
        Film::GOOD.shoot(10.0, |t| Posture {
            heading: 90.0,
            ..motion(t)
        })
    };
    let both_feet = Bridges {
        both: 4,
        ..Bridges::new(&[])
    };
    let farther = Bridges {
        askew: 180.0,
        ..Bridges::new(&LONG[..1])
    };
    let from_the_feet = Bridges {
        askew: -85.0,
        ..Bridges::new(&LONG[..1])
    };
    let squats = Squats {
        side: 0,
        heading: 90.0,
        ..Squats::GOOD
    };
    let mut cut = Bridges::new(&LONG).film(&Film::GOOD);
    cut.observations.retain(|observation| observation.t < 10.0);
    cut.duration = 10.0;
    let lifts = [Lift::good(Side::Left), Lift::good(Side::Right)];
    for (name, clip, expected) in [
        (
            "on both feet alone",
            both_feet.film(&Film::GOOD),
            CheckCode::Incomplete,
        ),
        (
            "the farther leg in the air",
            farther.film(&Film::GOOD),
            CheckCode::Incomplete,
        ),
        ("still holding", cut, CheckCode::TooShort),
        (
            "from the feet",
            from_the_feet.film(&Film::GOOD),
            CheckCode::WrongAngle,
        ),
        (
            "hips hardly lifted",
            Bridges::new(&[Hold::bent(Side::Left, 45.0, 8.0)]).film(&Film::GOOD),
            CheckCode::WrongMovement,
        ),
        ("leg raises", shown(&bridge::leg_raise), CheckCode::WrongMovement),
        (
            "lying stretched out",
            shown(&|t| bridge::stretched_out(0.01 * t.sin())),
            CheckCode::WrongMovement,
        ),
        (
            "plank",
            Plank::held(&[(0.0, 10.0)]).film(&Film::GOOD),
            CheckCode::WrongMovement,
        ),
        (
            "facing the ceiling on hands and heels",
            shown(&|t| Posture {
                lean: plank::reverse().lean + 0.5 * t.sin(),
                ..plank::reverse()
            }),
            CheckCode::WrongMovement,
        ),
        (
            "bird dog",
            bird_dog::film(&Film::GOOD, &lifts, 90.0),
            CheckCode::WrongMovement,
        ),
        ("squats", squats.film(&Film::GOOD), CheckCode::WrongMovement),
    ] {
        let assessment = score(&clip);
        assert_eq!(
            assessment.quality.checks[0].code, expected,
            "{name}: {:?}",
            assessment.result
        );
    }
}

#[test]
fn a_bridge_is_refused_by_the_other_floor_tests() {
    let clip = Bridges::new(&LONG).film(&Film::GOOD);
    for test in [TestId::Plank, TestId::BirdDog, TestId::Clamshell] {
        let assessment = assess(test, &clip);
        assert!(assessment.result.is_none(), "{test}");
    }
}
