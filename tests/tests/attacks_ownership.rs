//! Attacks on what belongs to others: every address with an id, asked by another member, by nobody and by no operator. The
//! answers are those for ids that do not exist, and nothing changes.
#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

use std::collections::BTreeSet;

use flow_api::{Access, operations};
use flow_system_tests::{
    Answer, Client, Host, Stored,
    accounts::{SignedIn, visitor},
    attacks::{
        Route, attempt_routes, comparable, everybody_pays, in_production, operator_routes, own_routes,
        settled,
    },
    moving_pattern, person,
};
use serde_json::{Value, json};

const NOTHING: &str = "0193e7b0-1c5a-7000-8000-0123456789ab";

/// Asks for what is Ann's and for what does not exist, and sees no difference.
fn assert_no_difference(client: &Client, theirs: &Route, nothing: &Route) -> Answer {
    let answer = theirs.call(client);
    assert_eq!(
        comparable(&answer),
        comparable(&nothing.call(client)),
        "{}",
        theirs.name()
    );
    answer
}

fn assert_problem(answer: &Answer, status: u16, problem: &str, case: &str) {
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (status, problem),
        "{case}"
    );
}

/// Ann's attempts: scored, waiting to be scored, waiting for its video; and that video.
struct Attempts {
    scored: String,
    uploaded: String,
    created: String,
    video: Vec<u8>,
}

fn attempts(ann: &SignedIn) -> Attempts {
    let scored = ann.client.submit(&person("overhead-squat-valgus-right"));
    let result = ann.client.scored(&scored).pop().unwrap_or_default();
    assert_eq!(result["attempt"]["state"], "valid", "{result}");
    let video = moving_pattern(2, 40);
    let created = ann.client.create(&video).json()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    Attempts {
        scored,
        uploaded: ann.client.submit(&moving_pattern(2, 0)),
        created,
        video,
    }
}

fn id(value: &Value) -> &str {
    value["id"].as_str().expect("an id")
}

/// The interface's own list decides what there is to attack.
#[test]
fn every_operation_of_somebody_and_of_operators_is_among_the_attacks() {
    // What a key frame's number is called does not matter here.
    let frameless = |route: &str| {
        let frames = "/key-frames/";
        match route.split_once(frames) {
            Some((attempt, _)) => format!("{attempt}{frames}"),
            None => route.to_owned(),
        }
    };
    let named = |access: fn(Access) -> bool| -> BTreeSet<String> {
        operations()
            .filter(|operation| access(operation.access))
            .map(|operation| frameless(&format!("{} {}", operation.method.name(), operation.path)))
            .collect()
    };
    let attacked = |routes: &[Route]| -> BTreeSet<String> {
        routes.iter().map(|route| frameless(&route.name())).collect()
    };
    let mut own = own_routes();
    own.extend(attempt_routes("{id}", &[]));
    own.push(Route::new("DELETE", "/api/auth/sessions/{id}"));
    assert_eq!(attacked(&own), named(Access::is_account));
    assert_eq!(
        attacked(&operator_routes("{id}")),
        named(|access| access == Access::Operator)
    );
}

#[test]
fn what_belongs_to_a_member_does_not_exist_for_anybody_else() {
    let host = Host::start(in_production());
    let ann = settled(&host, "ann@example.org");
    let eve = settled(&host, "eve@example.org");
    everybody_pays(&host);
    let attempts = attempts(&ann);
    let sessions = ann.client.get("/api/auth/sessions").json();
    let session = id(&sessions["items"][0]).to_owned();

    let before = Stored::in_host(&host);
    let stranger = visitor(&host);
    let nothing = attempt_routes(NOTHING, &attempts.video);
    for attempt in [&attempts.scored, &attempts.uploaded, &attempts.created] {
        for (theirs, nothing) in attempt_routes(attempt, &attempts.video).iter().zip(&nothing) {
            let answer = assert_no_difference(&eve.client, theirs, nothing);
            assert_problem(&answer, 404, "not-found", &theirs.name());
            let answer = assert_no_difference(&stranger, theirs, nothing);
            assert_problem(&answer, 401, "sign-in-required", &theirs.name());
        }
        for method in ["HEAD", "DELETE", "PATCH", "PUT", "POST"] {
            for rest in ["", "/details", "/key-frames/1.svg", "/landmarks"] {
                let asked = |id: &str| {
                    let route = Route::new(method, format!("/api/attempts/{id}{rest}"));
                    if method == "HEAD" {
                        route
                    } else {
                        route.with(&json!({}))
                    }
                };
                let answer = assert_no_difference(&eve.client, &asked(attempt), &asked(NOTHING));
                assert!(
                    [404, 405].contains(&answer.status),
                    "{method} {rest}: {}",
                    answer.status
                );
            }
        }
    }
    let end = |id: &str| Route::new("DELETE", format!("/api/auth/sessions/{id}"));
    let answer = assert_no_difference(&eve.client, &end(&session), &end(NOTHING));
    assert_eq!((answer.status, answer.problem().as_str()), (404, "not-found"));
    assert_eq!(
        assert_no_difference(&stranger, &end(&session), &end(NOTHING)).problem(),
        "sign-in-required"
    );
    for route in own_routes() {
        let answer = route.call(&stranger);
        assert_problem(&answer, 401, "sign-in-required", &route.name());
    }
    // Lists begin where they are told to, and have what is one's own.
    for id in [&attempts.scored, &attempts.created] {
        let list = eve.client.get(&format!("/api/attempts?cursor={id}"));
        assert_eq!((list.status, &list.json()["items"]), (200, &json!([])), "{id}");
    }
    let anns = [
        ann.account["id"].as_str().expect("an id"),
        "ann@example.org",
        &attempts.scored,
        &session,
    ];
    for route in own_routes().iter().filter(|route| route.method == "GET") {
        let shown = String::from_utf8_lossy(&route.call(&eve.client).bytes).into_owned();
        assert!(
            anns.iter().all(|text| !shown.contains(text)),
            "{}: {shown}",
            route.name()
        );
    }
    before.assert_unchanged(&host, "asking for what is somebody else's");

    for route in &attempt_routes(&attempts.scored, &[])[..3] {
        assert_eq!(
            route.call(&ann.client).status,
            200,
            "{}: for Ann it is there",
            route.name()
        );
    }
    let waiting = &attempt_routes(&attempts.created, &attempts.video)[3];
    assert_eq!(
        waiting.call(&ann.client).status,
        200,
        "the video that Eve sent would have been the right one"
    );
    assert_eq!(end(&session).call(&ann.client).status, 204);
    let changes = before.changes(&host);
    let seen = |table: &str| changes.iter().any(|line| line.contains(table));
    assert!(
        seen("attempts") && seen("sessions") && seen("spin_key_value"),
        "what Ann does is seen: {changes:?}"
    );
}

