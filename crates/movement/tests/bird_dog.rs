//! Test 14 on the stick figure: each leg, arm and hips on both sides of their cut-offs, either way round, and what is no
//! bird dog.
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
    found::{measured, scored},
    plank::{self, Plank},
};
use flow_catalog::TestId;
use flow_landmarks::{
    Clip, Landmark,
    Side::{self, Left, Right},
};
use flow_movement::{
    Assessment, assess,
    assessment::{
        Bucket::{self, NeedsWork, Pass},
        CheckCode,
        FlagCode::{self, ArmLow, BalanceDrift, HipShift, LegHigh, LegLow, ShortHold, SideGap},
        Severity, TestResult,
    },
};

const FILM: Film = Film::LOW;

fn score(clip: &Clip) -> Assessment {
    assess(TestId::BirdDog, clip)
}

fn lifted(lifts: &[Lift], heading: f64) -> TestResult {
    scored(TestId::BirdDog, &bird_dog::film(&FILM, lifts, heading))
}

fn good(leg: Side) -> Lift {
    Lift::good(leg)
}

/// Name, what is changed about one leg's lift, and what follows.
type Row = (
    &'static str,
    fn(Lift) -> Lift,
    Bucket,
    Severity,
    &'static [FlagCode],
);
const ROWS: &[Row] = &[
    ("in line", |lift| lift, Pass, Severity::None, &[]),
    (
        "a little low",
        |lift| Lift {
            leg_below: 14.0,
            ..lift
        },
        Pass,
        Severity::Mild,
        &[SideGap],
    ),
    (
        "low",
        |lift| Lift {
            leg_below: 26.0,
            ..lift
        },
        NeedsWork,
        Severity::Marked,
        &[ShortHold, SideGap, LegLow],
    ),
    (
        "a little high",
        |lift| Lift {
            leg_below: -14.0,
            ..lift
        },
        Pass,
        Severity::Mild,
        &[SideGap],
    ),
    (
        "high",
        |lift| Lift {
            leg_below: -26.0,
            ..lift
        },
        NeedsWork,
        Severity::Marked,
        &[ShortHold, SideGap, LegHigh],
    ),
    (
        "knee bent",
        |lift| Lift { knee: 52.0, ..lift },
        NeedsWork,
        Severity::None,
        &[ShortHold],
    ),
    (
        "held just long enough",
        |lift| Lift { seconds: 5.4, ..lift },
        Pass,
        Severity::None,
        &[],
    ),
    (
        "held short",
        |lift| Lift { seconds: 3.8, ..lift },
        NeedsWork,
        Severity::None,
        &[ShortHold],
    ),
    (
        "arm a little low",
        |lift| Lift {
            arm_below: Some(19.0),
            ..lift
        },
        Pass,
        Severity::None,
        &[],
    ),
    (
        "arm low",
        |lift| Lift {
            arm_below: Some(42.0),
            ..lift
        },
        Pass,
        Severity::None,
        &[ArmLow],
    ),
    (
        "hips a little back",
        |lift| Lift { back: 0.06, ..lift },
        Pass,
        Severity::None,
        &[],
    ),
    (
        "hips back",
        |lift| Lift { back: 0.15, ..lift },
        NeedsWork,
        Severity::None,
        &[HipShift],
    ),
    (
        "rocking a little",
        |lift| Lift { rock: 0.018, ..lift },
        Pass,
        Severity::None,
        &[],
    ),
    (
        "rocking",
        |lift| Lift { rock: 0.06, ..lift },
        NeedsWork,
        Severity::None,
        &[BalanceDrift],
    ),
];

