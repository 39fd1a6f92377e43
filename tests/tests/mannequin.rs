//! Rendered people through the whole system: a video file over HTTP, decoded, tracked, gated and scored on the embedded
//! host, and held against what was rendered: one recording for each outcome of each test, every one when
//! `FLOW_EVERY_SCENARIO` is set. All of them are scored without a host for `docs/measurement.md`.

#![expect(
    clippy::expect_used,
    reason = "a test stops where something unexpected happens"
)]

use std::{
    fs,
    io::Read as _,
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use flate2::read::GzDecoder;
use flow_catalog::TestId;
use flow_landmarks::Clip;
use flow_mannequin::{
    COMES_OUT_WRONG, Encoding, Expect, Judged, Scenario, cached_clip, one_of_each_outcome, scenario,
};
use flow_measure::{
    Errors,
    angles::{self, COMPARED},
};
use flow_system_tests::{Client, Host, HostOptions};
use serde_json::{Value, json};

/// Videos that are scored at once: as many as the smallest machine has cores.
const AT_ONCE: usize = 2;

/// Largest mean absolute error of an angle, degrees.
const BAR_DEG: f64 = 5.0;

/// What the system said of one scenario.
struct Outcome {
    scenario: Scenario,
    attempt: Value,
    clip: Option<Clip>,
}

impl Outcome {
    fn judged(&self) -> Judged<'_> {
        Judged(&self.attempt["assessment"])
    }
}

/// The scenarios, scored once for all tests of this file.
static OUTCOMES: LazyLock<Vec<Outcome>> = LazyLock::new(|| {
    let host = Host::start(HostOptions::default());
    let next = AtomicUsize::new(0);
    let scenarios = one_of_each_outcome();
    let outcomes = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(scenario) = scenarios.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let attempt = score(&client(&host, scenario.name), scenario, Encoding::H264Baseline);
                    let clip = landmarks(&host, &attempt);
                    let outcome = Outcome {
                        scenario: *scenario,
                        attempt,
                        clip,
                    };
                    outcomes.lock().expect("the outcomes").push(outcome);
                }
            });
        }
    });
    outcomes.into_inner().expect("the outcomes")
});

/// Somebody whose tier has every test.
fn client(host: &Host, user: &str) -> Client {
    host.client(user).with("x-dev-tier", "pro-plus")
}

fn score(client: &Client, scenario: &Scenario, encoding: Encoding) -> Value {
    let path = cached_clip(scenario, encoding).expect("a clip");
    let video = fs::read(&path).expect("a clip");
    let webm = path.extension().is_some_and(|extension| extension == "webm");
    let content_type = if webm { "video/webm" } else { "video/mp4" };
    let wanted =
        json!({ "test": scenario.test.slug(), "contentType": content_type, "sizeBytes": video.len() });
    let created = client.post("/api/attempts", &wanted);
    assert_eq!(created.status, 201, "{}", created.json());
    let id = created.json()["id"].as_str().expect("an id").to_owned();
    let uploaded = client.upload(&id, &video);
    assert_eq!(uploaded.status, 200, "{}", uploaded.json());
    client.scored(&id).pop().expect("a result")["attempt"].take()
}

/// The landmarks that are kept of an attempt.
fn landmarks(host: &Host, attempt: &Value) -> Option<Clip> {
    let id = attempt["id"].as_str().expect("an id");
    let count: u32 = host.ask(&format!(
        "SELECT count(*) FROM landmarks WHERE attempt_id = '{id}'"
    ));
    if count == 0 {
        return None;
    }
    let packed: Vec<u8> = host.ask(&format!("SELECT clip FROM landmarks WHERE attempt_id = '{id}'"));
    let mut text = String::new();
    GzDecoder::new(packed.as_slice())
        .read_to_string(&mut text)
        .expect("compressed landmarks");
    Some(serde_json::from_str(&text).expect("landmarks"))
}

