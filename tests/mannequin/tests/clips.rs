//! Pictures and files: light is what the gates call it, encoded clips show what was drawn, when it was drawn, upright.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use std::{path::Path, process::Command};

use flow_mannequin::{
    Encoding, Expect, Scenario, cached_clip,
    render::{Renderer, picture::Picture},
    scenario, scenarios,
};

fn picture(scenario: &Scenario, frame: u32) -> Picture {
    Renderer::new(scenario.set).render(&scenario.people(frame), scenario.noise(frame))
}

#[test]
fn light_is_what_each_scenario_says() {
    let mut seen = Vec::new();
    for scenario in scenarios() {
        let badly_lit = matches!(
            scenario.expect,
            Expect::Refused {
                code: "BAD_LIGHTING",
                ..
            }
        );
        // Most scenarios share three rooms.
        if seen.contains(&scenario.set) && !badly_lit {
            continue;
        }
        seen.push(scenario.set);
        let brightness = picture(&scenario, 20).brightness();
        let well_lit = (45.0..230.0).contains(&brightness);
        assert_eq!(
            well_lit, !badly_lit,
            "{}: mean luma {brightness:.1}",
            scenario.name
        );
        assert!(
            !badly_lit || !(25.0..252.0).contains(&brightness),
            "{}: {brightness:.1}",
            scenario.name
        );
    }
}

#[test]
fn the_same_frame_is_drawn_the_same_and_the_next_one_differs() {
    let scenario = scenario("overhead-squat-good").unwrap();
    let mut renderer = Renderer::new(scenario.set);
    let mut draw = |frame: u32| renderer.render(&scenario.people(frame), scenario.noise(frame));
    let (first, next, again) = (draw(40), draw(41), draw(40));
    assert_eq!(first, again, "what an earlier frame left behind shows");
    assert_ne!(first, next);
}

#[test]
fn a_frozen_clip_repeats_its_picture_to_the_last_pixel() {
    let scenario = scenario("overhead-squat-photo").unwrap();
    assert_eq!(picture(&scenario, 3), picture(&scenario, 50));
}

/// Runs a tool that comes with FFmpeg and gives back what it printed.
fn output(tool: &str, arguments: &[&str], file: &Path) -> Vec<u8> {
    let output = Command::new(tool)
        .args(["-v", "error"])
        .args(["-i".as_ref(), file.as_os_str()])
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{tool}: {error}"));
    assert!(
        output.status.success(),
        "{}: {}",
        file.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

fn times(file: &Path) -> Vec<f64> {
    let shown = [
        "-select_streams",
        "v:0",
        "-show_entries",
        "frame=best_effort_timestamp_time",
        "-of",
        "csv=p=0",
    ];
    let text = String::from_utf8(output("ffprobe", &shown, file)).unwrap();
    text.lines()
        .map(|line| line.trim_matches(','))
        .filter(|line| !line.is_empty())
        .map(|line| line.parse().unwrap())
        .collect()
}

/// Mean absolute difference of luma between frames decoded by FFmpeg, turned upright, and frames drawn.
fn difference(scenario: &Scenario, file: &Path, frame: u32) -> f64 {
    let drawn = picture(scenario, frame);
    let size = drawn.width * drawn.height;
    let choose = format!("select=eq(n\\,{frame})");
    let raw = [
        "-vf",
        &choose,
        "-frames:v",
        "1",
        "-pix_fmt",
        "yuv420p",
        "-f",
        "rawvideo",
        "pipe:1",
    ];
    let decoded = output("ffmpeg", &raw, file);
    assert_eq!(decoded.len(), drawn.bytes.len(), "{}", file.display());
    let pairs = decoded.iter().zip(&drawn.bytes).take(size);
    pairs.map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / size as f64
}

#[test]
fn every_encoding_shows_every_frame_in_time_and_upright() {
    let scenario = scenario("overhead-squat-too-short").unwrap();
    for encoding in Encoding::ALL {
        let file = cached_clip(&scenario, encoding).unwrap();
        let found = times(&file);
        assert_eq!(found.len(), scenario.frames() as usize, "{encoding:?}");
        for (frame, t) in found.iter().enumerate() {
            let wanted = scenario.rate.time(frame as u32);
            assert!(
                (t - wanted).abs() < 0.0015,
                "{encoding:?}: frame {frame} at {t} s, not {wanted} s"
            );
        }
        let off = difference(&scenario, &file, 30);
        assert!(off < 4.0, "{encoding:?}: luma differs by {off:.2} on average");
    }
}

#[test]
fn uneven_times_survive_the_container() {
    let scenario = Scenario {
        span: Some((1.0, 2.0)),
        ..scenario("overhead-squat-just-good").unwrap()
    };
    for encoding in [Encoding::H264High, Encoding::H264Rotated, Encoding::Vp8] {
        let file = cached_clip(&scenario, encoding).unwrap();
        let found = times(&file);
        let wanted: Vec<f64> = (0..scenario.frames())
            .map(|frame| scenario.rate.time(frame))
            .collect();
        assert_eq!(found.len(), wanted.len(), "{encoding:?}");
        assert!(
            found
                .iter()
                .zip(&wanted)
                .all(|(t, wanted)| (t - wanted).abs() < 0.0015),
            "{encoding:?}: {found:?}"
        );
    }
}

#[test]
fn a_clip_is_filmed_once() {
    let scenario = Scenario {
        name: "overhead-squat-once",
        ..scenario("overhead-squat-photo").unwrap()
    };
    let scenario = Scenario {
        span: Some((0.0, 0.5)),
        ..scenario
    };
    let first = cached_clip(&scenario, Encoding::H264Baseline).unwrap();
    let filmed = std::fs::metadata(&first).unwrap().modified().unwrap();
    let second = cached_clip(&scenario, Encoding::H264Baseline).unwrap();
    assert_eq!(first, second);
    assert_eq!(std::fs::metadata(&second).unwrap().modified().unwrap(), filmed);
    let other = Scenario {
        heading: 5.0,
        ..scenario
    };
    assert_ne!(cached_clip(&other, Encoding::H264Baseline).unwrap(), first);
    assert!(!first.exists(), "the older clip of the same name is still there");
}
