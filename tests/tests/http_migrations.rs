//! Migrating the database through the app, as operators do where only the app reaches it.

#![expect(
    clippy::expect_used,
    reason = "a test stops where something unexpected happens"
)]

use flow_system_tests::{Answer, Client, Host, HostOptions, moving_pattern};
use serde_json::{Value, json};

const STATUS: &str = "/api/ops/migrations";
const UP: &str = "/api/ops/migrations/up";
const DOWN: &str = "/api/ops/migrations/down";

/// An application on a database that has nothing.
fn unmigrated() -> Host {
    Host::start(HostOptions {
        migrated: false,
        ..HostOptions::default()
    })
}

fn operator(host: &Host) -> Client {
    host.client("nobody").with("authorization", "Bearer t0ken")
}

/// The migrations as `(version, whether it is applied)`.
fn states(answer: &Answer) -> Vec<(u64, bool)> {
    assert_eq!(answer.status, 200, "{}", answer.json());
    let items = answer.json()["items"].as_array().expect("items").clone();
    let state = |item: Value| {
        assert!(
            item["name"].as_str().is_some_and(|name| !name.is_empty()),
            "{item}"
        );
        let applied = item["appliedAt"]
            .as_str()
            .map(|time| assert!(time.ends_with('Z'), "{item}"));
        assert!(applied.is_some() || item["appliedAt"].is_null(), "{item}");
        (item["version"].as_u64().expect("a version"), applied.is_some())
    };
    items.into_iter().map(state).collect()
}

/// `states` with all of them applied.
fn all_applied(states: &[(u64, bool)]) -> Vec<(u64, bool)> {
    states.iter().map(|(version, _)| (*version, true)).collect()
}

#[test]
fn an_empty_database_is_migrated_through_the_app_and_once_is_enough() {
    let host = unmigrated();
    let health = host.client("ann").get("/health");
    assert_eq!(
        (health.status, &health.json()["checks"]["migrations"]),
        (503, &json!("failing"))
    );
    let before = states(&operator(&host).get(STATUS));
    assert!(
        before.len() > 1 && before.iter().all(|(_, applied)| !applied),
        "{before:?}"
    );

    let first = operator(&host).call("POST", UP, &[]);
    assert_eq!(states(&first), all_applied(&before));
    assert_eq!(host.client("ann").get("/health").status, 200);
    host.client("ann").submit(&moving_pattern(2, 0));

    let second = operator(&host).call("POST", UP, &[]);
    assert_eq!(second.json(), first.json());
    assert_eq!(operator(&host).get(STATUS).json(), first.json());
}

#[test]
fn of_several_calls_at_once_all_succeed_and_each_migration_is_applied_once() {
    let host = unmigrated();
    let before = states(&operator(&host).get(STATUS));
    std::thread::scope(|scope| {
        let call = || operator(&host).call("POST", UP, &[]);
        let calls: Vec<_> = (0..4).map(|_| scope.spawn(call)).collect();
        for call in calls {
            let answer = call.join().expect("an answer");
            assert_eq!(states(&answer), all_applied(&before));
        }
    });
    // Recorded twice it would not be: the number is the key, and the call that came second would have failed.
    let recorded: i64 = host.ask("SELECT count(*) FROM schema_migrations");
    assert_eq!(usize::try_from(recorded), Ok(before.len()));
}

#[test]
fn the_migration_to_take_back_is_named_and_what_it_does_not_concern_stays() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let attempt = ann.submit(&moving_pattern(2, 0));
    let operator = operator(&host);
    let before = states(&operator.get(STATUS));
    let (last, earlier) = before.split_last().expect("migrations");
    let version = last.0;

    let unnamed = operator.call("POST", DOWN, &[]);
    assert_eq!((unnamed.status, unnamed.problem().as_str()), (415, "media-type"));
    for body in [
        json!({}),
        json!({ "version": "last" }),
        json!({ "version": version, "force": true }),
    ] {
        let answer = operator.post(DOWN, &body);
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (400, "bad-json"),
            "{body}"
        );
    }
    for other in [0, 1, version + 1] {
        let answer = operator.post(DOWN, &json!({ "version": other }));
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (409, "migrations-refused"),
            "{other}"
        );
        let detail = answer.json()["detail"].to_string();
        assert!(detail.contains("last first"), "{detail}");
    }
    assert_eq!(
        states(&operator.get(STATUS)),
        before,
        "nothing has changed so far"
    );

    let back = operator.post(DOWN, &json!({ "version": version }));
    assert_eq!(states(&back), [earlier, &[(version, false)]].concat());
    let again = operator.post(DOWN, &json!({ "version": version }));
    assert_eq!(again.problem(), "migrations-refused", "it is back already");
    assert_eq!(
        ann.get(&format!("/api/attempts/{attempt}")).json()["state"],
        "uploaded"
    );

    assert_eq!(states(&operator.call("POST", UP, &[])), before);
    assert_eq!(
        ann.scored(&attempt).last().unwrap()["attempt"]["state"],
        "invalid"
    );
}

#[test]
fn a_database_that_is_not_what_the_files_say_is_refused_and_left_alone() {
    let host = Host::start(HostOptions::default());
    host.change("UPDATE schema_migrations SET checksum = 'other' WHERE version = 1");
    let operator = operator(&host);
    let answers = [
        operator.get(STATUS),
        operator.call("POST", UP, &[]),
        operator.post(DOWN, &json!({ "version": 1 })),
    ];
    for answer in answers {
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (409, "migrations-refused")
        );
        let detail = answer.json()["detail"].to_string();
        assert!(
            detail.contains("0001_attempts was changed after it was applied")
                && detail.contains("write a new migration"),
            "{detail}"
        );
    }
    let ann = host.client("ann");
    assert_eq!(ann.get("/health").json()["checks"]["migrations"], "failing");
    assert_eq!(
        ann.create(&moving_pattern(2, 0)).status,
        201,
        "users notice nothing"
    );
}
