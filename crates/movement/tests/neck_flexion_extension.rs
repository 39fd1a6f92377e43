//! Test 1 on the stick figure: down and up on either side of their cut-offs, either way round, other movements.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{
    Film, balance,
    found::{flags, measured, scored, value},
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
const FACING: Nods = Nods {
    heading: 8.0,
    ..Nods::GOOD
};

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
fn from_the_front_the_face_says_how_far_down_and_up_to_where_it_is_lost() {
    use FlagCode::{LimitedExtension as Up, LimitedFlexion as Down, TrunkLean};
    for (flexion, extension, trunk, bucket, expected) in [
        (58.0, 84.0, 0.0, Pass, &[][..]),
        (47.0, 84.0, 0.0, Pass, &[]),
        (41.0, 84.0, 0.0, Limited, &[Down]),
        (30.0, 84.0, 0.0, Significant, &[Down]),
        (58.0, 40.0, 0.0, Significant, &[Up]),
        (24.0, 34.0, 0.0, Significant, &[Down, Up]),
        (58.0, 84.0, 6.0, Pass, &[]),
        (58.0, 84.0, 20.0, Pass, &[TrunkLean]),
        // Neck and trunk together go as far as a neck should.
        (26.0, 84.0, 25.0, Significant, &[TrunkLean, Down]),
    ] {
        for heading in [8.0, -25.0] {
            let nods = Nods {
                flexion,
                extension,
                trunk,
                heading,
                ..GOOD
            };
            let result = scored(TestId::NeckFlexionExtension, &nods.film(&Film::GOOD));
            let found: Vec<FlagCode> = flags(&result).into_iter().map(|(code, _)| code).collect();
            assert_eq!((result.bucket, &found[..]), (bucket, expected), "{nods:?}");
            let down = value(&result, "headDown", None);
            // Little of the trunk is not noticed.
            let unnoticed = if trunk < 10.0 { trunk } else { 0.0 };
            assert!((down - flexion - unnoticed).abs() < 6.0, "{nods:?}: {down}");
            let lost = extension > 60.0;
            assert_eq!(result.not_measured.len(), usize::from(lost), "{nods:?}");
            assert_eq!(measured(&result, "headUp", None).is_none(), lost, "{nods:?}");
            assert_eq!(measured(&result, "faceRise", None).is_some(), lost, "{nods:?}");
            assert!(result.confidence < 0.4 || bucket != Pass, "{nods:?}");
        }
    }
}

/// The same recording of a face that Face Mesh does not find: a mask, or light from behind.
fn faceless(mut clip: Clip) -> Clip {
    for observation in &mut clip.observations {
        observation.face = None;
    }
    clip
}

#[test]
fn a_trunk_that_goes_along_makes_the_result_less_sure() {
    for nods in [GOOD, FACING] {
        let confidence =
            |nods: Nods| scored(TestId::NeckFlexionExtension, &nods.film(&Film::GOOD)).confidence;
        assert!(
            confidence(Nods { trunk: 20.0, ..nods }) < 0.7 * confidence(nods),
            "{nods:?}"
        );
    }
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
            "turning the back on the camera",
            nods(Nods {
                heading: 175.0,
                ..GOOD
            }),
            CheckCode::WrongAngle,
        ),
        (
            "facing the camera with a face that is not seen",
            faceless(FACING.film(&Film::GOOD)),
            CheckCode::Occlusion,
        ),
        (
            "a face that hardly moves",
            nods(Nods {
                flexion: 8.0,
                extension: 8.0,
                ..FACING
            }),
            CheckCode::WrongMovement,
        ),
        (
            "bowing and arching with a stiff neck",
            nods(Nods {
                flexion: 4.0,
                extension: 4.0,
                trunk: 28.0,
                ..FACING
            }),
            CheckCode::WrongMovement,
        ),
        (
            "squats facing the camera",
            Squats {
                side: 0,
                ..Squats::GOOD
            }
            .film(&Film::GOOD),
            CheckCode::WrongMovement,
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
