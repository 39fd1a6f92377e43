//! Limits on submissions over HTTP, each from both sides, with a clock that moves.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use flow_system_tests::{
    Host, HostOptions, LEG, REACH, SQUAT, accepted, accounts::visitor, host_at, limits_enforced, member,
    refused, standing,
};
use serde_json::json;

#[test]
fn five_videos_an_hour_pass_and_headers_and_status_count_down() {
    let host = host_at(limits_enforced(), "2027-02-01T10:00:00Z");
    let ann = member(&host, "ann", "pro-plus", "UTC");
    for (used, test) in (1..).zip([SQUAT, SQUAT, REACH, REACH, LEG]) {
        let answer = accepted(&ann, test);
        let state = answer.header("ratelimit");
        assert!(
            state.starts_with(&format!("\"hour\";r={};t=", 5 - used)),
            "{state}"
        );
        assert!(state.contains(&format!("\"day\";r={};t=", 45 - used)), "{state}");
        assert_eq!(
            answer.header("ratelimit-policy"),
            "\"hour\";q=5;w=3600, \"day\";q=45;w=86400, \"test-day\";q=3;w=86400"
        );
        let left = standing(&ann);
        assert_eq!(left["remainingThisHour"]["remaining"], 5 - used, "{left}");
        assert_eq!(left["remainingToday"]["remaining"], 45 - used, "{left}");
        host.advance_clock(300);
    }
    assert_eq!(standing(&ann)["remainingPerTest"][SQUAT]["remaining"], 1);
    refused(&ann, LEG, 429, "hourly-limit");
    // The first is 1500 s old.
    host.advance_clock(2040);
    let refusal = refused(&ann, LEG, 429, "hourly-limit");
    assert!(refusal["retryAfterSeconds"].as_i64().unwrap() <= 60, "{refusal}");
    host.advance_clock(65);
    accepted(&ann, LEG);
    refused(&ann, LEG, 429, "hourly-limit");
}

#[test]
fn a_test_has_three_videos_a_day_and_the_day_is_the_users_own() {
    let zones = [
        // (zone, before midnight there, midnight there)
        ("UTC", "2027-02-01T23:59:00Z", "2027-02-02T00:00:00.000Z"),
        (
            "Asia/Kathmandu",
            "2027-02-01T18:14:00Z",
            "2027-02-01T18:15:00.000Z",
        ),
        ("Pacific/Apia", "2027-02-01T10:59:00Z", "2027-02-01T11:00:00.000Z"),
        (
            "America/Sao_Paulo",
            "2027-02-02T02:59:00Z",
            "2027-02-02T03:00:00.000Z",
        ),
        // The days on which clocks change end an hour earlier and later than others.
        (
            "Europe/Berlin",
            "2027-03-28T21:59:00Z",
            "2027-03-28T22:00:00.000Z",
        ),
        (
            "Europe/Berlin",
            "2027-10-31T22:59:00Z",
            "2027-10-31T23:00:00.000Z",
        ),
    ];
    let host = Host::start(limits_enforced());
    for (number, (zone, before, midnight)) in zones.into_iter().enumerate() {
        host.set_clock(before.parse().unwrap());
        let ann = member(&host, &format!("ann-{number}"), "pro-plus", zone);
        for _ in 0..3 {
            accepted(&ann, SQUAT);
        }
        assert_eq!(standing(&ann)["remainingToday"]["resetsAt"], midnight, "{zone}");
        let refusal = refused(&ann, SQUAT, 400, "daily-test-limit");
        assert_eq!(
            (&refusal["resetsAt"], &refusal["test"]),
            (&json!(midnight), &json!(SQUAT)),
            "{zone}"
        );
        host.set_clock(midnight.parse().unwrap());
        accepted(&ann, SQUAT);
        assert_eq!(
            standing(&ann)["remainingPerTest"][SQUAT]["remaining"],
            2,
            "{zone}"
        );
    }
}

