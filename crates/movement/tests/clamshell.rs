//! Test 15 on the stick figure: each knee on both sides of the cut-offs, either side up, and what is no clamshell.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{Film, bird_dog, clamshell::Clamshells, plank::Plank, squat::Squats};
use flow_catalog::TestId;
use flow_landmarks::{Clip, Side};
use flow_movement::{
    Assessment, assess,
    assessment::{
        Bucket::{NeedsWork, Pass},
        CheckCode, FlagCode, Severity,
    },
};

fn score(clip: &Clip) -> Assessment {
    assess(TestId::Clamshell, clip)
}

#[test]
fn the_opening_of_each_knee_decides() {
    let mut wrong = Vec::new();
    for (opening, bucket, severity, flagged) in [
        ([56.0, 58.0], Pass, Severity::None, &[][..]),
        ([38.0, 56.0], Pass, Severity::Mild, &[]),
        ([56.0, 20.0], NeedsWork, Severity::Marked, &[Side::Right]),
        ([19.0, 56.0], NeedsWork, Severity::Marked, &[Side::Left]),
        (
            [20.0, 19.0],
            NeedsWork,
            Severity::Marked,
            &[Side::Left, Side::Right],
        ),
    ] {
        let shells = Clamshells {
            times: [3; 2],
            opening,
            ..Clamshells::GOOD
        };
        let assessment = score(&shells.film(&Film::GOOD));
        let Some(found) = &assessment.result else {
            wrong.push(format!("{opening:?}: {:?}", assessment.quality.checks[0]));
            continue;
        };
        let sides: Vec<Side> = found
            .flags
            .iter()
            .filter(|flag| flag.code == FlagCode::LimitedRange)
            .filter_map(|flag| flag.side)
            .collect();
        let near = |side: Side, expected: f64| {
            let measure = found.measures.iter().find(|measure| measure.side == Some(side));
            measure.is_some_and(|measure| {
                measure.repetitions.len() == 3 && (measure.value - expected).abs() < 6.0
            })
        };
        let measured = near(Side::Left, opening[0]) && near(Side::Right, opening[1]);
        if found.bucket != bucket || found.severity != Some(severity) || sides != flagged || !measured {
            wrong.push(format!(
                "{opening:?}: {:?} {sides:?} {:?}",
                found.bucket, found.measures
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_side_that_was_not_on_top_is_missing_not_normal() {
    let both = score(
        &Clamshells {
            times: [3; 2],
            ..Clamshells::GOOD
        }
        .film(&Film::GOOD),
    );
    let both = both.result.expect("valid");
    for (times, shown, missing) in [
        ([3, 0], Side::Left, "right leg"),
        ([0, 3], Side::Right, "left leg"),
    ] {
        let one = score(
            &Clamshells {
                times,
                ..Clamshells::GOOD
            }
            .film(&Film::GOOD),
        );
        let one = one.result.expect("valid");
        let measured: Vec<Side> = one
            .sides
            .iter()
            .filter(|of| of.measured)
            .map(|of| of.side)
            .collect();
        assert_eq!(measured, [shown]);
        assert!(one.confidence < both.confidence);
        assert!(one.not_measured.iter().any(|what| what.contains(missing)));
    }
}

#[test]
fn other_views_and_movements_are_refused() {
    let askew = |askew| {
        Clamshells {
            times: [3, 0],
            askew,
            ..Clamshells::GOOD
        }
        .film(&Film::GOOD)
    };
    assert!(score(&askew(25.0)).result.is_some(), "25 degrees off still count");
    let lifting = Clamshells {
        times: [3, 0],
        foot_up: 0.5,
        ..Clamshells::GOOD
    };
    let lifts = [
        bird_dog::Lift::good(Side::Left),
        bird_dog::Lift::good(Side::Right),
    ];
    for (name, clip, expected) in [
        ("from behind", askew(180.0), &[CheckCode::WrongAngle][..]),
        (
            "lifting the leg",
            lifting.film(&Film::GOOD),
            &[CheckCode::WrongMovement],
        ),
        (
            "standing squats",
            Squats::GOOD.film(&Film::GOOD),
            &[CheckCode::WrongMovement],
        ),
        (
            "bird dog",
            bird_dog::film(&Film::GOOD, &lifts, 90.0),
            &[CheckCode::WrongAngle, CheckCode::WrongMovement],
        ),
        (
            "plank",
            Plank::held(&[(0.0, 9.0)]).film(&Film::GOOD),
            &[CheckCode::WrongAngle, CheckCode::WrongMovement],
        ),
    ] {
        let assessment = score(&clip);
        let code = assessment.quality.checks[0].code;
        assert!(
            expected.contains(&code),
            "{name}: {code:?} {:?}",
            assessment.result
        );
    }
}
