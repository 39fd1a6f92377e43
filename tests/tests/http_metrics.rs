//! `/metrics` over HTTP: what happened is counted once, over all instances and processes, and told to operators only.
#![expect(clippy::expect_used, reason = "helpers of tests")]

use std::{
    collections::BTreeMap,
    thread::sleep,
    time::{Duration, Instant},
};

use flow_system_tests::{
    Host, HostOptions, SQUAT, accounts,
    accounts::{login, visitor},
    limits_enforced, member, moving_pattern, submission,
};

/// The figures by series.
fn scrape(host: &Host) -> BTreeMap<String, f64> {
    let operator = host.client("nobody").with("authorization", "Bearer t0ken");
    let answer = operator.get("/metrics");
    assert_eq!(answer.status, 200, "{}", answer.json());
    assert_eq!(
        answer.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    let text = String::from_utf8(answer.bytes).expect("text");
    let mut figures = BTreeMap::new();
    let mut before: Option<(&str, f64)> = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (series, value) = line.rsplit_once(' ').expect("a series and its value");
        let bucket = series.split_once(",le=\"").map(|(of, bound)| {
            let bound = bound.trim_end_matches("\"}").parse::<f64>();
            (of, bound.expect("a bound"))
        });
        if let (Some((of, bound)), Some((of_last, last))) = (bucket, before) {
            assert!(of != of_last || bound > last, "{series} comes after {last}");
        }
        before = bucket;
        let value = value.parse().expect("a number");
        let twice = figures.insert(series.to_owned(), value);
        assert_eq!(twice, None, "{series} is told twice");
    }
    figures
}

/// Scrapes until all these series have their values: instances add what they counted half a second later.
fn scrape_until(host: &Host, wanted: &[(&str, f64)]) -> BTreeMap<String, f64> {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let figures = scrape(host);
        let has = |(series, value): &(&str, f64)| figures.get(*series).is_some_and(|found| found >= value);
        if wanted.iter().all(has) || Instant::now() > deadline {
            return figures;
        }
        sleep(Duration::from_millis(100));
    }
}

#[test]
fn requests_are_counted_by_route_over_all_processes_and_no_id_is_told() {
    let host = Host::start(HostOptions::default());
    let other = host.start_another();
    let id = host.client("ann").submit(&moving_pattern(2, 0));
    for host in [&host, &other] {
        let ann = host.client("ann");
        for _ in 0..20 {
            assert_eq!(ann.get(&format!("/api/attempts/{id}")).status, 200);
        }
        assert_eq!(ann.get("/api/attempts/no-such-attempt").status, 404);
        assert_eq!(ann.get("/api/nothing/of/the/kind").status, 404);
        assert_eq!(ann.call("BREW", "/api/attempts", b"x").status, 405);
    }
    let seen = "flow_http_requests_total{route=\"/api/attempts/{id}\",method=\"GET\",status=\"200\"}";
    let expected = [
        (seen, 40.0),
        (
            "flow_http_requests_total{route=\"/api/attempts/{id}\",method=\"GET\",status=\"404\"}",
            2.0,
        ),
        (
            "flow_http_requests_total{route=\"unknown\",method=\"GET\",status=\"404\"}",
            2.0,
        ),
        (
            "flow_http_requests_total{route=\"/api/attempts\",method=\"other\",status=\"405\"}",
            2.0,
        ),
        ("flow_problems_total{problem=\"not-found\"}", 4.0),
        (
            "flow_http_request_duration_seconds_count{route=\"/api/attempts/{id}\"}",
            42.0,
        ),
        (
            "flow_http_request_duration_seconds_bucket{route=\"/api/attempts/{id}\",le=\"+Inf\"}",
            42.0,
        ),
        ("flow_events_total{event=\"assessment.created\"}", 1.0),
        ("flow_attempts_waiting{state=\"uploaded\"}", 1.0),
    ];
    let figures = scrape_until(&host, &expected);
    for (series, value) in expected {
        assert_eq!(figures.get(series), Some(&value), "{series}: {figures:#?}");
    }
    assert!(figures.keys().all(|series| !series.contains(&id)), "{figures:#?}");
}

#[test]
fn scoring_events_and_cost_are_told() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let before = scrape(&host);
    assert_eq!(
        before.get("flow_business_events_total{event=\"TestCompleted\"}"),
        Some(&0.0)
    );
    let id = ann.submit(&moving_pattern(20, 0));
    ann.scored(&id);
    let runs = "flow_scoring_runs_total{outcome=\"scored\"}";
    let figures = scrape_until(&host, &[(runs, 1.0)]);
    assert_eq!(figures.get(runs), Some(&1.0), "{figures:#?}");
    let failed = "flow_events_total{event=\"assessment.measurement_failed\"}";
    assert_eq!(figures.get(failed), Some(&1.0), "{figures:#?}");
    for series in [
        "flow_compute_seconds_total",
        "flow_compute_dollars",
        "flow_scored_frames_total",
        "flow_scoring_seconds_total{step=\"inference\"}",
        "flow_scoring_seconds_total{step=\"decode\"}",
    ] {
        assert!(
            figures.get(series).is_some_and(|value| *value > 0.0),
            "{series}: {figures:#?}"
        );
    }
    let _ann = accounts::member(&host, "ann@example.org");
    assert_eq!(
        login(&visitor(&host), "ann@example.org", "no such password").status,
        401
    );
    let figures = scrape(&host);
    for (series, value) in [
        ("flow_business_events_total{event=\"UserRegistration\"}", 1.0),
        ("flow_events_total{event=\"session.opened\"}", 1.0),
        ("flow_accounts", 1.0),
    ] {
        assert_eq!(figures.get(series), Some(&value), "{series}: {figures:#?}");
    }
}

#[test]
fn refusals_and_bans_are_told() {
    let host = Host::start(limits_enforced());
    let ann = member(&host, "ann", "free", "UTC");
    for _ in 0..12 {
        _ = submission(&ann, SQUAT);
    }
    let banned = "flow_problems_total{problem=\"banned\"}";
    let figures = scrape_until(&host, &[(banned, 2.0)]);
    assert_eq!(
        figures.get("flow_bans{level=\"soft\"}"),
        Some(&1.0),
        "{figures:#?}"
    );
    assert!(figures.contains_key(banned), "{figures:#?}");
    assert_eq!(
        figures.get("flow_events_total{event=\"ban.placed\"}"),
        Some(&1.0),
        "{figures:#?}"
    );
}

#[test]
fn figures_are_for_operators() {
    let host = Host::start(HostOptions::default());
    assert_eq!(host.client("ann").get("/metrics").problem(), "operator-required");
    let closed = Host::start(HostOptions::default().with("operator_token", ""));
    let client = closed.client("ann").with("authorization", "Bearer t0ken");
    assert_eq!(client.get("/metrics").status, 404);
}
