//! Test 11 on the stick figure: trunk, leg, arm and tempo on both sides of their cut-offs, either way round, and what is no
//! dead bug.
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
    dead_bug::{self, Stretch},
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
        FlagCode::{self, HipShift, KneeBent, LegHigh, LimitedRange, SameSide, TooFast},
        Severity, TestResult,
    },
};

const FILM: Film = Film::LOW;

fn score(clip: &Clip) -> Assessment {
    assess(TestId::DeadBug, clip)
}

fn stretched(stretches: &[Stretch], heading: f64) -> TestResult {
    scored(TestId::DeadBug, &dead_bug::film(&FILM, stretches, heading))
}

fn good(leg: Side) -> Stretch {
    Stretch::good(leg)
}

/// Name, what is changed about one leg's stretch, and what follows.
type Row = (
    &'static str,
    fn(Stretch) -> Stretch,
    Bucket,
    Severity,
    &'static [FlagCode],
);
const ROWS: &[Row] = &[
    ("good", |of| of, Pass, Severity::None, &[]),
    (
        "hips up a little",
        |of| Stretch { turn: 7.5, ..of },
        Pass,
        Severity::Mild,
        &[],
    ),
    (
        "hips up",
        |of| Stretch { turn: 13.0, ..of },
        NeedsWork,
        Severity::Marked,
        &[HipShift],
    ),
    (
        "shoulders up",
        |of| Stretch { turn: -13.0, ..of },
        NeedsWork,
        Severity::Marked,
        &[HipShift],
    ),
    (
        "leg a little high",
        |of| Stretch { leg_off: 26.0, ..of },
        Pass,
        Severity::None,
        &[],
    ),
    (
        "leg high",
        |of| Stretch { leg_off: 35.0, ..of },
        NeedsWork,
        Severity::None,
        &[LegHigh],
    ),
    (
        "knee bent a little",
        |of| Stretch { knee: 29.0, ..of },
        Pass,
        Severity::None,
        &[],
    ),
    (
        "knee bent",
        |of| Stretch { knee: 42.0, ..of },
        NeedsWork,
        Severity::None,
        &[KneeBent],
    ),
    (
        "not very slow",
        |of| Stretch { seconds: 3.6, ..of },
        Pass,
        Severity::None,
        &[],
    ),
    (
        "fast",
        |of| Stretch { seconds: 2.0, ..of },
        NeedsWork,
        Severity::None,
        &[TooFast],
    ),
    (
        "arm a little short",
        |of| Stretch {
            arm_off: Some(25.0),
            ..of
        },
        Pass,
        Severity::None,
        &[],
    ),
    (
        "arm short",
        |of| Stretch {
            arm_off: Some(36.0),
            ..of
        },
        Pass,
        Severity::None,
        &[LimitedRange],
    ),
    (
        "arm of the same side",
        |of| Stretch {
            same_side: true,
            ..of
        },
        NeedsWork,
        Severity::None,
        &[SameSide],
    ),
];

