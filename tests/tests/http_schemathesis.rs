//! Schemathesis asks everything that the document of the interface allows and forbids: no faults of ours, and nothing that the
//! document does not say.
//!
//! `cargo xtask test` sets it up and names it in `FLOW_SCHEMATHESIS`. What it must know is in `tests/schemathesis`.

#![expect(clippy::expect_used, reason = "helpers of tests fail the test")]

use std::{ffi::OsStr, path::Path, process::Command};

use flow_system_tests::{
    Host, HostOptions,
    accounts::{SignedIn, member},
    person,
};
use serde_json::json;

/// Runs it against a host and shows what it says when it finds something.
fn run(schemathesis: &OsStr, host: &Host, ann: &SignedIn, attempt: &str, arguments: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let url = format!("http://{}", host.client("nobody").authority());
    let output = Command::new(schemathesis)
        .args([
            "--config-file",
            "tests/schemathesis/schemathesis.toml",
            "run",
            "--no-color",
        ])
        .args(["--url", &url])
        .args(arguments)
        .arg("crates/api/openapi.json")
        .env("FLOW_ACCESS_TOKEN", &ann.access_token)
        .env("FLOW_OPERATOR_TOKEN", "t0ken")
        .env("FLOW_ATTEMPT_ID", attempt)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(root)
        .output()
        .expect("Schemathesis runs");
    assert!(
        output.status.success(),
        "{}\n{}\nthe application's log:\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
        host.log()
    );
}

#[test]
fn the_interface_keeps_to_its_document_whatever_is_asked() {
    let Some(schemathesis) = std::env::var_os("FLOW_SCHEMATHESIS") else {
        eprintln!(
            "skipped: FLOW_SCHEMATHESIS names no Schemathesis; `cargo xtask test` sets it up where Python 3 is"
        );
        return;
    };
    // Addresses are believed, so that each request may have its own; mails go nowhere.
    let options = HostOptions::default()
        .with("trusted_proxies", "1")
        .in_environment("development", "http://127.0.0.1:9");
    let mut host = Host::start(options.clone());
    let ann = member(&host, "ann@example.org");
    let id = ann.account["id"].as_str().expect("an id");
    let operator = host
        .client("nobody")
        .with("authorization", "Bearer t0ken")
        .with("content-type", "application/json");
    let tier = json!({ "tier": "pro-plus" }).to_string();
    let set = operator.call("PUT", &format!("/api/ops/accounts/{id}/tier"), tier.as_bytes());
    assert_eq!(set.status, 200, "{}", set.json());
    let attempt = ann.client.submit(&person("overhead-squat-good"));
    ann.client.scored(&attempt);

    let asked = |host: &Host, arguments: &[&str]| run(&schemathesis, host, &ann, &attempt, arguments);
    let submissions = ["--include-operation-id", "createAttempt"];
    // First where limits are off, and where who sends no token is somebody all the same.
    let mut anybody = submissions.to_vec();
    anybody.extend([
        "--exclude-checks",
        "ignored_auth",
        "--generation-with-security-parameters",
        "false",
    ]);
    asked(&host, &anybody);
    // Then where nobody is anybody without a token; submissions last, because so many of them earn a ban.
    host.restart_with(options.with("environment", "staging"));
    asked(&host, &["--exclude-operation-id", "createAttempt"]);
    asked(&host, &submissions);
}
