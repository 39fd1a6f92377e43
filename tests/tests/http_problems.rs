//! Every bad input is answered with a problem document that says what to do.

use std::collections::BTreeMap;

use flow_system_tests::{Answer, Host, HostOptions, moving_pattern};
use serde_json::{Value, json};

/// Collects the problems under names, and checks what all of them have in common.
#[derive(Default)]
struct Problems(BTreeMap<&'static str, Value>);

impl Problems {
    fn add(&mut self, name: &'static str, answer: &Answer) {
        let document = answer.json();
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{name}: {document}"
        );
        assert_eq!(document["status"], answer.status, "{name}");
        assert_eq!(document["requestId"], answer.header("x-request-id"), "{name}");
        assert!(
            answer
                .header("content-security-policy")
                .contains("default-src 'none'"),
            "{name}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{name}");
        self.0.insert(name, document);
    }
}

#[test]
fn bad_requests_for_an_attempt_are_answered_with_what_to_do() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let wanted = |test: &str, content_type: &str, size: Value| {
        ann.post(
            "/api/attempts",
            &json!({ "test": test, "contentType": content_type, "sizeBytes": size }),
        )
    };
    let mut problems = Problems::default();
    problems.add(
        "no JSON",
        &ann.clone()
            .with("content-type", "application/json")
            .call("POST", "/api/attempts", b"{"),
    );
    problems.add(
        "JSON of another form",
        &ann.post("/api/attempts", &json!({ "test": 4 })),
    );
    problems.add(
        "not declared as JSON",
        &ann.clone()
            .with("content-type", "text/plain")
            .call("POST", "/api/attempts", b"{}"),
    );
    problems.add("unknown test", &wanted("moonwalk", "video/mp4", json!(1000)));
    problems.add(
        "test of a dearer tier",
        &wanted("plank", "video/mp4", json!(1000)),
    );
    problems.add(
        "no video type",
        &wanted("overhead-squat", "image/png", json!(1000)),
    );
    problems.add("empty", &wanted("overhead-squat", "video/mp4", json!(0)));
    problems.add(
        "too large",
        &wanted("overhead-squat", "video/mp4", json!(50_000_001)),
    );
    problems.add("negative size", &wanted("overhead-squat", "video/mp4", json!(-1)));
    let hash = json!({ "test": "y-balance", "contentType": "video/mp4", "sizeBytes": 1, "sha256": "abc" });
    problems.add("no hash", &ann.post("/api/attempts", &hash));
    problems.add(
        "long idempotency key",
        &ann.clone().with("idempotency-key", &"k".repeat(256)).create(&[0]),
    );
    problems.add(
        "long body",
        &ann.post("/api/attempts", &json!({ "test": "x".repeat(20_000) })),
    );
    problems.add("method", &ann.call("DELETE", "/api/attempts", &[]));
    problems.add("bad limit", &ann.get("/api/attempts?limit=1000"));
    problems.add("bad cursor", &ann.get("/api/attempts?cursor=x"));
    problems.add(
        "bad tier",
        &ann.clone().with("x-dev-tier", "gold").get("/api/attempts"),
    );
    insta::assert_json_snapshot!(problems.0, { ".*.requestId" => "[id]" });
}

#[test]
fn bad_videos_are_answered_with_what_to_do_and_leave_nothing() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let video = moving_pattern(2, 0);
    let attempt = |size: usize| {
        ann.create(&vec![0; size]).json()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let mut problems = Problems::default();

    let id = attempt(video.len());
    let path = format!("/api/attempts/{id}/video");
    problems.add(
        "wrong media type",
        &ann.clone()
            .with("content-type", "text/html")
            .call("PUT", &path, &video),
    );
    problems.add(
        "shorter than declared",
        &ann.upload(&id, &video[..video.len() - 1]),
    );
    problems.add(
        "longer than declared",
        &ann.upload(&id, &[video.as_slice(), &[0]].concat()),
    );
    problems.add("empty", &ann.upload(&id, &[]));
    problems.add(
        "larger than any video may be",
        &ann.upload(&id, &vec![0; 50_000_001]),
    );
    let text = b"This is no video, but a text that goes on for long enough to be looked at.".repeat(1000);
    let text_id = attempt(text.len());
    problems.add("no video", &ann.upload(&text_id, &text));
    problems.add("short and no video", &ann.upload(&attempt(3), b"abc"));

    let hash = json!({
        "test": "overhead-squat", "contentType": "video/mp4", "sizeBytes": video.len(), "sha256": "0".repeat(64),
    });
    let hashed = ann.post("/api/attempts", &hash).json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    problems.add("another hash", &ann.upload(&hashed, &video));
    problems.add(
        "score without video",
        &ann.call("POST", &format!("/api/attempts/{id}/score"), &[]),
    );
    problems.add("method", &ann.call("POST", &path, &video));
    insta::assert_json_snapshot!(problems.0, {
        ".*.requestId" => "[id]",
        ".*.declaredBytes" => "[size]", ".*.receivedBytes" => "[size]", ".*.limitBytes" => "[size]",
        ".*.detail" => insta::dynamic_redaction(|value, _| {
            let detail = value.as_str().unwrap_or_default();
            // Ids and sizes differ from run to run and from one ffmpeg to the next.
            detail.split(' ').map(|word| {
                if word.starts_with("/api/attempts/") { "[path]" }
                else if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) { "[number]" }
                else { word }
            }).collect::<Vec<_>>().join(" ")
        }),
    });

    assert_eq!(host.stored_videos(), [""; 0], "nothing of them is kept");
    assert_eq!(host.ask::<i64>("SELECT count(*) FROM video_uploads"), 0);
    assert_eq!(
        ann.upload(&id, &video).status,
        200,
        "the attempt still waits for its video"
    );
}

#[test]
fn unknown_addresses_are_not_found() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let unknown = "0193e7b0-1c5a-7000-8000-0123456789ab";
    for path in [
        "/api/attempts/1".to_owned(),
        format!("/api/attempts/{unknown}"),
        format!("/api/attempts/{unknown}/key-frames/1.svg"),
        format!("/api/attempts/{unknown}/nothing"),
        "/api/attempts/".to_owned(),
        "/api/nothing".to_owned(),
        "/api".to_owned(),
        "/internal/sweep".to_owned(),
        "/internal/part".to_owned(),
        "/nothing.html".to_owned(),
    ] {
        let answer = ann.get(&path);
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (404, "not-found"),
            "{path}"
        );
    }
    let score = ann.call("POST", &format!("/api/attempts/{unknown}/score"), &[]);
    assert_eq!(score.problem(), "not-found");
    assert_eq!(ann.upload(unknown, &[0]).problem(), "not-found");
    for path in ["/internal/sweep", "/internal/part"] {
        let private = ann.call("POST", path, &[]);
        assert!(
            [404, 405].contains(&private.status),
            "{path} is not reached from outside: {}",
            private.status
        );
    }
}

#[test]
fn a_request_id_is_given_back() {
    let host = Host::start(HostOptions::default());
    let answer = host
        .client("ann")
        .with("x-request-id", "trace-0001")
        .get("/api/nothing");
    assert_eq!(answer.header("x-request-id"), "trace-0001");
    assert_eq!(answer.json()["requestId"], "trace-0001");
}