#[test]
fn who_has_a_video_of_somebody_else_learns_nothing_of_them_with_it() {
    let host = Host::start(in_production());
    let (ann, eve) = (
        settled(&host, "ann@example.org"),
        settled(&host, "eve@example.org"),
    );
    let video = moving_pattern(2, 0);
    let attempt = ann.client.submit(&video);
    let sha256: String = host.ask("SELECT sha256 FROM attempts");
    let wanted = json!({
        "test": "overhead-squat", "contentType": "video/mp4", "sizeBytes": video.len(), "sha256": sha256,
    });
    let answer = eve
        .client
        .clone()
        .with("idempotency-key", "k-1")
        .post("/api/attempts", &wanted);
    assert_eq!(answer.status, 201, "{}", answer.json());
    let own = id(&answer.json()).to_owned();
    assert_ne!(own, attempt);
    assert_eq!(
        answer.json()["state"],
        "created",
        "hers waits for the video, as if nobody had sent it"
    );
    assert_eq!(
        ann.client.post("/api/attempts", &wanted).json()["id"],
        attempt,
        "for Ann it is the same"
    );
    assert_eq!(eve.client.upload(&own, &video).status, 200);
    assert_eq!(eve.client.get(&format!("/api/attempts/{own}")).json()["id"], own);
    assert_eq!(host.stored_videos().len(), 2, "each has a copy of their own");
}

#[test]
fn what_is_for_operators_is_for_no_member_and_ids_there_are_not_told_from_others() {
    let host = Host::start(in_production());
    let eve = settled(&host, "eve@example.org");
    let account = eve.account["id"].as_str().expect("an id").to_owned();
    host.change(&format!(
        "INSERT INTO bans (id, subject_kind, subject, level, reason, created_at, ends_at) \
         VALUES ('ban-1', 'user', '{account}', 'soft', 'over-daily-quota', 1, 2); \
         INSERT INTO attempts (id, user_id, test, tier, state, content_type, size_bytes, created_at, finished_at) \
         VALUES ('{NOTHING}', '{account}', 'plank', 'free', 'failed', 'video/mp4', 1, 1, 1); \
         INSERT INTO dead_letters (id, attempt_id, reason, runs, created_at) VALUES ('letter-1', '{NOTHING}', 'x', 4, 1)"
    ));
    let before = Stored::in_host(&host);
    let callers = [
        ("nobody", visitor(&host)),
        ("a member", eve.client.clone()),
        (
            "a member with another header",
            eve.client.clone().with("x-operator-token", "t0ken"),
        ),
        ("a cookie", visitor(&host).with("cookie", "operator_token=t0ken")),
        ("no scheme", visitor(&host).with("authorization", "t0ken")),
        (
            "another scheme",
            visitor(&host).with("authorization", "Basic t0ken"),
        ),
        ("a beginning", visitor(&host).with("authorization", "Bearer t0ke")),
        (
            "more than the token",
            visitor(&host).with("authorization", "Bearer t0ken t0ken"),
        ),
        (
            "other letters",
            visitor(&host).with("authorization", "Bearer T0KEN"),
        ),
    ];
    for (caller, client) in &callers {
        for real in [account.as_str(), "ban-1", "letter-1"] {
            for (route, nothing) in operator_routes(real).iter().zip(operator_routes("nothing")) {
                let answer = assert_no_difference(client, route, &nothing);
                assert_eq!(
                    (answer.status, answer.problem().as_str()),
                    (401, "operator-required"),
                    "{caller}: {}",
                    route.name()
                );
            }
        }
        let query =
            client.get("/api/ops/audit?token=t0ken&operator_token=t0ken&authorization=Bearer%20t0ken");
        assert_eq!(query.problem(), "operator-required", "{caller}");
    }
    before.assert_unchanged(&host, "asking as an operator without being one");

    // The addresses are right: with the token they answer, and ids are found.
    let operator = visitor(&host).with("authorization", "Bearer t0ken");
    for (route, status) in [
        (Route::new("GET", "/api/ops/audit"), 200),
        (
            Route::new("POST", "/api/ops/bans/ban-1/lift").with(&json!({ "reason": "x" })),
            409,
        ),
        (Route::new("POST", "/api/ops/dead-letters/letter-1/replay"), 200),
        (
            Route::new("PUT", format!("/api/ops/accounts/{account}/tier")).with(&json!({ "tier": "pro" })),
            200,
        ),
    ] {
        assert_eq!(route.call(&operator).status, status, "{}", route.name());
    }
}
