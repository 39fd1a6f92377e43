//! The log of a whole run: one JSON object a line, every request with its id, and nothing by which a person could be known.
#![expect(clippy::expect_used, reason = "helpers of tests")]

use std::{thread::sleep, time::Duration};

use flow_system_tests::{
    Client, Host, HostOptions, MailProvider, SQUAT,
    accounts::{SignedIn, login, registration, token_in},
    moving_pattern,
};
use serde_json::{Value, json};

const FIRST: &str = "wilhelmina.oyelaran@example.org";
const SECOND: &str = "w.oyelaran@elsewhere.example";
const PASSWORD: &str = "seven quiet herons";
const NEW_PASSWORD: &str = "eleven loud geese";
const ADDRESS: &str = "203.0.113.77";
const AGENT: &str = "Hieronymus/7.3 (the client of one person)";

/// The token in the newest mail, waiting for it: mails go out after the answer.
fn newest_token(provider: &MailProvider, mails: usize) -> String {
    for _ in 0..400 {
        if provider.received().len() >= mails {
            break;
        }
        sleep(Duration::from_millis(50));
    }
    let received = provider.received();
    assert_eq!(received.len(), mails, "{received:?}");
    token_in(received[mails - 1].mail["TextBody"].as_str().expect("a text"))
}

/// Everything that a person does with an account, well and badly. Returns all that must not be logged.
fn live(host: &Host, provider: &MailProvider) -> Vec<String> {
    let client = host
        .client("nobody")
        .with("user-agent", AGENT)
        .with("x-forwarded-for", ADDRESS);
    let mut secrets: Vec<String> = [
        FIRST,
        SECOND,
        "oyelaran",
        PASSWORD,
        NEW_PASSWORD,
        ADDRESS,
        "Hieronymus",
    ]
    .map(str::to_owned)
    .into();
    let mut secret = |text: &str| {
        assert!(text.len() > 3, "{text} is no secret");
        secrets.push(text.to_owned());
    };
    let post = |client: &Client, path: &str, body: Value, status: u16| {
        let answer = client.post(path, &body);
        assert_eq!(answer.status, status, "{path}: {}", answer.json());
    };

    for _ in 0..2 {
        post(&client, "/api/auth/register", registration(FIRST, PASSWORD), 202);
    }
    // The second one says in a mail that the address has its account.
    let mut tokens = vec![newest_token_of_first(provider)];
    post(&client, "/api/auth/verify", json!({ "token": tokens[0] }), 204);
    assert_eq!(login(&client, FIRST, NEW_PASSWORD).status, 401);
    let first = SignedIn::from(&client, &login(&client, FIRST, PASSWORD));
    let again = first.refreshed();
    for signed_in in [&first, &again] {
        secret(&signed_in.access_token);
        secret(&signed_in.cookie);
    }
    secret(again.account["id"].as_str().expect("an id"));
    let ann = &again.client;

    let video = moving_pattern(2, 0);
    let id = ann.submit_for(SQUAT, &video);
    ann.scored(&id);
    assert_eq!(ann.upload(&id, b"something else").status, 409);
    for path in [
        "/api/account",
        "/api/account/export",
        "/api/attempts",
        "/api/auth/sessions",
        "/api/limits/status",
        "/api/problem-areas",
        "/.well-known/jwks.json",
        "/health",
        "/",
    ] {
        assert_eq!(ann.get(path).status, 200, "{path}");
    }
    for path in [
        &format!("/api/attempts/{FIRST}"),
        &format!("/api/nowhere/{ADDRESS}?email={FIRST}&password={PASSWORD}").replace(' ', "+"),
        &format!("/{FIRST}"),
    ] {
        assert_eq!(ann.get(path).status, 404, "{path}");
    }
    let named = ann.clone().with("x-request-id", "a-b-c-d-e-f-g-h-1");
    post(
        &named,
        "/api/attempts",
        json!({ "test": FIRST, "contentType": "video/mp4", "sizeBytes": 1 }),
        400,
    );
    post(&client, "/api/auth/forgot", json!({ "email": FIRST }), 202);
    tokens.push(newest_token(provider, 3));
    post(
        &client,
        "/api/auth/reset",
        json!({ "token": tokens[1], "password": NEW_PASSWORD }),
        204,
    );
    wait_for(provider, 4);
    let ann = SignedIn::from(&client, &login(&client, FIRST, NEW_PASSWORD));
    secret(&ann.access_token);
    post(
        &ann.client,
        "/api/account/email",
        json!({ "newEmail": SECOND, "password": NEW_PASSWORD }),
        202,
    );
    tokens.push(newest_token(provider, 5));
    post(
        &client,
        "/api/auth/change-email",
        json!({ "token": tokens[2] }),
        204,
    );
    wait_for(provider, 6);
    let ann = SignedIn::from(&client, &login(&client, SECOND, NEW_PASSWORD));
    secret(&ann.access_token);
    post(
        &ann.client,
        "/api/account/delete",
        json!({ "password": PASSWORD }),
        403,
    );
    post(
        &ann.client,
        "/api/account/delete",
        json!({ "password": NEW_PASSWORD }),
        204,
    );
    for token in &tokens {
        secret(token);
    }
    secrets
}

