//! An attempt over HTTP: made, uploaded, scored, read; once for a key and once for a video.

use flow_system_tests::{Client, Host, HostOptions, moving_pattern, person};
use serde_json::{Value, json};

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn a_video_is_uploaded_scored_with_progress_and_read_again_and_is_gone() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let video = person("overhead-squat-good");

    let created = ann.create(&video);
    assert_eq!(created.status, 201, "{}", created.json());
    let attempt = created.json();
    let path = format!("/api/attempts/{}", text(&attempt["id"]));
    assert_eq!(created.header("location"), path);
    assert_eq!(attempt["uploadUrl"], format!("{path}/video"));
    assert_eq!(attempt["state"], "created");

    let id = text(&attempt["id"]).to_owned();
    let uploaded = ann.upload(&id, &video);
    assert_eq!(
        (uploaded.status, text(&uploaded.json()["state"])),
        (200, "uploaded"),
        "{}",
        uploaded.json()
    );
    assert_eq!(uploaded.json()["container"], "video/mp4");
    assert_eq!(host.stored_videos().len(), video.len().div_ceil(1 << 20));

    let events = ann.scored(&id);
    let progress: Vec<u64> = events.iter().filter_map(|event| event["done"].as_u64()).collect();
    assert!(progress.len() > 10 && progress.is_sorted(), "{progress:?}");
    let result = &events[events.len() - 1]["attempt"];
    assert_eq!(
        (text(&result["state"]), text(&result["status"])),
        ("valid", "VALID"),
        "{result}"
    );
    assert_eq!(result["assessment"]["result"]["bucket"], "good", "{result}");

    let read = ann.get(&path);
    assert_eq!((read.status, &read.json()), (200, result));
    for name in ["qualityScore", "confidenceAvg", "motionVariance"] {
        assert!(
            result[name].as_f64().is_some_and(|value| value > 0.0),
            "{name} in {result}"
        );
    }
    assert!(!text(&result["feedback"]).is_empty());
    let listed = &ann.get("/api/attempts").json()["items"][0];
    assert_eq!(listed["outcome"]["bucket"], "good", "{listed}");
    assert_eq!(
        listed["outcome"]["confidence"], result["assessment"]["result"]["confidence"],
        "{listed}"
    );
    assert!(listed["assessment"].is_null(), "{listed}");

    let frames = result["keyFrames"].as_array().unwrap();
    assert!(!frames.is_empty());
    let drawing = ann.get(text(&frames[0]["url"]));
    assert_eq!(
        (drawing.status, drawing.header("content-type")),
        (200, "image/svg+xml")
    );
    assert!(drawing.bytes.starts_with(b"<svg"));
    assert_eq!(
        ann.get(&format!("{path}/key-frames/999.svg")).problem(),
        "not-found"
    );

    assert_eq!(host.stored_videos(), [""; 0], "the raw video is deleted");
    assert_eq!(
        host.ask::<i64>("SELECT count(*) FROM landmarks WHERE length(clip) > 1000"),
        1
    );
    assert_eq!(
        host.ask::<String>("SELECT event FROM audit_log"),
        "assessment.completed"
    );
    assert_eq!(
        ann.scored(&id).len(),
        1,
        "scoring again gives the stored result at once"
    );
}

#[test]
fn a_video_without_a_person_is_refused_with_its_reason_and_an_audit_event() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let id = ann.submit(&moving_pattern(3, 0));
    let events = ann.scored(&id);
    let attempt = &events[events.len() - 1]["attempt"];
    assert_eq!(
        (text(&attempt["state"]), text(&attempt["status"])),
        ("invalid", "INVALID"),
        "{attempt}"
    );
    assert_eq!(
        attempt["assessment"]["quality"]["checks"][0]["code"], "INVALID_NO_PERSON",
        "{attempt}"
    );
    assert!(!text(&attempt["feedback"]).is_empty());
    assert_eq!(host.stored_videos(), [""; 0]);
    let detail: String =
        host.ask("SELECT detail FROM audit_log WHERE event = 'assessment.measurement_failed'");
    assert!(detail.contains("INVALID_NO_PERSON"), "{detail}");
}

#[test]
fn a_damaged_video_is_refused_in_words_and_is_gone() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let mut video = moving_pattern(2, 0);
    let half = video.len() / 2;
    video[64..half].fill(0x5a);
    let id = ann.submit(&video);
    let events = ann.scored(&id);
    let attempt = &events[events.len() - 1]["attempt"];
    assert_eq!(attempt["state"], "invalid", "{attempt}");
    assert!(
        text(&attempt["feedback"]).contains("cannot be scored"),
        "{attempt}"
    );
    assert_eq!(host.stored_videos(), [""; 0]);
}

