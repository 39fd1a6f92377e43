//! Test 2 on the stick figure: clean seconds, hips on either side of the line, either way round, and what is no plank.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{
    Film, Posture,
    balance::{self, Hold},
    found::scored,
    plank::{self, Plank, Stage},
    squat::Squats,
};
use flow_catalog::TestId;
use flow_landmarks::{Clip, Landmark, Side};
use flow_movement::{
    Assessment, assess,
    assessment::{Bucket, CheckCode, FlagCode, TestResult},
};

fn score(clip: &Clip) -> Assessment {
    assess(TestId::Plank, clip)
}

fn result(plank: &Plank<'_>) -> TestResult {
    scored(TestId::Plank, &plank.film(&Film::GOOD))
}

fn measure(result: &TestResult, name: &str) -> f64 {
    let found = result.measures.iter().find(|measure| measure.name == name);
    found.unwrap_or_else(|| panic!("no {name}")).value
}

fn flags(result: &TestResult) -> Vec<FlagCode> {
    result.flags.iter().map(|flag| flag.code).collect()
}

#[test]
fn clean_seconds_decide_the_bucket_and_the_hips_the_flags() {
    use FlagCode::{HipPike, HipSag, ShortHold};
    let mut wrong = Vec::new();
    let rows: &[(&str, &[Stage], Bucket, &[FlagCode])] = &[
        ("long enough", &[(0.0, 41.5)], Bucket::Pass, &[]),
        (
            "nearly long enough",
            &[(0.0, 38.0)],
            Bucket::Limited,
            &[ShortHold],
        ),
        ("short", &[(0.0, 12.0)], Bucket::Limited, &[ShortHold]),
        (
            "hips a little low, long enough",
            &[(-7.0, 41.5)],
            Bucket::Pass,
            &[],
        ),
        (
            "hips a little high, long enough",
            &[(7.0, 41.5)],
            Bucket::Pass,
            &[],
        ),
        ("sagging", &[(-14.0, 10.0)], Bucket::Limited, &[ShortHold, HipSag]),
        (
            "hips high",
            &[(14.0, 10.0)],
            Bucket::Limited,
            &[ShortHold, HipPike],
        ),
        (
            "sagging after a while",
            &[(0.0, 10.0), (-16.0, 6.0)],
            Bucket::Limited,
            &[ShortHold, HipSag],
        ),
        (
            "a short sag",
            &[(0.0, 6.0), (-16.0, 1.0), (0.0, 6.0)],
            Bucket::Limited,
            &[ShortHold],
        ),
        (
            "high, then sagging",
            &[(18.0, 5.0), (0.0, 5.0), (-18.0, 5.0)],
            Bucket::Limited,
            &[ShortHold, HipSag, HipPike],
        ),
    ];
    for &(name, stages, bucket, expected) in rows {
        for (heading, forearms) in [(90.0, true), (-90.0, false)] {
            let plank = Plank {
                forearms,
                heading,
                ..Plank::held(stages)
            };
            let found = result(&plank);
            if found.bucket != bucket || flags(&found) != expected {
                wrong.push(format!(
                    "{name}, heading {heading}: {:?} {:?} {:?}",
                    found.bucket,
                    flags(&found),
                    found.measures
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_bend_at_the_hips_is_the_figures_and_far_bends_are_severe() {
    for hips in [-24.0, -17.0, -6.0, 0.0, 6.0, 17.0, 24.0, 45.0] {
        // Off side-on, a bend looks larger.
        for (heading, larger) in [(90.0, 0.0), (-90.0, 0.0), (65.0, 0.2), (-110.0, 0.2)] {
            let found = result(&Plank {
                heading,
                ..Plank::held(&[(hips, 10.0)])
            });
            let offset = measure(&found, "hipOffset");
            let tolerance = 1.0 + larger * (hips.abs() + 6.0);
            assert!(
                (offset - hips).abs() < tolerance,
                "{offset} instead of {hips}, {heading}"
            );
            let ratio = measure(&found, "hipOffsetRatio");
            assert!(ratio.abs() < 1.0 || ratio.signum() == hips.signum(), "{ratio}");
            let severe = found
                .flags
                .iter()
                .any(|flag| flag.code != FlagCode::ShortHold && flag.severe);
            assert_eq!(severe, hips.abs() > 20.0, "{hips} {heading}: {:?}", found.flags);
        }
    }
}

#[test]
fn the_clock_stops_while_the_hips_are_off_the_line_and_goes_on_after() {
    let found = result(&Plank::held(&[(0.0, 10.0), (-20.0, 6.0), (0.0, 7.0)]));
    for (name, seconds) in [("cleanTime", 17.8), ("hold", 10.6), ("plankTime", 24.5)] {
        let value = measure(&found, name);
        assert!((value - seconds).abs() < 0.8, "{name} is {value}, not {seconds}");
    }
    let holds: Vec<f64> = found
        .repetitions
        .iter()
        .map(|hold| hold.end_t - hold.start_t)
        .collect();
    assert_eq!(holds.len(), 2, "{holds:?}");
    // Coming down ends an attempt: the clock does not go on in the next one.
    let attempt = |seconds| Plank::held(seconds).film(&Film::GOOD).observations;
    let mut clip = Plank::held(&[(0.0, 20.0)]).film(&Film::GOOD);
    let length = clip.duration;
    for mut observation in attempt(&[(0.0, 18.0)]) {
        observation.frame += clip.observations.len() as u32;
        observation.t += length;
        clip.observations.push(observation);
    }
    clip.duration += 20.0;
    let found = score(&clip).result.expect("valid");
    let held = measure(&found, "cleanTime");
    assert!((held - 20.3).abs() < 0.6, "{held}");
}

#[test]
fn seconds_are_counted_up_to_forty_and_hips_in_the_dead_band_lower_the_confidence() {
    let long = result(&Plank::held(&[(0.0, 42.0)]));
    assert!(
        (measure(&long, "cleanTime") - 40.0).abs() < 1e-9,
        "{:?}",
        long.measures
    );
    assert!(measure(&long, "hold") > 41.5 && long.confidence > 0.9, "{long:?}");
    for unsure in [8.5, -8.5, 11.5, -11.5] {
        let found = result(&Plank::held(&[(unsure, 42.0)]));
        assert!(
            found.confidence < 0.75 * long.confidence,
            "{unsure}: {}",
            found.confidence
        );
    }
    // Too short by any reading of the hips.
    let short = result(&Plank::held(&[(8.5, 12.0)]));
    assert!(short.confidence > 0.9, "{}", short.confidence);
}

#[test]
fn a_plank_that_the_recording_cuts_off_is_no_measurement_unless_it_was_long_enough() {
    let cut = |stages| {
        score(
            &Plank {
                after: 0.0,
                ..Plank::held(stages)
            }
            .film(&Film::GOOD),
        )
    };
    let short = cut(&[(0.0, 20.0)]);
    assert_eq!(
        short.quality.checks[0].code,
        CheckCode::TooShort,
        "{:?}",
        short.result
    );
    assert!(short.feedback.contains("40 seconds"), "{}", short.feedback);
    assert_eq!(
        cut(&[(0.0, 42.0)]).result.map(|found| found.bucket),
        Some(Bucket::Pass)
    );
    // The clock had stopped before.
    let sagging = cut(&[(0.0, 12.0), (-20.0, 6.0)]).result.expect("valid");
    assert!(
        (measure(&sagging, "cleanTime") - 12.3).abs() < 0.6,
        "{:?}",
        sagging.measures
    );
}

#[test]
fn other_views_and_movements_are_refused() {
    let turned = |heading| {
        Plank {
            heading,
            ..Plank::held(&[(0.0, 10.0)])
        }
        .film(&Film::GOOD)
    };
    for heading in [60.0, 120.0, -60.0, -120.0] {
        assert!(
            score(&turned(heading)).result.is_some(),
            "{heading} degrees still count"
        );
    }
    let shown = |posture: Posture| {
        Film::GOOD.shoot(10.0, |t| Posture {
            heading: 90.0,
            lean: posture.lean + 0.5 * t.sin(),
            ..posture
        })
    };
    let push_ups = Film::GOOD.shoot(10.0, |t| Posture {
        heading: 90.0,
        ..plank::push_up(0.5 - 0.5 * (std::f64::consts::TAU * t / 2.5).cos())
    });
    let standing = balance::film(&Film::GOOD, &[Hold::quiet(Side::Left, 8.0)], 90.0, 1.0);
    let squats = Squats {
        side: 0,
        heading: 90.0,
        ..Squats::GOOD
    };
    for (name, clip, expected) in [
        ("from the head end", turned(10.0), CheckCode::WrongAngle),
        ("from the feet end", turned(175.0), CheckCode::WrongAngle),
        ("standing", standing, CheckCode::WrongMovement),
        ("squats", squats.film(&Film::GOOD), CheckCode::WrongMovement),
        ("lying flat", shown(plank::lying()), CheckCode::WrongMovement),
        ("sitting", shown(plank::sitting()), CheckCode::WrongMovement),
        (
            "on all fours",
            shown(plank::all_fours()),
            CheckCode::WrongMovement,
        ),
        (
            "on the knees",
            shown(plank::on_the_knees()),
            CheckCode::WrongMovement,
        ),
        (
            "facing the ceiling",
            shown(plank::reverse()),
            CheckCode::WrongMovement,
        ),
        (
            "downward dog",
            shown(plank::held(95.0, false)),
            CheckCode::WrongMovement,
        ),
        (
            "one leg stretched back",
            shown(plank::leg_stretched()),
            CheckCode::WrongMovement,
        ),
        ("push-ups", push_ups, CheckCode::WrongMovement),
        (
            "too short to be a hold",
            Plank {
                after: 4.0,
                ..Plank::held(&[(0.0, 2.0)])
            }
            .film(&Film::GOOD),
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

#[test]
fn what_the_head_end_hides_is_blamed_on_the_angle() {
    let plank = |heading| Plank {
        heading,
        ..Plank::held(&[(0.0, 10.0)])
    };
    for (heading, expected) in [(5.0, CheckCode::WrongAngle), (90.0, CheckCode::Occlusion)] {
        let mut clip = plank(heading).film(&Film::GOOD);
        let poses = clip.observations.iter_mut().filter_map(|seen| seen.pose.as_mut());
        for pose in poses {
            for landmark in Landmark::ALL.into_iter().skip(Landmark::LeftKnee as usize) {
                pose.image[landmark].visibility = 0.1;
            }
        }
        let assessment = score(&clip);
        assert_eq!(
            assessment.quality.checks[0].code, expected,
            "{:?}",
            assessment.quality.checks
        );
    }
}

#[test]
fn a_frozen_plank_is_no_hold() {
    let still = Film {
        change: 0.0,
        ..Film::GOOD
    };
    let mut clip = Plank::held(&[(0.0, 12.0)]).film(&still);
    let photo = clip.observations[60].pose;
    for observation in &mut clip.observations {
        observation.pose = photo;
    }
    assert_eq!(score(&clip).quality.checks[0].code, CheckCode::NoMotion);
}
