//! Clips of each test that are far from its cut-offs, filmed as asked for. A new test needs an arm here.

use flow_catalog::TestId;
use flow_landmarks::{Clip, Side};
use flow_movement::SURE;

use crate::{
    figure::{
        Film,
        balance::{self, Hold},
        bird_dog::{self, Lift},
        bridge::{self, Bridges},
        clamshell::Clamshells,
        dead_bug::{self, Stretch},
        drive::Drives,
        lunge::Lunges,
        neck::{Nods, Tucks},
        plank::Plank,
        raise::Raises,
        reach,
        rotate::Rotations,
        slide::Slides,
        squat::Squats,
    },
    judge::score,
};

/// Clips of a test, with faults of one side and without any.
#[expect(clippy::too_many_lines, reason = "one arm for each test")]
pub fn of(test: TestId, film: &Film) -> Vec<Clip> {
    match test {
        TestId::YBalance => vec![
            reach::film(film, [0.7, 0.65, 0.95], [0.7, 1.05, 0.95], 0.0),
            reach::film(film, [0.7, 1.0, 0.95], [0.7, 1.0, 0.95], 0.0),
        ],
        TestId::OverheadSquat => {
            let faulty = Squats {
                knees_in: [16.0, -6.0],
                heels: [0.05; 2],
                ..Squats::GOOD
            };
            vec![faulty.film(film), Squats::GOOD.film(film)]
        }
        TestId::SingleLegBalance => {
            let short = [
                Hold::quiet(Side::Left, 7.0),
                Hold {
                    sway: 0.02,
                    ..Hold::quiet(Side::Right, 13.0)
                },
            ];
            let long = Side::BOTH.map(|side| Hold::quiet(side, 21.5));
            vec![
                balance::film(film, &short, 0.0, 1.0),
                balance::film(film, &long, 0.0, 1.0),
            ]
        }
        TestId::AnkleMobility => {
            let stiff = Drives {
                lean: [23.0, 46.0],
                heel: [0.0, 0.05],
                ..Drives::GOOD
            };
            vec![stiff.film(film), Drives::GOOD.film(film)]
        }
        TestId::LateralLunge => {
            let faulty = Lunges {
                knee: [104.0, 80.0],
                knee_in: [15.0, -2.0],
                ..Lunges::GOOD
            };
            vec![faulty.film(film), Lunges::GOOD.film(film)]
        }
        TestId::ShoulderFlexion => {
            let stiff = Raises {
                flexion: [140.0, 177.0],
                ..Raises::GOOD
            };
            vec![stiff.film(film), Raises::GOOD.film(film)]
        }
        TestId::Plank => vec![
            Plank::held(&[(0.0, 11.0), (-20.0, 5.0)]).film(film),
            Plank::held(&[(0.0, 42.0)]).film(film),
        ],
        TestId::BirdDog => {
            let low = Lift {
                leg_below: -27.0,
                ..Lift::good(Side::Left)
            };
            let good = Side::BOTH.map(Lift::good);
            vec![
                bird_dog::film(film, &[low, low, good[1], good[1]], 90.0),
                bird_dog::film(film, &[good[0], good[0], good[1], good[1]], 90.0),
            ]
        }
        TestId::Clamshell => {
            let narrow = Clamshells {
                opening: [18.0, 57.0],
                ..Clamshells::GOOD
            };
            vec![narrow.film(film), Clamshells::GOOD.film(film)]
        }
        TestId::WallSlide => {
            let faulty = Slides {
                top: [120.0, 156.0],
                tilt: [0.0, 34.0],
                ..Slides::GOOD
            };
            vec![faulty.film(film), Slides::GOOD.film(film)]
        }
        TestId::NeckFlexionExtension => {
            let stiff = Nods {
                flexion: 24.0,
                ..Nods::GOOD
            };
            let facing = Nods {
                heading: 10.0,
                ..stiff
            };
            vec![stiff.film(film), facing.film(film), Nods::GOOD.film(film)]
        }
        TestId::ChinTuck => {
            let brief = Tucks {
                hold_s: 0.6,
                ..Tucks::GOOD
            };
            vec![brief.film(film), Tucks::GOOD.film(film)]
        }
        TestId::DeadBug => {
            let high = Stretch {
                leg_off: 40.0,
                ..Stretch::good(Side::Left)
            };
            let good = Side::BOTH.map(Stretch::good);
            vec![
                dead_bug::film(film, &[high, good[1]], 90.0),
                dead_bug::film(film, &[good[0], good[1], good[0], good[1]], 90.0),
            ]
        }
        TestId::GluteBridge => {
            let short = [
                bridge::Hold::bent(Side::Left, 20.0, 13.0),
                bridge::Hold::straight(Side::Right, 2.5),
            ];
            let long = Side::BOTH.map(|side| bridge::Hold::straight(side, 16.5));
            vec![Bridges::new(&short).film(film), Bridges::new(&long).film(film)]
        }
        TestId::HipShoulder9090 => {
            let stiff = Rotations {
                hip_internal: [15.0, 44.0],
                shoulder_external: [85.0, 20.0],
                ..Rotations::GOOD
            };
            vec![stiff.film(film), Rotations::GOOD.film(film)]
        }
    }
}

/// The clips of all tests that can be scored.
pub fn all(film: &Film) -> Vec<(TestId, Clip)> {
    TestId::ALL
        .into_iter()
        .flat_map(|test| of(test, film).into_iter().map(move |clip| (test, clip)))
        .collect()
}

#[test]
fn every_test_has_samples_of_two_buckets_one_of_them_sure() {
    for test in TestId::ALL {
        let (mut buckets, mut sure) = (Vec::new(), false);
        for clip in of(test, &Film::GOOD) {
            let assessment = score(test, &clip);
            let result = assessment
                .result
                .unwrap_or_else(|| panic!("{test}: {:?}", assessment.quality.checks.first()));
            sure |= result.confidence >= SURE;
            buckets.push(result.bucket);
        }
        buckets.dedup();
        assert!(buckets.len() >= 2, "{test}: {buckets:?}");
        // Unsure samples would keep any law about sure results; of a face too little is seen to be sure.
        let face = [TestId::NeckFlexionExtension, TestId::ChinTuck].contains(&test);
        assert_eq!(sure, !face, "{test}");
    }
}
