//! Test 1 on the stick figure: down and up on either side of their cut-offs, either way round, other movements.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{
    Film, balance,
    neck::{Nods, Tucks},
    squat::Squats,
};
use flow_catalog::TestId;
use flow_landmarks::Clip;
use flow_movement::{
    Assessment, assess,
    assessment::{
        Bucket::{Limited, Pass, Significant},
        CheckCode, FlagCode,
    },
};

const GOOD: Nods = Nods::GOOD;

fn score(clip: &Clip) -> Assessment {
    assess(TestId::NeckFlexionExtension, clip)
}

#[test]
fn range_is_judged_on_either_side_of_the_cut_offs_whichever_way_the_person_faces() {
    use FlagCode::{LimitedExtension as Up, LimitedFlexion as Down, TrunkLean};
    let mut wrong = Vec::new();
    for (flexion, extension, trunk, bucket, expected) in [
        (58.0, 84.0, 0.0, Pass, &[][..]),
        (47.0, 73.0, 0.0, Pass, &[]),
        (41.0, 84.0, 0.0, Limited, &[Down]),
        (58.0, 64.0, 0.0, Limited, &[Up]),
        (37.0, 55.0, 0.0, Limited, &[Down, Up]),
        (30.0, 84.0, 0.0, Significant, &[Down]),
        (58.0, 44.0, 0.0, Significant, &[Up]),
        (58.0, 84.0, 6.0, Pass, &[]),
        (58.0, 84.0, 16.0, Pass, &[TrunkLean]),
    ] {
        for heading in [90.0, -90.0] {
            let nods = Nods {
                flexion,
                extension,
                trunk,
                heading,
                ..GOOD
            };
            let assessment = score(&nods.film(&Film::GOOD));
            let Some(result) = &assessment.result else {
                wrong.push(format!("{nods:?}: refused, {}", assessment.feedback));
                continue;
            };
            let mut found: Vec<FlagCode> = result.flags.iter().map(|flag| flag.code).collect();
            let mut expected = expected.to_vec();
            found.sort_unstable();
            expected.sort_unstable();
            // 2 mm of jitter turn a line of 9 cm by more than a degree, and the greatest pitch is where that adds up.
            let near = |name: &str, truth: f64| {
                result
                    .measures
                    .iter()
                    .any(|measure| measure.name == name && (measure.value - truth).abs() < 6.0)
            };
            let measured = near("neckFlexion", flexion) && near("neckExtension", extension);
            if result.bucket != bucket || found != expected || !measured {
                wrong.push(format!(
                    "{nods:?}: {:?} {found:?} {:?}",
                    result.bucket, result.measures
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn confidence_falls_near_a_cut_off_and_with_few_nods() {
    let confidence = |nods: Nods| score(&nods.film(&Film::GOOD)).result.expect("valid").confidence;
    let good = confidence(GOOD);
    assert!(confidence(Nods { times: 1, ..GOOD }) < good);
    assert!(
        confidence(Nods {
            flexion: 46.0,
            ..GOOD
        }) < 0.75 * good
    );
}

#[test]
fn other_views_and_movements_are_refused() {
    let nods = |nods: Nods| nods.film(&Film::GOOD);
    for (name, clip, expected) in [
        (
            "facing the camera",
            nods(Nods {
                heading: 10.0,
                ..GOOD
            }),
            CheckCode::WrongAngle,
        ),
        (
            "a head that hardly moves",
            nods(Nods {
                flexion: 8.0,
                extension: 8.0,
                ..GOOD
            }),
            CheckCode::WrongMovement,
        ),
        (
            "only looking up",
            nods(Nods { flexion: 2.0, ..GOOD }),
            CheckCode::WrongMovement,
        ),
        (
            "chin tucks",
            Tucks::GOOD.film(&Film::GOOD),
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
