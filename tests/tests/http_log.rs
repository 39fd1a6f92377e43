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

/// The texts of so many mails, oldest first, waiting for them: they go out after the answer.
fn mails(provider: &MailProvider, count: usize) -> Vec<String> {
    for _ in 0..400 {
        if provider.received().len() >= count {
            break;
        }
        sleep(Duration::from_millis(50));
    }
    let received = provider.received();
    assert_eq!(received.len(), count, "{received:?}");
    let text = |mail: &Value| mail["TextBody"].as_str().expect("a text").to_owned();
    received.iter().map(|mail| text(&mail.mail)).collect()
}

/// Somebody, and all of theirs that must not be logged.
struct Person<'a> {
    client: Client,
    provider: &'a MailProvider,
    secrets: Vec<String>,
}

impl<'a> Person<'a> {
    fn new(host: &Host, provider: &'a MailProvider) -> Self {
        let client = host.client("nobody");
        let known = [
            FIRST,
            SECOND,
            "oyelaran",
            PASSWORD,
            NEW_PASSWORD,
            ADDRESS,
            "Hieronymus",
        ];
        Self {
            client: client.with("user-agent", AGENT).with("x-forwarded-for", ADDRESS),
            provider,
            secrets: known.map(str::to_owned).into(),
        }
    }

    fn secret(&mut self, text: &str) {
        assert!(text.len() > 3, "{text} is no secret");
        self.secrets.push(text.to_owned());
    }

    /// Signs in.
    fn signed_in(&mut self, email: &str, password: &str) -> SignedIn {
        let signed_in = SignedIn::from(&self.client, &login(&self.client, email, password));
        self.secret(&signed_in.access_token);
        self.secret(&signed_in.cookie);
        signed_in
    }

    /// The token in one of so many mails.
    fn token(&mut self, count: usize, index: usize) -> String {
        let token = token_in(&mails(self.provider, count)[index]);
        self.secret(&token);
        token
    }

    fn begin(&mut self) -> SignedIn {
        for _ in 0..2 {
            let registration = registration(FIRST, PASSWORD);
            post(&self.client, "/api/auth/register", &registration, 202);
        }
        // The other one says that the address has its account.
        let texts = mails(self.provider, 2);
        let index = texts.iter().position(|text| text.contains("#token="));
        let token = self.token(2, index.expect("a mail with a token"));
        post(&self.client, "/api/auth/verify", &json!({ "token": token }), 204);
        assert_eq!(login(&self.client, FIRST, NEW_PASSWORD).status, 401);
        let again = self.signed_in(FIRST, PASSWORD).refreshed();
        self.secret(&again.access_token);
        self.secret(&again.cookie);
        self.secret(again.account["id"].as_str().expect("an id"));
        again
    }

    /// Another password, another address, and the end.
    fn end(&mut self) {
        post(&self.client, "/api/auth/forgot", &json!({ "email": FIRST }), 202);
        let token = self.token(3, 2);
        let reset = json!({ "token": token, "password": NEW_PASSWORD });
        post(&self.client, "/api/auth/reset", &reset, 204);
        mails(self.provider, 4);
        let ann = self.signed_in(FIRST, NEW_PASSWORD).client;
        let change = json!({ "newEmail": SECOND, "password": NEW_PASSWORD });
        post(&ann, "/api/account/email", &change, 202);
        let token = self.token(5, 4);
        post(
            &self.client,
            "/api/auth/change-email",
            &json!({ "token": token }),
            204,
        );
        mails(self.provider, 6);
        let ann = self.signed_in(SECOND, NEW_PASSWORD).client;
        for (password, status) in [(PASSWORD, 403), (NEW_PASSWORD, 204)] {
            let delete = json!({ "password": password });
            post(&ann, "/api/account/delete", &delete, status);
        }
    }
}

fn post(client: &Client, path: &str, body: &Value, status: u16) {
    let answer = client.post(path, body);
    assert_eq!(answer.status, status, "{path}: {}", answer.json());
}

/// Uses the product, well and badly.
fn use_it(ann: &Client) {
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
        format!("/api/attempts/{FIRST}"),
        format!("/api/nowhere/{ADDRESS}?email={FIRST}&password={PASSWORD}").replace(' ', "+"),
        format!("/{FIRST}"),
    ] {
        assert_eq!(ann.get(&path).status, 404, "{path}");
    }
    let wanted = json!({ "test": FIRST, "contentType": "video/mp4", "sizeBytes": 1 });
    let named = ann.clone().with("x-request-id", "a-b-c-d-e-f-g-h-1");
    post(&named, "/api/attempts", &wanted, 400);
}

#[test]
fn the_log_of_a_whole_run_names_nobody() {
    let provider = MailProvider::start();
    let mut host = Host::start(
        HostOptions::default()
            .in_environment("staging", provider.url())
            .with("trusted_proxies", "1"),
    );
    let mut person = Person::new(&host, &provider);
    use_it(&person.begin().client);
    person.end();
    // And what is logged when things break.
    host.change("ALTER TABLE accounts RENAME TO elsewhere");
    let client = host.client("nobody");
    assert_eq!(login(&client, FIRST, PASSWORD).status, 503);
    host.change("ALTER TABLE elsewhere RENAME TO accounts");
    host.kill_and_restart();
    assert_eq!(host.client("nobody").get("/health").status, 200);
    sleep(Duration::from_secs(1));

    let mut secrets = person.secrets;
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
