//! What operators see of accounts: mails that wait for their provider, keys that are rotated, tiers, what is not configured.

use flow_system_tests::{
    Client, Host, HostOptions, MailProvider,
    accounts::{PASSWORD, SignedIn, login, member, registration, token_in, visitor},
};
use serde_json::{Value, json};

/// What tests have where nothing else is said, and what follows on it.
const FIRST_TOKEN_KEY: &str = "k1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
const SECOND_TOKEN_KEY: &str = "k2:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";
const FIRST_DATA_KEY: &str = "d1:AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM";
const SECOND_DATA_KEY: &str = "d2:BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ";

/// All that accounts need outside of development, with this provider.
fn staging(provider: &MailProvider) -> HostOptions {
    HostOptions::default().in_environment("staging", provider.url())
}

fn operator(host: &Host) -> Client {
    host.client("nobody").with("authorization", "Bearer t0ken")
}

/// Sends what is due, as the host's sweeper does.
fn send_mails(host: &Host) -> Value {
    let answer = operator(host).call("POST", "/api/ops/mails", &[]);
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

/// Waits until the provider has so many mails: the application sends them after it has answered.
fn wait_for_mails(provider: &MailProvider, count: usize) {
    until(|| provider.received().len() >= count);
    assert!(provider.received().len() >= count, "{:?}", provider.received());
}

/// Waits until the outbox holds so many mails.
fn wait_for_outbox(host: &Host, count: u32) {
    let waiting = || host.ask::<u32>("SELECT count(*) FROM mails");
    until(|| waiting() == count);
    assert_eq!(waiting(), count, "mails that wait");
}

/// Waits until something is so, ten seconds at the longest.
fn until(is_so: impl Fn() -> bool) {
    for _ in 0..200 {
        if is_so() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

#[test]
fn a_mail_goes_out_after_the_answer_and_again_until_the_provider_takes_it() {
    let provider = MailProvider::start();
    let host = Host::start(staging(&provider));
    let client = visitor(&host);
    provider.will_answer(&[(500, ""), (429, "")]);
    let registered = client.post("/api/auth/register", &registration("ann@example.org", PASSWORD));
    assert_eq!(
        registered.status, 202,
        "what the provider says is not the client's business"
    );
    wait_for_mails(&provider, 1);
    wait_for_outbox(&host, 1);
    assert_eq!(
        send_mails(&host),
        json!({ "sent": 0, "failed": 0, "refused": 0 }),
        "not due yet"
    );
    host.advance_clock(60);
    assert_eq!(send_mails(&host), json!({ "sent": 0, "failed": 1, "refused": 0 }));
    host.advance_clock(150);
    assert_eq!(send_mails(&host), json!({ "sent": 1, "failed": 0, "refused": 0 }));
    assert_eq!(host.ask::<u32>("SELECT count(*) FROM mails"), 0);
    host.advance_clock(3600);
    assert_eq!(send_mails(&host), json!({ "sent": 0, "failed": 0, "refused": 0 }));

    let received = provider.received();
    assert_eq!(received.len(), 3, "{received:?}");
    assert!(
        received.iter().all(|mail| *mail == received[0]),
        "the same mail each time"
    );
    let mail = &received[2];
    assert_eq!(mail.token, "postmark-s3cret");
    assert_eq!(
        (&mail.mail["From"], &mail.mail["To"], &mail.mail["MessageStream"]),
        (
            &"Flow Logic <hello@flow.example.com>".into(),
            &"ann@example.org".into(),
            &"outbound".into()
        )
    );
    let text = mail.mail["TextBody"].as_str().unwrap();
    assert!(
        text.contains("https://flow.example.com/verify-email#token="),
        "{text}"
    );
    let verified = client.post("/api/auth/verify", &json!({ "token": token_in(text) }));
    assert_eq!(verified.status, 204);
    let log = host.log();
    for secret in ["example.org", "postmark-s3cret", &token_in(text)] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}

#[test]
fn a_mail_that_the_provider_never_takes_is_given_up_and_its_reader_is_not_logged() {
    let provider = MailProvider::start();
    let host = Host::start(staging(&provider));
    provider.will_answer(&[(
        422,
        r#"{"ErrorCode":406,"Message":"Found inactive addresses: ann@example.org."}"#,
    )]);
    let registered = visitor(&host).post("/api/auth/register", &registration("ann@example.org", PASSWORD));
    assert_eq!(registered.status, 202);
    wait_for_mails(&provider, 1);
    wait_for_outbox(&host, 0);
    let log = host.log();
    let refused = host.logged("the provider will never take a mail");
    assert_eq!(refused.len(), 1, "{log}");
    assert_eq!(refused[0]["code"], 406);
    assert!(!log.contains("ann@example.org"), "{log}");
}

#[test]
fn tokens_of_the_old_key_are_good_until_it_is_removed() {
    let provider = MailProvider::start();
    let mut host = Host::start(staging(&provider));
    let client = visitor(&host);
    let registered = client.post("/api/auth/register", &registration("ann@example.org", PASSWORD));
    assert_eq!(registered.status, 202);
    let old = SignedIn::from(&client, &login(&client, "ann@example.org", PASSWORD));
    let keys = |host: &Host| -> Vec<String> {
        let answer = host.client("nobody").get("/.well-known/jwks.json");
        assert_eq!(answer.header("cache-control"), "public, max-age=300");
        let keys = answer.json()["keys"].as_array().cloned().unwrap();
        keys.iter()
            .map(|key| key["kid"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(keys(&host), ["k1"]);

    host.restart_with(
        staging(&provider).with("token_keys", &format!("{SECOND_TOKEN_KEY},{FIRST_TOKEN_KEY}")),
    );
    assert_eq!(keys(&host), ["k2", "k1"]);
    let client = visitor(&host);
    let with =
        |client: &Client, token: &str| client.clone().with("authorization", &format!("Bearer {token}"));
    assert_eq!(
        with(&client, &old.access_token).get("/api/auth/sessions").status,
        200
    );
    let new = SignedIn::from(&client, &login(&client, "ann@example.org", PASSWORD));
    assert_eq!(new.client.get("/api/auth/sessions").status, 200);

    host.restart_with(staging(&provider).with("token_keys", SECOND_TOKEN_KEY));
    let client = visitor(&host);
    assert_eq!(
        with(&client, &old.access_token)
            .get("/api/auth/sessions")
            .problem(),
        "sign-in-required"
    );
    assert_eq!(
        with(&client, &new.access_token).get("/api/auth/sessions").status,
        200
    );
}

#[test]
fn personal_data_is_sealed_anew_in_batches_and_then_the_old_key_may_go() {
    let provider = MailProvider::start();
    let mut host = Host::start(staging(&provider));
    let client = visitor(&host);
    let emails: Vec<String> = (0..4)
        .map(|number| format!("person{number}@example.org"))
        .collect();
    for email in &emails {
        assert_eq!(
            client
                .post("/api/auth/register", &registration(email, PASSWORD))
                .status,
            202
        );
    }
    wait_for_outbox(&host, 0);
    let sealed_with = |host: &Host, key: &str| -> u32 {
        host.ask(&format!(
            "SELECT count(*) FROM accounts WHERE email_sealed LIKE '{key}.%'"
        ))
    };
    assert_eq!(sealed_with(&host, "d1"), 4);
    assert_eq!(
        host.ask::<u32>("SELECT count(*) FROM accounts WHERE email_sealed LIKE '%person%'"),
        0
    );

    host.restart_with(staging(&provider).with("data_keys", &format!("{SECOND_DATA_KEY},{FIRST_DATA_KEY}")));
    let reseal = |host: &Host| {
        operator(host)
            .call("POST", "/api/ops/accounts/reseal?limit=3", &[])
            .json()
    };
    assert_eq!(
        reseal(&host),
        json!({ "resealed": 3, "skipped": 0, "remaining": 1 })
    );
    assert_eq!(
        login(&visitor(&host), &emails[3], PASSWORD).status,
        200,
        "in between both keys open"
    );
    assert_eq!(
        reseal(&host),
        json!({ "resealed": 1, "skipped": 0, "remaining": 0 })
    );
    assert_eq!(
        reseal(&host),
        json!({ "resealed": 0, "skipped": 0, "remaining": 0 })
    );
    assert_eq!(sealed_with(&host, "d2"), 4);

    host.restart_with(staging(&provider).with("data_keys", SECOND_DATA_KEY));
    for email in &emails {
        let answer = login(&visitor(&host), email, PASSWORD);
        assert_eq!(
            (answer.status, &answer.json()["account"]["email"]),
            (200, &email.as_str().into())
        );
    }
    let refused = visitor(&host).call("POST", "/api/ops/accounts/reseal", &[]);
    assert_eq!(refused.problem(), "operator-required");
}

#[test]
fn what_is_damaged_keeps_nothing_from_being_sealed_anew() {
    let provider = MailProvider::start();
    let mut host = Host::start(staging(&provider));
    for name in ["ann", "bob", "cem"] {
        let registered = registration(&format!("{name}@example.org"), PASSWORD);
        assert_eq!(visitor(&host).post("/api/auth/register", &registered).status, 202);
    }
    wait_for_outbox(&host, 0);
    host.change("UPDATE accounts SET email_sealed = 'd1.damaged' WHERE id < (SELECT max(id) FROM accounts)");
    host.restart_with(staging(&provider).with("data_keys", &format!("{SECOND_DATA_KEY},{FIRST_DATA_KEY}")));
    let answer = operator(&host).call("POST", "/api/ops/accounts/reseal?limit=1", &[]);
    assert_eq!(
        answer.json(),
        json!({ "resealed": 1, "skipped": 2, "remaining": 2 })
    );
    assert_eq!(host.logged("what is sealed is damaged").len(), 2);
}

#[test]
fn a_key_that_is_removed_too_early_is_named_in_the_log() {
    let provider = MailProvider::start();
    let mut host = Host::start(staging(&provider));
    let registered = visitor(&host).post("/api/auth/register", &registration("ann@example.org", PASSWORD));
    assert_eq!(registered.status, 202);
    host.restart_with(staging(&provider).with("data_keys", SECOND_DATA_KEY));
    let answer = login(&visitor(&host), "ann@example.org", PASSWORD);
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (503, "not-configured")
    );
    assert!(host.log().contains("the data key 'd1'"), "{}", host.log());
}

#[test]
fn an_operator_sets_tiers_that_hold_until_their_end() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let path = format!("/api/ops/accounts/{}/tier", ann.account["id"].as_str().unwrap());
    let put = |host: &Host, path: &str, body: &Value| {
        let operator = operator(host).with("content-type", "application/json");
        operator.call("PUT", path, body.to_string().as_bytes())
    };
    let pro = put(&host, &path, &json!({ "tier": "pro" }));
    assert_eq!((pro.status, pro.json()), (200, json!({ "tier": "pro" })));
    let ann = ann.refreshed();
    assert_eq!(ann.account["tier"], "pro");
    let end = (std::time::SystemTime::now() + std::time::Duration::from_mins(10))
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let end: String = host.ask(&format!(
        "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', {end}, 'unixepoch')"
    ));
    let ending = json!({ "tier": "pro-plus", "nextTier": "basic", "endsAt": end });
    assert_eq!(put(&host, &path, &ending).json()["tier"], "pro-plus");
    let ann = ann.refreshed();
    assert_eq!(ann.account["tier"], "pro-plus");
    host.advance_clock(700);
    assert_eq!(ann.refreshed().account["tier"], "basic");

    for (body, field) in [
        (json!({ "tier": "pro", "nextTier": "basic" }), "nextTier"),
        (
            json!({ "tier": "basic", "nextTier": "pro", "endsAt": end }),
            "nextTier",
        ),
        (json!({ "tier": "pro", "endsAt": "tomorrow" }), "endsAt"),
    ] {
        let answer = put(&host, &path, &body);
        assert_eq!(
            (answer.status, &answer.json()["field"]),
            (400, &field.into()),
            "{body}"
        );
    }
    let unknown = "/api/ops/accounts/0193e7b0-1c5a-7000-8000-0123456789ab/tier";
    assert_eq!(put(&host, unknown, &json!({ "tier": "pro" })).status, 404);
    let nobody = visitor(&host).with("content-type", "application/json");
    assert_eq!(nobody.call("PUT", &path, b"{}").problem(), "operator-required");
}

#[test]
fn where_something_is_not_set_sign_in_says_so_and_the_log_says_what() {
    let provider = MailProvider::start();
    for (variable, path, body) in [
        (
            "token_keys",
            "/api/auth/register",
            registration("ann@example.org", PASSWORD),
        ),
        (
            "data_keys",
            "/api/auth/login",
            json!({ "email": "a@b.co", "password": "x" }),
        ),
        (
            "lookup_key",
            "/api/auth/login",
            json!({ "email": "a@b.co", "password": "x" }),
        ),
        (
            "mail_token",
            "/api/auth/register",
            registration("ann@example.org", PASSWORD),
        ),
        ("public_url", "/api/auth/forgot", json!({ "email": "a@b.co" })),
    ] {
        let host = Host::start(staging(&provider).with(variable, ""));
        let answer = visitor(&host).post(path, &body);
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (503, "not-configured"),
            "{variable}"
        );
        assert!(!answer.json().to_string().contains(variable), "{}", answer.json());
        assert!(
            host.log()
                .contains(&format!("the variable {variable} is not set")),
            "{}",
            host.log()
        );
        assert_eq!(visitor(&host).get("/").status, 200, "the rest is not affected");
    }
    assert_eq!(provider.received(), []);
}
