//! What an operator can do: sweep, see dead letters, replay them.

use flow_system_tests::{Client, Host, HostOptions, moving_pattern};
use serde_json::Value;

fn operator(host: &Host) -> Client {
    host.client("nobody").with("authorization", "Bearer t0ken")
}

fn sweep(host: &Host) -> Vec<Value> {
    let stream = operator(host).stream("/api/ops/sweep");
    assert_eq!(stream.status, 200);
    stream.collect()
}

#[test]
fn operators_addresses_need_the_token_and_do_not_exist_without_one() {
    let host = Host::start(HostOptions::default());
    let calls = [
        ("POST", "/api/ops/sweep"),
        ("GET", "/api/ops/audit"),
        ("GET", "/api/ops/migrations"),
        ("POST", "/api/ops/migrations/up"),
        ("POST", "/api/ops/migrations/down"),
        ("GET", "/api/ops/dead-letters"),
        ("POST", "/api/ops/dead-letters/x/replay"),
    ];
    for (method, path) in calls {
        for client in [
            host.client("ann"),
            host.client("ann").with("authorization", "Bearer wrong"),
        ] {
            let answer = client.call(method, path, &[]);
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (401, "operator-required"),
                "{path}"
            );
        }
    }
    let host = Host::start(HostOptions::default().with("operator_token", ""));
    for (method, path) in calls {
        for token in ["Bearer ", "Bearer t0ken"] {
            let answer = host
                .client("ann")
                .with("authorization", token)
                .call(method, path, &[]);
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (404, "not-found"),
                "{path}"
            );
        }
    }
}

#[test]
fn a_sweep_scores_what_nobody_asked_for() {
    let host = Host::start(HostOptions::default().with("lease_seconds", "1"));
    let ann = host.client("ann");
    let id = ann.submit(&moving_pattern(2, 0));
    std::thread::sleep(std::time::Duration::from_secs(1));
    let events = sweep(&host);
    let scored = events
        .iter()
        .find(|event| event["type"] == "scored")
        .expect("something to score");
    assert_eq!(
        (&scored["attemptId"], &scored["state"]),
        (&id.as_str().into(), &"invalid".into())
    );
    assert_eq!(events.last().unwrap()["scored"], 1);
    assert_eq!(host.stored_videos(), [""; 0]);
    assert_eq!(sweep(&host).last().unwrap()["scored"], 0);
}

#[test]
fn after_three_retries_an_attempt_fails_onto_the_dead_letter_list_and_can_be_replayed() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let video = moving_pattern(2, 0);
    let id = ann.submit(&video);
    host.damage_videos();
    let events = ann.scored(&id);
    let kinds: Vec<&str> = events.iter().filter_map(|event| event["type"].as_str()).collect();
    assert_eq!(kinds, ["retrying", "retrying", "retrying", "result"]);
    let attempt = &events[3]["attempt"];
    assert_eq!(
        (&attempt["state"], &attempt["status"]),
        (&"failed".into(), &"FAILED".into())
    );
    assert!(
        attempt["feedback"].as_str().unwrap().contains("fault of ours"),
        "{attempt}"
    );
    assert_eq!(
        host.stored_videos(),
        [""; 0],
        "raw video is deleted in every final state"
    );

    let letters = operator(&host).get("/api/ops/dead-letters").json();
    let letter = &letters["items"][0];
    assert_eq!(
        (&letter["attemptId"], &letter["runs"]),
        (&id.as_str().into(), &4.into()),
        "{letters}"
    );
    let replay = letter["replayUrl"].as_str().unwrap().to_owned();
    let replayed = operator(&host).call("POST", &replay, &[]);
    assert_eq!(
        (replayed.status, &replayed.json()["outcome"]),
        (200, &"needs-video".into()),
        "{}",
        replayed.json()
    );
    assert_eq!(
        operator(&host).call("POST", &replay, &[]).problem(),
        "already-replayed"
    );
    assert_eq!(ann.upload(&id, &video).status, 200);
    assert_eq!(ann.scored(&id).last().unwrap()["attempt"]["state"], "invalid");
}

#[test]
fn where_videos_of_failed_attempts_are_kept_a_replay_scores_them() {
    let host = Host::start(
        HostOptions::default()
            .with("dead_letter_video_hours", "24")
            .with("lease_seconds", "1"),
    );
    let ann = host.client("ann");
    let id = ann.submit(&moving_pattern(2, 0));
    let whole = host.take_videos();
    assert_eq!(ann.scored(&id).last().unwrap()["attempt"]["state"], "failed");
    sweep(&host);
    host.put_videos(&whole);
    let letters = operator(&host).get("/api/ops/dead-letters").json();
    let replay = letters["items"][0]["replayUrl"].as_str().unwrap().to_owned();
    let replayed = operator(&host).call("POST", &replay, &[]);
    assert_eq!(replayed.json()["outcome"], "waiting", "{}", replayed.json());
    assert_eq!(ann.scored(&id).last().unwrap()["attempt"]["state"], "invalid");
    assert_eq!(host.stored_videos(), [""; 0]);
}