#[test]
fn anybody_may_ask_what_the_tiers_offer_and_cost() {
    let host = Host::start(HostOptions::default());
    let answer = visitor(&host).get("/api/tiers");
    assert_eq!(answer.status, 200, "{}", answer.json());
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    let offers = answer.json();
    let offers = offers["items"].as_array().unwrap();
    let rows = [
        // (tier, title, cents, tests, videos a day, features)
        ("free", "Free", 0, 3, 9, json!([])),
        ("basic", "Basic", 499, 3, 9, json!([])),
        ("pro", "Pro", 999, 7, 21, json!(["extended-results", "report"])),
        (
            "pro-plus",
            "Pro+",
            1999,
            15,
            45,
            json!(["extended-results", "report", "pose-accuracy"]),
        ),
    ];
    assert_eq!(offers.len(), rows.len());
    for (offer, (tier, title, cents, tests, videos, features)) in offers.iter().zip(rows) {
        assert_eq!((&offer["tier"], &offer["title"]), (&json!(tier), &json!(title)));
        assert_eq!(
            offer["monthlyPrice"],
            json!({ "unitAmount": cents, "currency": "usd" })
        );
        assert_eq!(offer["tests"].as_array().unwrap().len(), tests, "{offer}");
        assert_eq!(
            (&offer["testsPerMonth"], &offer["videosPerDay"]),
            (&json!(tests), &json!(videos))
        );
        assert_eq!(
            (&offer["videosPerTestAndDay"], &offer["features"]),
            (&json!(3), &features)
        );
    }
}

#[test]
fn each_tier_has_its_number_of_videos_a_day() {
    let tests = [
        "overhead-squat",
        "y-balance",
        "single-leg-balance",
        "ankle-mobility",
        "shoulder-flexion",
        "plank",
        "dead-bug",
    ];
    for (tier, limit, tests) in [("free", 9, &tests[..3]), ("pro", 21, &tests[..])] {
        let host = host_at(limits_enforced(), "2027-02-01T00:10:00Z");
        let ann = member(&host, "ann", tier, "UTC");
        for number in 0..limit {
            accepted(&ann, tests[number % tests.len()]);
            host.advance_clock(3600);
        }
        // All tests of the tier are used up; a test of a dearer tier is refused for that reason.
        let upgraded = member(&host, "ann", "pro-plus", "UTC");
        assert_eq!(
            standing(&upgraded)["remainingToday"]["remaining"],
            45 - limit,
            "an upgrade applies at once"
        );
        accepted(&upgraded, "clamshell");
        let refusal = refused(&ann, tests[0], 400, "daily-test-limit");
        assert_eq!(
            refusal["banLevel"], "soft",
            "one try more than the tier has: {refusal}"
        );
        let refusal = refused(
            &member(&host, "ann", "pro-plus", "UTC"),
            "bird-dog",
            403,
            "banned",
        );
        assert_eq!(refusal["banReason"], "over-daily-quota", "{refusal}");
    }
}

#[test]
fn the_day_ends_for_who_has_sent_all_of_it() {
    let host = host_at(limits_enforced(), "2027-02-01T08:00:00Z");
    let ann = member(&host, "ann", "pro", "Europe/Berlin");
    for test in ["ankle-mobility", "plank", "dead-bug"] {
        for _ in 0..3 {
            accepted(&ann, test);
            host.advance_clock(1000);
        }
    }
    // In Free nine are all, whichever tests they were for.
    let free = member(&host, "ann", "free", "Europe/Berlin");
    let before = standing(&free);
    assert_eq!(before["remainingToday"]["remaining"], 0, "{before}");
    assert_eq!(
        before["remainingToday"]["resetsAt"], "2027-02-01T23:00:00.000Z",
        "{before}"
    );
    let refusal = refused(&free, SQUAT, 429, "daily-limit");
    assert_eq!(
        (&refusal["availableIn"], &refusal["banLevel"]),
        (&json!("pro"), &json!("soft")),
        "{refusal}"
    );
    host.set_clock("2027-02-01T23:00:00Z".parse().unwrap());
    refused(&free, SQUAT, 403, "banned");
    assert_eq!(standing(&free)["remainingToday"]["remaining"], 9);
}

/// Puts a result of a test there, as if its video had been sent two hours ago and scored now.
fn completed(host: &Host, user: &str, test: &str, at: &str) {
    let at = at
        .parse::<chrono::DateTime<chrono::Utc>>()
        .unwrap()
        .timestamp_millis();
    host.change(&format!(
        "INSERT INTO attempts (id, user_id, test, tier, state, content_type, size_bytes, sha256, video_token, video_chunks, \
         created_at, finished_at) VALUES ('{user}-{test}-{at}', '{user}', '{test}', 'pro', 'valid', 'video/mp4', 1, \
         '{test}-{at}', 't', 1, {at} - 7200000, {at})"
    ));
}

