//! A long video is scored in parts by several instances, and whoever helps, the same comes out.

use flow_system_tests::{Host, HostOptions, person};
use serde_json::Value;

/// 44 seconds with key frames at 0, 16.7 and 33.3: three parts.
const LONG: &str = "single-leg-balance-pass";

/// What came out of one video: the assessment, all landmarks, and how the host logged the run.
struct Outcome {
    assessment: Value,
    landmarks: String,
    log: String,
}

fn score(options: HostOptions, video: &[u8]) -> Outcome {
    let host = Host::start(options);
    let ann = host.client("ann");
    let id = ann.submit_for("single-leg-balance", video);
    let events = ann.scored(&id);
    let progress: Vec<u64> = events.iter().filter_map(|event| event["done"].as_u64()).collect();
    assert!(progress.len() > 10 && progress.is_sorted(), "{progress:?}");
    let totals: Vec<u64> = events
        .iter()
        .filter_map(|event| event["total"].as_u64())
        .collect();
    assert!(totals.iter().all(|total| *total == totals[0]), "{totals:?}");
    let attempt = &events[events.len() - 1]["attempt"];
    assert_eq!(attempt["state"], "valid", "{attempt}");
    Outcome {
        assessment: attempt["assessment"].clone(),
        landmarks: host.ask("SELECT hex(clip) FROM landmarks"),
        log: host.log(),
    }
}

#[test]
fn helpers_change_nothing_but_the_time() {
    let video = person(LONG);
    let with_helpers = score(HostOptions::default(), &video);
    assert!(with_helpers.log.contains("\"helpers\":2"), "{}", with_helpers.log);
    assert!(
        !with_helpers.log.contains("a helper did not"),
        "{}",
        with_helpers.log
    );
    for (name, value, logged) in [
        ("instances_per_video", "1", "\"helpers\":0"),
        // One slot: nobody is free to help.
        ("max_concurrent_scores", "1", "\"helpers\":0"),
        // A host that has no service chaining.
        ("scoring_service", "nobody.invalid", "a helper did not"),
    ] {
        let without = score(HostOptions::default().with(name, value), &video);
        assert!(without.log.contains(logged), "{name}: {}", without.log);
        assert_eq!(without.assessment, with_helpers.assessment, "{name}");
        assert_eq!(without.landmarks, with_helpers.landmarks, "{name}");
    }
}

#[test]
fn damage_in_a_part_of_a_helper_is_told_as_damage() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let mut video = person(LONG);
    // In the last of three parts.
    let (place, damaged) = (video.len() / 10 * 9, video.len() / 50);
    video[place..place + damaged].fill(0x5a);
    let id = ann.submit_for("single-leg-balance", &video);
    let events = ann.scored(&id);
    let attempt = &events[events.len() - 1]["attempt"];
    let feedback = attempt["feedback"].as_str().unwrap_or_default();
    assert!(feedback.contains("is damaged"), "{feedback}");
    let outcome = (attempt["state"].as_str(), attempt["runs"].as_u64());
    assert_eq!(outcome, (Some("invalid"), Some(1)), "it is no fault of ours");
}