#[test]
fn scenarios_come_out_as_they_were_rendered_but_those_that_are_known_not_to() {
    let mistakes: Vec<String> = OUTCOMES
        .iter()
        .flat_map(|outcome| {
            let name = outcome.scenario.name;
            let mistakes = outcome.judged().mistakes(&outcome.scenario.expect);
            let known = COMES_OUT_WRONG.iter().any(|(wrong, _)| *wrong == name);
            match (known, mistakes.is_empty()) {
                (false, _) => mistakes,
                (true, false) => Vec::new(),
                (true, true) => vec!["comes out right: take it from COMES_OUT_WRONG".to_owned()],
            }
            .into_iter()
            .map(move |mistake| format!("{name}: {mistake}"))
        })
        .collect();
    println!("{} scenarios scored", OUTCOMES.len());
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn every_bucket_and_flag_is_reached_and_every_gate_refuses_something() {
    let mut reached: Vec<String> = Vec::new();
    for outcome in OUTCOMES.iter() {
        let test = outcome.scenario.test;
        if let Some(code) = outcome.judged().refusal() {
            reached.push(code.to_owned());
        } else {
            let bucket = outcome.judged().bucket();
            reached.extend(bucket.map(|bucket| format!("{test} {bucket}")));
            reached.extend(
                outcome
                    .judged()
                    .flags()
                    .into_iter()
                    .map(|(code, _)| format!("{test} {code}")),
            );
        }
    }
    let wanted = [
        "overhead-squat good",
        "overhead-squat compensation",
        "overhead-squat significant",
        "overhead-squat knee-valgus",
        "overhead-squat heel-lift",
        "overhead-squat trunk-lean",
        "overhead-squat shallow-depth",
        "overhead-squat arms-fall-forward",
        "single-leg-balance pass",
        "single-leg-balance limited",
        "single-leg-balance short-hold",
        "single-leg-balance side-gap",
        "single-leg-balance unsteady",
        "y-balance symmetric",
        "y-balance asymmetric",
        "y-balance reach-gap",
        "y-balance low-reach",
        "ankle-mobility pass",
        "ankle-mobility limited",
        "ankle-mobility significant",
        "ankle-mobility limited-range",
        "ankle-mobility side-gap",
        "ankle-mobility heel-lift",
        "lateral-lunge good",
        "lateral-lunge compensation",
        "lateral-lunge significant",
        "lateral-lunge shallow-depth",
        "lateral-lunge knee-valgus",
        "lateral-lunge trunk-lean",
        "lateral-lunge side-gap",
        "shoulder-flexion pass",
        "shoulder-flexion limited",
        "shoulder-flexion limited-range",
        "shoulder-flexion side-gap",
        "shoulder-flexion scapular-compensation",
        "plank pass",
        "plank limited",
        "plank short-hold",
        "plank hip-sag",
        "plank hip-pike",
        "INVALID_NO_PERSON",
        "NO_MOTION",
        "BAD_LIGHTING",
        "WRONG_ANGLE",
        "OUT_OF_FRAME",
        "OCCLUSION",
        "INCOMPLETE",
        "WRONG_MOVEMENT",
        "MULTIPLE_PEOPLE",
        "TOO_SHORT",
    ];
    let missing: Vec<_> = wanted
        .iter()
        .filter(|wanted| !reached.iter().any(|reached| reached == *wanted))
        .collect();
    assert!(missing.is_empty(), "never reached: {missing:?}");
}

#[test]
fn angles_are_within_five_degrees_of_the_truth_in_the_view_the_test_asks_for() {
    let mut errors = COMPARED.map(|_| Errors::default());
    for outcome in OUTCOMES
        .iter()
        .filter(|outcome| outcome.scenario.test == TestId::OverheadSquat)
    {
        if let (Expect::Scored { .. }, Some(clip)) = (outcome.scenario.expect, &outcome.clip) {
            let found = angles::errors(&outcome.scenario.truth(), clip);
            for (errors, found) in errors.iter_mut().zip(found) {
                errors.add_clip(&found.errors);
            }
        }
    }
    let mut over = Vec::new();
    for (compared, errors) in COMPARED.iter().zip(errors) {
        let (mean, frames) = (errors.mean_absolute(), errors.count());
        let (name, view) = (compared.name, compared.view.words());
        let line = format!("{name}, {view}: mean absolute error {mean:.1} degrees in {frames} frames");
        println!("{line}");
        if frames < 100 || mean > BAR_DEG || mean.is_nan() {
            over.push(line);
        }
    }
    assert!(over.is_empty(), "{over:?}");
}

#[test]
fn every_container_and_codec_gives_the_same_bucket() {
    let host = Host::start(HostOptions::default());
    let scenario = scenario("overhead-squat-front-only").expect("a scenario");
    for encoding in [
        Encoding::H264Baseline,
        Encoding::H264High,
        Encoding::H264Fragmented,
        Encoding::H264Rotated,
        Encoding::Hevc,
        Encoding::Vp8,
        Encoding::Vp9,
    ] {
        let attempt = score(&client(&host, encoding.name()), &scenario, encoding);
        let Expect::Scored { bucket, .. } = scenario.expect else {
            unreachable!("it is scored")
        };
        assert_eq!(
            attempt["assessment"]["result"]["bucket"], bucket,
            "{encoding:?}: {}",
            attempt["assessment"]["quality"]
        );
    }
}