#[test]
fn different_tests_of_a_month_are_capped_by_the_tier_and_the_month_is_the_users_own() {
    let host = Host::start(limits_enforced());
    for (user, zone, before, next_month) in [
        (
            "ann",
            "Europe/Berlin",
            "2027-10-31T22:30:00Z",
            "2027-10-31T23:00:00.000Z",
        ),
        (
            "bob",
            "Asia/Kathmandu",
            "2027-02-28T18:00:00Z",
            "2027-02-28T18:15:00.000Z",
        ),
        (
            "zoe",
            "Pacific/Apia",
            "2027-12-31T10:30:00Z",
            "2027-12-31T11:00:00.000Z",
        ),
    ] {
        host.set_clock(before.parse().unwrap());
        for test in ["plank", "dead-bug", SQUAT] {
            completed(&host, user, test, before);
        }
        completed(&host, user, SQUAT, &before.replace(":00Z", ":01Z"));
        let free = member(&host, user, "free", zone);
        let shown = standing(&free);
        assert_eq!(shown["remainingTestsThisMonth"]["used"], 3, "{shown}");
        assert_eq!(
            shown["remainingTestsThisMonth"]["resetsAt"], next_month,
            "{shown}"
        );
        assert_eq!(
            shown["completedThisMonth"],
            json!(["plank", SQUAT, "dead-bug"]),
            "{shown}"
        );
        let refusal = refused(&free, REACH, 403, "monthly-tests");
        assert_eq!(
            (&refusal["availableIn"], &refusal["resetsAt"]),
            (&json!("pro"), &json!(next_month))
        );
        accepted(&free, SQUAT);
        accepted(&member(&host, user, "pro", zone), REACH);
        host.set_clock(next_month.parse().unwrap());
        accepted(&free, LEG);
        assert_eq!(standing(&free)["remainingTestsThisMonth"]["remaining"], 3);
    }
}

#[test]
fn twenty_videos_an_hour_from_one_address_block_it_for_an_hour_whatever_a_client_claims() {
    let host = host_at(limits_enforced(), "2027-02-01T10:00:00Z");
    // One proxy of ours is trusted: what stands left of its own entry came with the request.
    let from = |name: &str, claim: &str| {
        member(&host, name, "free", "UTC")
            .with("x-forwarded-for", &format!("{claim}198.51.100.7"))
            .with("spin-client-addr", "192.0.2.1:443")
    };
    for number in 0..20 {
        accepted(
            &from(&format!("user-{number}"), &format!("10.0.0.{number}, ")),
            SQUAT,
        );
        host.advance_clock(60);
    }
    for claim in ["", "10.9.9.9, ", "127.0.0.1, 0.0.0.0, "] {
        let refusal = refused(&from("zoe", claim), SQUAT, 429, "address-blocked");
        assert!(
            refusal.get("banLevel").is_none(),
            "the network is blocked, not the user: {refusal}"
        );
    }
    assert!(standing(&from("zoe", ""))["addressBlockedUntil"].is_string());
    accepted(&member(&host, "zoe", "free", "UTC"), SQUAT);
    host.advance_clock(3540);
    refused(&from("yan", ""), SQUAT, 429, "address-blocked");
    host.advance_clock(65);
    accepted(&from("yan", ""), SQUAT);
}

#[test]
fn without_proxies_forwarded_addresses_mean_nothing() {
    let host = Host::start(limits_enforced().with("trusted_proxies", "0"));
    let from = |number: u32| {
        host.client(&format!("user-{number}"))
            .with("x-forwarded-for", &format!("10.1.1.{number}"))
            .with("spin-client-addr", &format!("10.1.1.{number}:443"))
    };
    for number in 0..20 {
        accepted(&from(number), SQUAT);
    }
    refused(&from(20), SQUAT, 429, "address-blocked");
    let marks: i64 = host.ask("SELECT count(DISTINCT mark) FROM submission_addresses");
    assert_eq!(marks, 1, "all came from this machine");
}

#[test]
fn all_submissions_together_are_limited_and_that_counts_against_nobody() {
    let host = host_at(
        limits_enforced().with("submissions_per_hour", "3"),
        "2027-02-01T10:00:00Z",
    );
    for name in ["a", "b", "c"] {
        accepted(&member(&host, name, "free", "UTC"), SQUAT);
    }
    let zoe = member(&host, "zoe", "free", "UTC");
    for _ in 0..12 {
        refused(&zoe, SQUAT, 503, "global-limit");
    }
    host.advance_clock(3540);
    refused(&zoe, SQUAT, 503, "global-limit");
    host.advance_clock(65);
    accepted(&zoe, SQUAT);
}