/// The token of the first of two mails.
fn newest_token_of_first(provider: &MailProvider) -> String {
    wait_for(provider, 2);
    let received = provider.received();
    let text = |index: usize| {
        received[index].mail["TextBody"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    let with_token = [text(0), text(1)];
    let first = with_token.iter().find(|text| text.contains("#token="));
    token_in(first.expect("a mail with a token"))
}

fn wait_for(provider: &MailProvider, mails: usize) {
    for _ in 0..400 {
        if provider.received().len() >= mails {
            return;
        }
        sleep(Duration::from_millis(50));
    }
    panic!("{:?}", provider.received());
}

#[test]
fn the_log_of_a_whole_run_names_nobody() {
    let provider = MailProvider::start();
    let mut host = Host::start(
        HostOptions::default()
            .in_environment("staging", provider.url())
            .with("trusted_proxies", "1"),
    );
    let mut secrets = live(&host, &provider);
    // And what is logged when things break.
    host.change("ALTER TABLE accounts RENAME TO elsewhere");
    let client = host.client("nobody");
    assert_eq!(login(&client, FIRST, PASSWORD).status, 503);
    host.change("ALTER TABLE elsewhere RENAME TO accounts");
    host.kill_and_restart();
    assert_eq!(host.client("nobody").get("/health").status, 200);
    sleep(Duration::from_secs(1));

    secrets.extend(["k1:AQEBA", "d1:AwMDA", "BQUFBQ", "postmark-s3cret", "t0ken"].map(str::to_owned));
    let log = host.log();
    let lowered = log.to_lowercase();
    for secret in secrets {
        assert!(
            !lowered.contains(&secret.to_lowercase()),
            "{secret} is in the log:\n{log}"
        );
    }
    for line in log.lines() {
        let read: Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in the line {line}"));
        for member in ["timestamp", "level", "message"] {
            assert!(read[member].is_string(), "{member} in {line}");
        }
    }
    let requests = host.logged("request");
    assert!(requests.len() > 30, "{}", requests.len());
    for request in &requests {
        assert!(
            request["requestId"].is_string()
                && request["status"].is_u64()
                && request["milliseconds"].is_f64()
                && request["route"].is_string(),
            "{request}"
        );
    }
    let named: Vec<_> = requests
        .iter()
        .filter(|request| request["requestId"] == "a-b-c-d-e-f-g-h-1")
        .map(|request| (&request["route"], &request["problem"]))
        .collect();
    assert_eq!(named, [(&json!("/api/attempts"), &json!("unknown-test"))]);
    let faults: Vec<_> = requests
        .iter()
        .filter(|request| request["level"] == "ERROR")
        .collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0]["route"], "/api/auth/login");
}