#[test]
fn trunk_leg_and_tempo_decide_and_how_far_the_arm_goes_is_told() {
    let mut wrong = Vec::new();
    for (name, change, bucket, severity, expected) in ROWS {
        for (heading, leg) in [(90.0, Right), (90.0, Left), (-90.0, Right), (-90.0, Left)] {
            let found = stretched(&[change(good(leg)), good(leg.other())], heading);
            let flags: Vec<FlagCode> = found.flags.iter().map(|flag| flag.code).collect();
            let of_leg = |code: FlagCode| if code == LimitedRange { leg.other() } else { leg };
            let sides_right = found
                .flags
                .iter()
                .all(|flag| flag.side == Some(of_leg(flag.code)));
            let rated = |side: Side| {
                found
                    .sides
                    .iter()
                    .find(|of| of.side == side)
                    .and_then(|of| of.bucket)
            };
            if found.bucket != *bucket
                || found.severity != Some(*severity)
                || flags != *expected
                || !sides_right
                || rated(leg) != Some(*bucket)
                || rated(leg.other()) != Some(Pass)
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
    for (heading, leg_off, knee, arm, turn) in [
        (90.0, 8.0, 4.0, 6.0, 4.0),
        (-90.0, 25.0, 28.0, 35.0, -3.0),
        (72.0, 15.0, 10.0, 20.0, 12.0),
    ] {
        let stretch = |leg| Stretch {
            leg_off,
            knee,
            arm_off: Some(arm),
            turn,
            ..good(leg)
        };
        let found = stretched(&[stretch(Right), stretch(Left), stretch(Right)], heading);
        assert_eq!(found.repetitions.len(), 3);
        for side in Side::BOTH {
            for (name, expected) in [
                ("legOverFloor", leg_off),
                ("kneeFlexion", knee),
                ("armShort", arm),
                ("trunkTurn", turn),
            ] {
                let value = measured(&found, name, side).expect(name);
                assert!(
                    (value - expected).abs() < 5.0,
                    "{name}: {value} instead of {expected}, {heading}"
                );
            }
        }
    }
}

#[test]
fn a_leg_that_was_not_shown_is_missing_not_normal() {
    let both = stretched(&[good(Left), good(Right)], 90.0);
    for leg in Side::BOTH {
        let one = stretched(&[good(leg), good(leg)], 90.0);
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
fn what_landmarks_do_not_show_is_said() {
    let found = stretched(&[good(Left), good(Right)], 90.0);
    for part in ["Lower back", "Pelvis"] {
        assert!(
            found.not_measured.iter().any(|what| what.starts_with(part)),
            "{part}: {:?}",
            found.not_measured
        );
    }
}

#[test]
fn an_arm_that_hides_is_not_measured() {
    let mut clip = dead_bug::film(&FILM, &[good(Left), good(Right)], 90.0);
    let whole = score(&clip).result.expect("valid");
    // The left arm, stretched with the right leg, is behind the head.
    for pose in clip.observations.iter_mut().filter_map(|seen| seen.pose.as_mut()) {
        pose.image[Landmark::LeftWrist].visibility = 0.2;
    }
    let found = score(&clip).result.expect("valid");
    assert!(measured(&found, "armShort", Left).is_some() && measured(&found, "armShort", Right).is_none());
    assert!(
        found.not_measured.iter().any(|what| what.contains("left arm")),
        "{:?}",
        found.not_measured
    );
    // Which arm went with the right leg is open.
    assert_eq!(found.bucket, Pass);
    assert!(found.confidence < 0.65 * whole.confidence, "{}", found.confidence);
}

#[test]
fn a_stretch_that_the_recording_cuts_off_is_no_measurement() {
    let cut = |stretches: &[Stretch], seconds: f64| {
        let mut clip = dead_bug::film(&FILM, stretches, 90.0);
        clip.observations.retain(|seen| seen.t < seconds);
        clip.duration = seconds;
        score(&clip)
    };
    let slow = |leg| Stretch {
        seconds: 7.0,
        ..good(leg)
    };
    let first = cut(&[slow(Left), slow(Right)], 5.0);
    assert_eq!(
        first.quality.checks[0].code,
        CheckCode::TooShort,
        "{:?}",
        first.result
    );
    let second = cut(&[slow(Left), slow(Right)], 12.5).result.expect("valid");
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
    let pair = [good(Left), good(Right)];
    let legs_alone = pair.map(|stretch| Stretch {
        arm_off: None,
        ..stretch
    });
    let both_legs = pair.map(|stretch| Stretch {
        other_leg: 1.0,
        ..stretch
    });
    let arms_alone = pair.map(|stretch| Stretch {
        leg_off: 85.0,
        knee: 85.0,
        ..stretch
    });
    let film = |stretches: &[Stretch], heading| dead_bug::film(&FILM, stretches, heading);
    let wrong = CheckCode::WrongMovement;
    for (name, clip, expected) in [
        ("from the feet", film(&pair, 5.0), CheckCode::WrongAngle),
        ("from the head", film(&pair, 172.0), CheckCode::WrongAngle),
        ("legs alone", film(&legs_alone, 90.0), wrong),
        ("both legs together", film(&both_legs, 90.0), wrong),
        ("arms alone", film(&arms_alone, -90.0), wrong),
        (
            "a bird dog",
            bird_dog::film(&FILM, &[Lift::good(Left), Lift::good(Right)], 90.0),
            wrong,
        ),
        ("a plank", Plank::held(&[(0.0, 9.0)]).film(&FILM), wrong),
        ("lying flat", shown(plank::lying()), wrong),
        ("sitting", shown(plank::sitting()), wrong),
        (
            "standing",
            balance::film(&Film::GOOD, &[Hold::quiet(Left, 8.0)], 90.0, 1.0),
            wrong,
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