#[test]
fn the_audit_log_tells_what_happened_newest_first_and_page_by_page() {
    let host = Host::start(HostOptions::default());
    let mut attempts = Vec::new();
    for (number, user) in [(1, "ann"), (2, "ben"), (3, "ann")] {
        let client = host.client(user);
        let id = client.submit(&moving_pattern(2, number));
        client.scored(&id);
        attempts.push(id);
    }
    let read = |query: &str| operator(&host).get(&format!("/api/ops/audit{query}"));
    let references = |answer: &flow_system_tests::Answer| -> Vec<String> {
        assert_eq!(answer.status, 200, "{}", answer.json());
        let items = answer.json()["items"].as_array().expect("items").clone();
        let reference = |item: Value| item["reference"].as_str().expect("an attempt").to_owned();
        items.into_iter().map(reference).collect()
    };
    let all = read("");
    assert_eq!(references(&all), [&*attempts[2], &attempts[1], &attempts[0]]);
    let newest = &all.json()["items"][0];
    assert_eq!(newest["event"], "assessment.measurement_failed");
    assert_eq!(newest["subject"], "ann");
    assert_eq!(newest["detail"]["status"], "INVALID");
    assert!(
        newest["at"].as_str().is_some_and(|at| at.ends_with('Z')),
        "{newest}"
    );

    assert_eq!(
        references(&read("?subject=ann&event=")),
        [&*attempts[2], &attempts[0]]
    );
    assert_eq!(references(&read("?event=assessment.completed")), [""; 0]);
    let first = read("?limit=2");
    assert_eq!(references(&first), [&*attempts[2], &attempts[1]]);
    let cursor = first.json()["nextCursor"].as_str().expect("a cursor").to_owned();
    let second = read(&format!("?limit=2&cursor={cursor}"));
    assert_eq!(references(&second), [&*attempts[0]]);
    assert!(second.json()["nextCursor"].is_null(), "{}", second.json());
    for query in ["?cursor=newest", "?cursor=-1", "?limit=0"] {
        assert_eq!(read(query).problem(), "invalid-value", "{query}");
    }
}

/// The checks of health where nothing is sold.
fn checks(database: &str) -> Value {
    serde_json::json!({
        "database": database,
        "migrations": "ok",
        "keyValueStore": "ok",
        "models": "ok",
        "inference": "ok",
        "accounts": "ok",
        "stripe": "not-configured",
    })
}

#[test]
fn health_names_what_the_product_stands_on() {
    let host = Host::start(HostOptions::default());
    let answer = host.client("ann").get("/health");
    let health = answer.json();
    assert_eq!(
        (answer.status, &health["status"]),
        (200, &"ok".into()),
        "{health}"
    );
    assert_eq!(health["checks"], checks("ok"));
    assert_eq!(health["environment"], "development");
    assert!(
        health["timestamp"]
            .as_str()
            .is_some_and(|time| time.ends_with('Z')),
        "{health}"
    );
}

#[test]
fn health_says_where_inference_cannot_be_checked_and_how_stripe_is_set_up() {
    let keys = ("stripe_secret_key", "stripe_webhook_secret");
    for (options, name, verdict, status) in [
        (
            HostOptions::default().with("scoring_service", "nobody.invalid"),
            "inference",
            "not-checked",
            200,
        ),
        (
            HostOptions::default()
                .with(keys.0, "sk_test_s3cret")
                .with(keys.1, "whsec_s3cret"),
            "stripe",
            "ok",
            200,
        ),
        (
            HostOptions::default().with(keys.0, "sk_test_s3cret"),
            "stripe",
            "failing",
            503,
        ),
    ] {
        let host = Host::start(options);
        let answer = host.client("ann").get("/health");
        let health = answer.json();
        assert_eq!(
            (answer.status, &health["checks"][name]),
            (status, &verdict.into()),
            "{health}"
        );
        let failing = host.logged("a check of health fails");
        assert_eq!(failing.len(), usize::from(status == 503), "{failing:?}");
        assert!(!host.log().contains("s3cret"), "{}", host.log());
    }
}

#[test]
fn a_database_that_fails_is_told_and_when_it_is_back_all_is_well() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let video = moving_pattern(2, 0);
    host.change("ALTER TABLE attempts RENAME TO elsewhere");
    let health = ann.get("/health");
    assert_eq!(health.status, 503);
    assert_eq!(health.json()["checks"], checks("failing"));
    let refused = ann.create(&video);
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (503, "storage-unavailable"),
        "{}",
        refused.json()
    );
    host.change("ALTER TABLE elsewhere RENAME TO attempts");
    assert_eq!(ann.get("/health").status, 200);
    assert_eq!(ann.create(&video).status, 201);
}
