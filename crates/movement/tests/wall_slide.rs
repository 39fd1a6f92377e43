//! Test 10 on the stick figure: each question on both sides of its cut-off, either arm, and what is no wall slide.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{Film, found::scored, raise::Raises, slide::Slides, squat::Squats};
use flow_catalog::TestId;
use flow_landmarks::{
    Clip,
    Side::{self, Left, Right},
};
use flow_movement::{
    Assessment, assess,
    assessment::{
        Bucket::{NeedsWork, Pass},
        CheckCode, FlagCode,
        FlagCode::{ArmsFallForward, ForearmTilt, LimitedRange, LowElbows, Shrug, SideGap, TrunkLean},
        TestResult,
    },
};

fn score(clip: &Clip) -> Assessment {
    assess(TestId::WallSlide, clip)
}

fn result(slides: &Slides) -> TestResult {
    scored(TestId::WallSlide, &slides.film(&Film::GOOD))
}

fn quality(result: &TestResult) -> f64 {
    let found = result.measures.iter().find(|measure| measure.name == "quality");
    found.expect("quality").value
}

/// A fault with its flags: what it is, the slides that have it, the flags wanted.
type Row = (&'static str, Slides, &'static [(FlagCode, Option<Side>)]);

const GOOD: Slides = Slides::GOOD;

const ROWS: &[Row] = &[
    ("good", GOOD, &[]),
    (
        "elbows a little low",
        Slides {
            bottom: [81.0; 2],
            ..GOOD
        },
        &[],
    ),
    (
        "left elbow low",
        Slides {
            bottom: [60.0, 88.0],
            ..GOOD
        },
        &[(LowElbows, Some(Left))],
    ),
    (
        "forearms tilted a little",
        Slides {
            tilt: [10.0, -10.0],
            ..GOOD
        },
        &[],
    ),
    (
        "right hand inside the elbow",
        Slides {
            tilt: [0.0, 32.0],
            ..GOOD
        },
        &[(ForearmTilt, Some(Right))],
    ),
    (
        "left hand outside the elbow",
        Slides {
            tilt: [-32.0, 0.0],
            ..GOOD
        },
        &[(ForearmTilt, Some(Left))],
    ),
    (
        "forearms a little ahead",
        Slides {
            ahead: [20.0; 2],
            ..GOOD
        },
        &[],
    ),
    (
        "right forearm ahead",
        Slides {
            ahead: [0.0, 56.0],
            ..GOOD
        },
        &[(ArmsFallForward, Some(Right))],
    ),
    (
        "arms nearly up",
        Slides {
            top: [147.0; 2],
            ..GOOD
        },
        &[],
    ),
    (
        "both arms short",
        Slides {
            top: [122.0; 2],
            ..GOOD
        },
        &[(LimitedRange, Some(Left)), (LimitedRange, Some(Right))],
    ),
    (
        "one arm shorter",
        Slides {
            top: [140.0, 160.0],
            ..GOOD
        },
        &[(SideGap, None)],
    ),
    ("shoulders up a little", Slides { shrug: 0.02, ..GOOD }, &[]),
    ("shrugging", Slides { shrug: 0.06, ..GOOD }, &[(Shrug, None)]),
    (
        "tipping a little",
        Slides {
            side_lean: 2.0,
            ..GOOD
        },
        &[],
    ),
    (
        "tipping to the right",
        Slides {
            side_lean: -11.0,
            ..GOOD
        },
        &[(TrunkLean, None)],
    ),
];

#[test]
fn each_question_is_answered_on_both_sides_of_its_cut_off() {
    let mut wrong = Vec::new();
    for (name, slides, expected) in ROWS {
        let found = result(slides);
        let mut flags: Vec<_> = found.flags.iter().map(|flag| (flag.code, flag.side)).collect();
        flags.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        let bucket = if expected.is_empty() { Pass } else { NeedsWork };
        if found.bucket != bucket || flags != expected {
            wrong.push(format!(
                "{name}: {:?} {flags:?} {:?}",
                found.bucket, found.measures
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_quality_falls_with_every_fault() {
    let good = quality(&result(&Slides::GOOD));
    let one = Slides {
        bottom: [60.0; 2],
        ..Slides::GOOD
    };
    let two = Slides {
        top: [120.0; 2],
        ..one
    };
    let (one, two) = (quality(&result(&one)), quality(&result(&two)));
    assert!(
        (0.8..=1.0).contains(&good) && one < good - 0.03 && two < one - 0.03,
        "{good} {one} {two}"
    );
}

#[test]
fn fewer_slides_and_a_turned_body_are_less_sure() {
    let sure = result(&Slides::GOOD).confidence;
    let few = result(&Slides {
        times: 2,
        ..Slides::GOOD
    });
    let turned = result(&Slides {
        askew: 30.0,
        ..Slides::GOOD
    });
    assert!(few.confidence < sure, "{} {sure}", few.confidence);
    assert!(turned.confidence < sure, "{} {sure}", turned.confidence);
}

#[test]
fn other_movements_are_no_wall_slides() {
    let film = &Film::GOOD;
    for (name, clip) in [
        ("squats", Squats::GOOD.film(film)),
        ("raises", Raises::GOOD.film(film)),
        (
            "arms that do not go up",
            Slides {
                top: [95.0; 2],
                ..Slides::GOOD
            }
            .film(film),
        ),
    ] {
        let assessment = score(&clip);
        let first = &assessment.quality.checks[0];
        assert!(
            !first.passed
                && matches!(
                    first.code,
                    CheckCode::WrongMovement | CheckCode::WrongAngle | CheckCode::NoMotion
                ),
            "{name}: {first:?}"
        );
    }
}
