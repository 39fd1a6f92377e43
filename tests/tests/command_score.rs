//! `flow score` on rendered people: the printed result, the problem areas and what they rest on, the skeletons.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use std::process::Output;

use flow_mannequin::{Encoding, cached_clip, scenario};
use flow_system_tests::flow_command;

fn score(name: &str, arguments: &[&str]) -> Output {
    let scenario = scenario(name).expect("a scenario");
    let clip = cached_clip(&scenario, Encoding::H264Baseline).expect("a clip");
    flow_command()
        .args(["score", "--test", scenario.test.slug()])
        .args(arguments)
        .arg(clip)
        .output()
        .expect("flow runs")
}

#[test]
fn explain_names_the_problem_area_the_finding_and_what_would_tell_its_cause() {
    let folder = tempfile::tempdir().expect("a folder");
    let svg = folder.path().to_str().expect("a path");
    let output = score("overhead-squat-valgus-right", &["--explain", "--svg", svg]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{output:?}");
    for expected in [
        "Result: You squat with a compensation",
        "Problem areas, from Overhead Squat:",
        "P2 Knees move inward (right)",
        "because Overhead Squat found knee-valgus, right",
        "may follow from Ankle mobility: not tested; Ankle Mobility would tell",
        "may follow from Hip abduction control: not tested; Glute Bridge or Clamshell would tell",
    ] {
        assert!(text.contains(expected), "{expected} is missing in:\n{text}");
    }
    let drawings = std::fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(drawings, text.matches("wrote ").count());
    assert!(drawings >= 2, "a squat is drawn from the front and from the side");
}

#[test]
fn explain_says_what_is_typical_and_a_report_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.html");
    let path = file.to_str().expect("a path");
    let output = score(
        "ankle-mobility-right-significant",
        &["--explain", "--report", path],
    );
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{output:?}");
    for expected in [
        "Pose accuracy ",
        "What is typical\n  confidence ",
        "Shin lean (key measure): right, ",
        "typical from 38° (dead band 5°), published: ",
        "each repetition: ",
        "P1 Ankle mobility (right)",
        "wrote ",
    ] {
        assert!(text.contains(expected), "{expected} is missing in:\n{text}");
    }
    let html = std::fs::read_to_string(file).expect("the report");
    for expected in ["Movement report", "Ankle mobility", "<svg", "First measurement"] {
        assert!(html.contains(expected), "{expected} is missing");
    }
}

#[test]
fn a_refused_clip_has_no_problem_areas_and_is_told_by_its_exit() {
    let output = score("lateral-lunge-squats", &["--explain"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(
        text.contains("WRONG_MOVEMENT: We did not see lunges to the side.")
            && text.contains("No problem areas: no test has a result."),
        "{text}"
    );
}