#[test]
fn legs_hips_and_seconds_decide_and_the_arm_is_told() {
    let mut wrong = Vec::new();
    for (name, change, bucket, severity, expected) in ROWS {
        for (heading, leg) in [(90.0, Right), (90.0, Left), (-90.0, Right), (-90.0, Left)] {
            let found = lifted(&[change(good(leg)), good(leg.other())], heading);
            let flags: Vec<FlagCode> = found.flags.iter().map(|flag| flag.code).collect();
            let mut sorted = flags.clone();
            sorted.sort_unstable();
            let on_leg = found
                .flags
                .iter()
                .all(|flag| flag.code == SideGap || flag.side == Some(leg));
            let rated = |side: Side| {
                found
                    .sides
                    .iter()
                    .find(|of| of.side == side)
                    .and_then(|of| of.bucket)
            };
            let rated_right = rated(leg) == Some(*bucket) && rated(leg.other()) == Some(Pass);
            if found.bucket != *bucket
                || found.severity != Some(*severity)
                || sorted != *expected
                || !on_leg
                || !rated_right
            {
                wrong.push(format!(
                    "{name}, {leg:?}, {heading}: {:?} {:?} {flags:?} {:?}",
                    found.bucket, found.severity, found.measures
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn measures_are_the_figures() {
    for (heading, below, arm, seconds) in [
        (90.0, -9.0, 4.0, 6.0),
        (-90.0, 12.0, 25.0, 8.0),
        (70.0, 5.0, 10.0, 5.5),
    ] {
        let lift = |leg| Lift {
            leg_below: below,
            arm_below: Some(arm),
            seconds,
            ..good(leg)
        };
        let found = lifted(&[lift(Right), lift(Left), lift(Right)], heading);
        assert_eq!(found.repetitions.len(), 3);
        for side in Side::BOTH {
            let line = measured(&found, "legLine", side).expect("leg");
            assert!((line - below).abs() < 3.0, "{line} instead of {below}, {heading}");
            let raised = measured(&found, "armLine", side).expect("arm");
            assert!((raised - arm).abs() < 3.0, "{raised} instead of {arm}");
            let hold = measured(&found, "legHold", side).expect("hold");
            assert!((hold - seconds).abs() < 0.7, "{hold} instead of {seconds}");
        }
    }
}

#[test]
fn a_leg_that_was_not_shown_is_missing_not_normal() {
    let both = lifted(&[good(Left), good(Right)], 90.0);
    for leg in Side::BOTH {
        let one = lifted(&[good(leg), good(leg)], 90.0);
        let measured: Vec<Side> = one
            .sides
            .iter()
            .filter(|of| of.measured)
            .map(|of| of.side)
            .collect();
        assert_eq!(measured, [leg]);
        assert!(one.confidence < both.confidence);
        let missing = if leg == Left { "right leg" } else { "left leg" };
        assert!(
            one.not_measured.iter().any(|what| what.contains(missing)),
            "{:?}",
            one.not_measured
        );
    }
}

#[test]
fn an_arm_that_hides_or_jumps_is_not_measured() {
    let mut clip = bird_dog::film(&FILM, &[good(Left), good(Right)], 90.0);
    // The left arm, raised with the right leg, is behind the head and body.
    for pose in clip.observations.iter_mut().filter_map(|seen| seen.pose.as_mut()) {
        for landmark in [Landmark::LeftWrist, Landmark::LeftElbow] {
            pose.image[landmark].visibility = 0.2;
        }
    }
    let found = score(&clip).result.expect("valid");
    assert!(measured(&found, "armLine", Left).is_some() && measured(&found, "armLine", Right).is_none());
    assert!(
        found.not_measured.iter().any(|what| what.contains("left arm")),
        "{:?}",
        found.not_measured
    );
    assert_eq!(found.bucket, Pass);
}

#[test]
fn a_hold_that_the_recording_cuts_off_is_no_measurement() {
    let cut = |lifts: &[Lift], seconds: f64| {
        let mut clip = bird_dog::film(&FILM, lifts, 90.0);
        clip.observations.retain(|seen| seen.t < seconds);
        clip.duration = seconds;
        score(&clip)
    };
    let first = cut(&[good(Left)], 5.2);
    assert_eq!(
        first.quality.checks[0].code,
        CheckCode::TooShort,
        "{:?}",
        first.result
    );
    // Held long enough before the end, or after a whole one.
    assert!(cut(&[good(Left)], 7.6).result.is_some());
    let second = cut(&[good(Left), good(Right)], 13.0).result.expect("valid");
    assert_eq!(second.repetitions.len(), 1, "{:?}", second.repetitions);
}

#[test]
fn other_views_and_movements_are_refused() {
    let shown = |posture: Posture| {
        FILM.shoot(10.0, |t| Posture {
            heading: 90.0,
            arms: posture.arms + 40.0 * (t * 2.0).sin().max(0.0),
            ..posture
        })
    };
    let lifts = [good(Left), good(Right)];
    let legs_alone = lifts.map(|lift| Lift {
        arm_below: None,
        ..lift
    });
    for (name, clip, expected) in [
        (
            "from the head",
            bird_dog::film(&FILM, &lifts, 5.0),
            CheckCode::WrongAngle,
        ),
        (
            "from the feet",
            bird_dog::film(&FILM, &lifts, 172.0),
            CheckCode::WrongAngle,
        ),
        (
            "legs alone",
            bird_dog::film(&FILM, &legs_alone, 90.0),
            CheckCode::WrongMovement,
        ),
        (
            "a plank",
            Plank::held(&[(0.0, 9.0)]).film(&FILM),
            CheckCode::WrongMovement,
        ),
        ("lying flat", shown(plank::lying()), CheckCode::WrongMovement),
        ("sitting", shown(plank::sitting()), CheckCode::WrongMovement),
        (
            "on all fours",
            shown(plank::all_fours()),
            CheckCode::WrongMovement,
        ),
        (
            "standing",
            balance::film(&Film::GOOD, &[Hold::quiet(Left, 8.0)], 90.0, 1.0),
            CheckCode::WrongMovement,
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
