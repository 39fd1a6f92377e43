//! The circuit breaker over HTTP: it opens, lets few pass, tells operators, and closes by itself.

use flow_system_tests::{Client, Host, SQUAT, accepted, host_at, limits_enforced, member, refused, standing};
use serde_json::{Value, json};

fn breaker(host: &Host) -> Value {
    let operator: Client = host.client("nobody").with("authorization", "Bearer t0ken");
    let answer = operator.get("/api/ops/breaker");
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

/// Puts something into the minute that the application's clock shows.
fn in_this_minute(host: &Host, statement: &str) {
    let minute = host.clock().timestamp_millis() / 60_000 * 60_000;
    host.change(&statement.replace("MINUTE", &minute.to_string()));
}

fn events(host: &Host, event: &str) -> i64 {
    host.ask(&format!("SELECT count(*) FROM audit_log WHERE event = '{event}'"))
}

#[test]
fn when_many_are_refused_few_pass_and_it_closes_by_itself() {
    let options = limits_enforced().with("throttled_per_minute", "2");
    let host = host_at(options, "2027-02-01T10:00:05Z");
    let person = |name: &str| member(&host, name, "free", "UTC");
    in_this_minute(&host, "INSERT INTO refused_minutes VALUES (MINUTE, 99, 5)");
    accepted(&person("a"), SQUAT);
    assert_eq!(standing(&person("a"))["throttled"], false, "5 of 100");
    in_this_minute(&host, "UPDATE refused_minutes SET too_many = 6");
    accepted(&person("b"), SQUAT);
    let refusal = refused(&person("c"), SQUAT, 503, "throttled");
    assert!(refusal["retryAfterSeconds"].as_i64().unwrap() <= 60, "{refusal}");
    let shown = standing(&person("c"));
    assert_eq!(
        (&shown["throttled"], &shown["throttledReason"]),
        (&json!(true), &json!("too-many-refused"))
    );
    let shown = breaker(&host);
    assert_eq!(
        (&shown["open"], &shown["reason"]),
        (&json!(true), &json!("too-many-refused")),
        "{shown}"
    );
    assert_eq!(
        (&shown["submissions"], &shown["tooMany"]),
        (&json!(101), &json!(6)),
        "{shown}"
    );

    host.advance_clock(60);
    for (name, passes) in [("d", true), ("e", true), ("f", false)] {
        if passes {
            accepted(&person(name), SQUAT);
        } else {
            refused(&person(name), SQUAT, 503, "throttled");
        }
    }
    host.advance_clock(240);
    for name in ["g", "h", "i", "j"] {
        accepted(&person(name), SQUAT);
    }
    assert_eq!(breaker(&host)["open"], false);
    assert_eq!(
        (events(&host, "breaker.opened"), events(&host, "breaker.closed")),
        (1, 1)
    );
    let told = host.logged("submissions are throttled");
    let told: Vec<_> = told
        .iter()
        .map(|line| (&line["level"], &line["reason"]))
        .collect();
    assert_eq!(told, [(&json!("ALERT"), &json!("too-many-refused"))]);
}

#[test]
fn when_computing_costs_more_than_ten_dollars_an_hour_few_pass_until_the_sweep_sees_it_over() {
    let options = limits_enforced().with("compute_price_per_hour", "2");
    let host = host_at(options.with("throttled_per_minute", "0"), "2027-02-01T10:00:05Z");
    let ann = member(&host, "ann", "free", "UTC");
    in_this_minute(&host, "INSERT INTO compute_minutes VALUES (MINUTE, 5 * 3600000)");
    accepted(&ann, SQUAT);
    in_this_minute(
        &host,
        "UPDATE compute_minutes SET milliseconds = milliseconds + 1",
    );
    for _ in 0..12 {
        refused(&ann, SQUAT, 503, "throttled");
    }
    assert_eq!(standing(&ann)["banned"], false, "that is nobody's fault");
    let shown = breaker(&host);
    assert_eq!(
        (&shown["reason"], &shown["limitDollarsPerHour"]),
        (&json!("cost"), &json!(10.0)),
        "{shown}"
    );
    assert!(shown["dollarsPerHour"].as_f64().unwrap() > 10.0, "{shown}");
    host.advance_clock(3600);
    let operator: Client = host.client("nobody").with("authorization", "Bearer t0ken");
    assert_eq!(operator.stream("/api/ops/sweep").status, 200);
    while events(&host, "breaker.closed") == 0 {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    accepted(&ann, SQUAT);
}

#[test]
fn what_runs_took_is_counted() {
    let host = Host::start(flow_system_tests::HostOptions::default());
    let ann = host.client("ann");
    let id = ann.submit(&flow_system_tests::moving_pattern(2, 0));
    ann.scored(&id);
    assert!(host.ask::<i64>("SELECT sum(milliseconds) FROM compute_minutes") > 0);
}
