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
    bridge::{self, Bridges, Hold},
    plank::{self, Plank},
    squat::Squats,
};
use flow_catalog::TestId;
use flow_landmarks::{Clip, Side};
use flow_movement::{
    Assessment, assess,
    assessment::{Bucket, CheckCode, FlagCode, TestResult},
};

fn score(clip: &Clip) -> Assessment {
    assess(TestId::GluteBridge, clip).expect("supported")
}

fn result(bridges: &Bridges<'_>) -> TestResult {
    let assessment = score(&bridges.film(&Film::GOOD));
    assessment
        .result
        .unwrap_or_else(|| panic!("{bridges:?}: {:?}", assessment.quality.checks[0]))
}

fn measure(result: &TestResult, name: &str, side: Option<Side>) -> f64 {
    let found = result
        .measures
        .iter()
        .find(|measure| measure.name == name && measure.side == side);
    found.unwrap_or_else(|| panic!("no {name}")).value
}

fn flags(result: &TestResult) -> Vec<(FlagCode, Option<Side>)> {
    result.flags.iter().map(|flag| (flag.code, flag.side)).collect()
}

const fn held(side: Side, seconds: f64) -> Hold {
    Hold::straight(side, seconds)
}

const LONG: [Hold; 2] = [held(Side::Left, 16.0), held(Side::Right, 16.0)];

#[test]
fn hip_angle_and_seconds_decide_the_bucket_and_each_has_its_flag() {
    use FlagCode::{HipSag, LimitedRange, ShortHold, SideGap};
    use Side::{Left, Right};
    let dropping = |side, bend, seconds| Hold {
        side,
        stages: [(0.0, 5.0), (bend, seconds)],
    };
    type Row<'a> = (
        &'a str,
        &'a [f64],
        &'a [Hold],
        Bucket,
        &'a [(FlagCode, Option<Side>)],
    );
    let rows: &[Row<'_>] = &[
        ("all good", &[0.0, 0.0], &LONG, Bucket::Pass, &[]),
        ("nearly straight", &[4.0, 4.0], &LONG, Bucket::Pass, &[]),
        (
            "a little low",
            &[16.0, 16.0],
            &LONG,
            Bucket::NeedsWork,
            &[(LimitedRange, None)],
        ),
        (
            "left short",
            &[0.0, 0.0],
            &[held(Left, 9.0), held(Right, 16.0)],
            Bucket::NeedsWork,
            &[(ShortHold, Some(Left))],
        ),
        (
            "right so short that the sides differ",
            &[0.0, 0.0],
            &[held(Left, 16.0), held(Right, 2.5)],
            Bucket::NeedsWork,
            &[(ShortHold, Some(Right)), (SideGap, None)],
        ),
        (
            "hips a little low while held",
            &[0.0, 0.0],
            &[dropping(Left, 5.0, 11.0), held(Right, 16.0)],
            Bucket::Pass,
            &[],
        ),
        (
            "hips drop while held",
            &[0.0, 0.0],
            &[dropping(Left, 16.0, 11.0), held(Right, 16.0)],
            Bucket::NeedsWork,
            &[(ShortHold, Some(Left)), (HipSag, Some(Left))],
        ),
    ];
    for (name, tops, holds, bucket, expected) in rows {
        for heading in [90.0, -90.0, 75.0, -110.0] {
            let found = result(&Bridges {
                heading,
                ..Bridges::new(tops, holds)
            });
            assert_eq!(found.bucket, *bucket, "{name}, {heading}: {:?}", found.measures);
            assert_eq!(
                flags(&found),
                *expected,
                "{name}, {heading}: {:?}",
                found.measures
            );
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
        held(Side::Right, 17.0),
    ];
    let found = result(&Bridges::new(&[2.0, 2.0], &holds));
    let left = measure(&found, "hold", Some(Side::Left));
    assert!((left - 6.5).abs() < 0.8, "{left}");
    assert!((measure(&found, "hold", Some(Side::Right)) - 15.0).abs() < 1e-9);
    assert!((measure(&found, "hipExtension", None) - 178.0).abs() < 2.0);
    assert!((measure(&found, "sideGap", None) - (15.0 - left)).abs() < 1e-3);
}

#[test]
fn what_was_not_shown_is_not_measured() {
    let both = result(&Bridges::new(&[0.0, 0.0], &LONG));
    let one = result(&Bridges::new(&[0.0, 0.0], &LONG[1..]));
    assert_eq!(one.bucket, Bucket::Pass);
    assert!(
        one.sides
            .iter()
            .any(|side| side.side == Side::Left && !side.measured && side.bucket.is_none())
    );
    assert_eq!(one.not_measured.len(), 1, "{:?}", one.not_measured);
    let no_range = result(&Bridges::new(&[], &LONG));
    assert_eq!(no_range.not_measured.len(), 1, "{:?}", no_range.not_measured);
    assert!(both.not_measured.is_empty());
    assert!(one.confidence < both.confidence && no_range.confidence < both.confidence);
}

#[test]
fn other_movements_and_what_is_unfinished_are_refused() {
    let shown = |motion: &dyn Fn(f64) -> Posture| {
        Film::GOOD.shoot(10.0, |t| Posture {
            heading: 90.0,
            ..motion(t)
        })
    };
    let bridges = |tops: &[f64], holds: &[Hold], heading, after| {
        let bridges = Bridges {
            heading,
            after,
            ..Bridges::new(tops, holds)
        };
        bridges.film(&Film::GOOD)
    };
    let squats = Squats {
        side: 0,
        heading: 90.0,
        ..Squats::GOOD
    };
    let long = Bridges::new(&[0.0, 0.0], &[held(Side::Left, 6.0)]).film(&Film::GOOD);
    let mut cut = long.clone();
    cut.observations.truncate(100);
    cut.duration = 10.0;
    for (name, clip, expected) in [
        (
            "no bridge on one foot",
            bridges(&[0.0, 0.0, 0.0], &[], 90.0, 1.0),
            CheckCode::Incomplete,
        ),
        ("still holding", cut, CheckCode::TooShort),
        (
            "from the feet",
            bridges(&[0.0, 0.0], &LONG, 5.0, 1.0),
            CheckCode::WrongAngle,
        ),
        (
            "pelvis hardly lifted",
            bridges(&[45.0; 4], &[], 90.0, 1.0),
            CheckCode::WrongMovement,
        ),
        ("leg raises", shown(&bridge::leg_raise), CheckCode::WrongMovement),
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
