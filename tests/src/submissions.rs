//! People who submit videos of which only the announcement matters, and what limits answer them.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::{Answer, Client, Host, HostOptions};

/// A test of every tier.
pub const SQUAT: &str = "overhead-squat";
/// Another one.
pub const REACH: &str = "y-balance";
/// The third.
pub const LEG: &str = "single-leg-balance";

/// Limits as they are, behind a proxy, so that everybody can have an address of their own.
pub fn limits_enforced() -> HostOptions {
    HostOptions::default()
        .with("submission_limits", "enforced")
        .with("trusted_proxies", "1")
}

/// A host whose clock shows `time`.
pub fn host_at(options: HostOptions, time: &str) -> Host {
    let host = Host::start(options);
    host.set_clock(moment(time));
    host
}

/// A time in RFC 3339.
pub fn moment(time: &str) -> DateTime<Utc> {
    time.parse().expect("a time")
}

/// Somebody with a tier and a time zone, who comes from an address of their own.
pub fn member(host: &Host, name: &str, tier: &str, zone: &str) -> Client {
    let number = name.bytes().fold(7_u32, |hash, byte| {
        hash.wrapping_mul(0x0100_0193) ^ u32::from(byte)
    });
    let [_, a, b, c] = number.to_be_bytes();
    host.client(name)
        .with("x-dev-tier", tier)
        .with("x-dev-time-zone", zone)
        .with("x-forwarded-for", &format!("10.{a}.{b}.{c}"))
}

/// Asks for an attempt at a test.
pub fn submission(client: &Client, test: &str) -> Answer {
    let wanted = json!({ "test": test, "contentType": "video/mp4", "sizeBytes": 1000 });
    client.post("/api/attempts", &wanted)
}

/// Asks for an attempt at a test and gets it.
pub fn accepted(client: &Client, test: &str) -> Answer {
    let answer = submission(client, test);
    assert_eq!(answer.status, 201, "{}", answer.json());
    answer
}

/// Asks for an attempt at a test and is refused with all that a limit's answer carries.
pub fn refused(client: &Client, test: &str, status: u16, problem: &str) -> Value {
    let answer = submission(client, test);
    let document = answer.json();
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (status, problem),
        "{document}"
    );
    let seconds: i64 = answer
        .header("retry-after")
        .parse()
        .expect("seconds in Retry-After");
    assert_eq!(document["retryAfterSeconds"], seconds, "{document}");
    let reset = document["resetsAt"].as_str().unwrap_or_default();
    assert!(reset.ends_with('Z'), "{document}");
    let (state, policy) = (answer.header("ratelimit"), answer.header("ratelimit-policy"));
    assert!(state.contains(";r=0;t="), "{state}");
    assert!(policy.contains(";q="), "{policy}");
    document
}

/// How somebody's limits stand.
pub fn standing(client: &Client) -> Value {
    let answer = client.get("/api/limits/status");
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}
