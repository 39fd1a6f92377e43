//! Test 13 on the stick figure: how far, how long and how level, posture at rest, either way round, other movements.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{
    Film, balance,
    found::{flags, scored, value},
    neck::{Nods, Tucks},
    squat::Squats,
};
use flow_catalog::TestId;
use flow_landmarks::Clip;
use flow_movement::{
    Assessment, assess,
    assessment::{
        Bucket::{NeedsWork, Pass},
        CheckCode, FlagCode,
    },
};

const GOOD: Tucks = Tucks::GOOD;

fn score(clip: &Clip) -> Assessment {
    assess(TestId::ChinTuck, clip)
}

#[test]
fn tucks_are_judged_on_either_side_of_the_cut_offs_whichever_way_the_person_faces() {
    use FlagCode::{ForwardHead, HeadTilt, ShortHold, SmallMovement};
    let mut wrong = Vec::new();
    for (tucks, bucket, expected) in [
        (GOOD, Pass, &[][..]),
        (Tucks { times: 1, ..GOOD }, Pass, &[]),
        (Tucks { back: 0.036, ..GOOD }, Pass, &[]),
        (Tucks { back: 0.024, ..GOOD }, NeedsWork, &[SmallMovement]),
        (Tucks { hold_s: 2.2, ..GOOD }, Pass, &[]),
        (Tucks { hold_s: 0.8, ..GOOD }, NeedsWork, &[ShortHold]),
        (Tucks { tilt: 2.0, ..GOOD }, Pass, &[]),
        (Tucks { tilt: 18.0, ..GOOD }, NeedsWork, &[HeadTilt]),
        (Tucks { tilt: -18.0, ..GOOD }, Pass, &[]),
        (Tucks { tilt: -34.0, ..GOOD }, NeedsWork, &[HeadTilt]),
        (Tucks { ahead: 0.17, ..GOOD }, Pass, &[]),
        (
            Tucks {
                back: 0.09,
                ahead: 0.28,
                ..GOOD
            },
            Pass,
            &[ForwardHead],
        ),
    ] {
        for heading in [90.0, -90.0] {
            let tucks = Tucks { heading, ..tucks };
            let assessment = score(&tucks.film(&Film::GOOD));
            let Some(result) = &assessment.result else {
                wrong.push(format!("{tucks:?}: refused, {}", assessment.feedback));
                continue;
            };
            let found: Vec<FlagCode> = result.flags.iter().map(|flag| flag.code).collect();
            let count = result.repetitions.len() == tucks.times as usize;
            if result.bucket != bucket || found != expected || !count {
                wrong.push(format!(
                    "{tucks:?}: {:?} {found:?} {:?}",
                    result.bucket, result.measures
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn where_the_face_is_seen_it_says_how_level_the_head_stays() {
    for (tilt, level) in [
        (0.0, true),
        (10.0, true),
        (-10.0, true),
        (20.0, false),
        (-20.0, false),
    ] {
        // Turned toward the camera by 38 degrees.
        let tucks = Tucks {
            tilt,
            heading: 52.0,
            ..GOOD
        };
        let result = scored(TestId::ChinTuck, &tucks.film(&Film::GOOD));
        let tilted = (FlagCode::HeadTilt, None);
        assert_eq!(!flags(&result).contains(&tilted), level, "{tilt}");
        let measured = value(&result, "headTilt", None);
        assert!((measured - tilt).abs() < 3.0, "{tilt}: {measured}");
    }
}

#[test]
fn what_stands_in_for_the_neck_vertebra_is_said() {
    let result = score(&GOOD.film(&Film::GOOD)).result.expect("valid");
    assert!(
        result.not_measured.iter().any(|what| what.contains("vertebra")),
        "{:?}",
        result.not_measured
    );
}

#[test]
fn other_views_and_movements_are_refused() {
    let tucks = |tucks: Tucks| tucks.film(&Film::GOOD);
    for (name, clip, expected) in [
        (
            "facing the camera",
            tucks(Tucks { heading: 0.0, ..GOOD }),
            CheckCode::WrongAngle,
        ),
        ("nods", Nods::GOOD.film(&Film::GOOD), CheckCode::WrongMovement),
        (
            "leaning back",
            tucks(Tucks {
                back: 0.0,
                lean_back: 12.0,
                ..GOOD
            }),
            CheckCode::WrongMovement,
        ),
        (
            "squats",
            Squats {
                side: 0,
                heading: 90.0,
                ..Squats::GOOD
            }
            .film(&Film::GOOD),
            CheckCode::WrongMovement,
        ),
        (
            "standing on one leg",
            balance::film(&Film::GOOD, &[], 90.0, 8.0),
            CheckCode::WrongMovement,
        ),
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