#[test]
fn an_idempotency_key_makes_one_attempt() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann").with("idempotency-key", "7f2c");
    let video = moving_pattern(2, 0);
    let first = ann.create(&video);
    let second = ann.create(&video);
    assert_eq!((first.status, second.status), (201, 200));
    assert_eq!(first.json()["id"], second.json()["id"]);
    let other = ann.create(&video[1..]);
    assert_eq!(
        (other.status, other.problem().as_str()),
        (422, "idempotency-key-reused")
    );
    let bob = host.client("bob").with("idempotency-key", "7f2c").create(&video);
    assert_eq!(bob.status, 201, "keys belong to their users");
}

#[test]
fn the_same_video_again_is_the_same_attempt_and_scored_once() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let video = moving_pattern(2, 0);
    let id = ann.submit(&video);

    // Known from its hash before it is sent.
    let sha256: String = host.ask("SELECT sha256 FROM attempts");
    let wanted = json!({
        "test": "overhead-squat", "contentType": "video/mp4", "sizeBytes": video.len(), "sha256": sha256,
    });
    let known = ann.post("/api/attempts", &wanted);
    assert_eq!((known.status, text(&known.json()["id"])), (200, id.as_str()));

    // Known once it is sent: both ids lead to the first attempt from then on.
    let second = text(&ann.create(&video).json()["id"]).to_owned();
    let sent = ann.upload(&second, &video);
    assert_eq!(
        (sent.status, text(&sent.json()["id"])),
        (200, id.as_str()),
        "{}",
        sent.json()
    );
    assert_eq!(sent.header("content-location"), format!("/api/attempts/{id}"));
    assert_eq!(host.stored_videos().len(), 1);
    ann.scored(&id);
    assert_eq!(ann.scored(&second).len(), 1);
    assert_eq!(
        ann.get(&format!("/api/attempts/{second}")).json()["id"],
        id.as_str()
    );
    assert_eq!(host.ask::<i64>("SELECT sum(runs) FROM attempts"), 1);

    // Another user's video is another attempt.
    host.client("bob").submit(&video);
}

#[test]
fn a_video_sent_twice_is_accepted_and_another_one_for_the_same_attempt_is_not() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let (video, other) = (moving_pattern(2, 0), moving_pattern(2, 90));
    let id = ann.submit(&video);
    assert_eq!(
        ann.upload(&id, &video).status,
        200,
        "the answer to the first may have been lost"
    );
    assert_eq!(ann.upload(&id, &other).problem(), "has-video");
    assert_eq!(host.stored_videos().len(), 1);
}

#[test]
fn a_large_video_is_kept_in_chunks_of_one_mebibyte() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    // A real video with a long box that players skip, to the largest size allowed.
    let mut video = moving_pattern(2, 0);
    let padding = u32::try_from(50_000_000 - video.len()).unwrap();
    video.extend(padding.to_be_bytes());
    video.extend(b"free");
    video.resize(50_000_000, 0);
    let id = ann.submit(&video);
    assert_eq!(host.stored_videos().len(), 48);
    assert_eq!(ann.scored(&id).last().unwrap()["attempt"]["state"], "invalid");
    assert_eq!(host.stored_videos(), [""; 0]);
}

#[test]
fn a_list_shows_a_users_own_attempts_page_by_page() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let mut made: Vec<String> = (1..=5)
        .map(|size| text(&ann.create(&vec![0; size]).json()["id"]).to_owned())
        .collect();
    made.reverse();
    let _other = host.client("bob").create(&[0]);
    let (mut seen, mut path) = (Vec::new(), "/api/attempts?limit=2".to_owned());
    loop {
        let page = ann.get(&path).json();
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| text(&item["id"]).to_owned()),
        );
        match page["nextCursor"].as_str() {
            Some(cursor) => path = format!("/api/attempts?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen, made);
}

#[test]
fn nobody_reaches_the_attempt_of_another_user() {
    let host = Host::start(HostOptions::default());
    let video = moving_pattern(2, 0);
    let id = host.client("ann").submit(&video);
    let eve: Client = host.client("eve");
    let path = format!("/api/attempts/{id}");
    for answer in [
        eve.get(&path),
        eve.get(&format!("{path}/key-frames/1.svg")),
        eve.upload(&id, &video),
        eve.call("POST", &format!("{path}/score"), &[]),
    ] {
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not-found"));
    }
}
