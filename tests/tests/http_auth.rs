//! The life of an account over HTTP: registered, confirmed, signed in, with another password, and what outsiders learn of it.

use std::time::{Duration, Instant};

use flow_system_tests::{
    Answer, Client, Host, HostOptions,
    accounts::{PASSWORD, SignedIn, login, mailed_token, member, outbox, registration, visitor},
};
use serde_json::{Value, json};

fn register(client: &Client, body: &Value) -> Answer {
    client.post("/api/auth/register", body)
}

/// Makes the body of a request about an address.
type Ask = fn(&str) -> Value;

/// What of an answer must be the same for everybody: all but the id of the request and the date.
fn comparable(answer: &Answer) -> (u16, Vec<(String, String)>, Value) {
    let mut headers: Vec<(String, String)> = answer
        .headers
        .iter()
        .filter(|(name, _)| !["x-request-id", "date"].contains(&name.as_str()))
        .map(|(name, value)| {
            (
                name.to_string(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect();
    headers.sort();
    let mut body = answer.json();
    if let Some(document) = body.as_object_mut() {
        document.remove("requestId");
    }
    (answer.status, headers, body)
}

#[test]
fn an_account_lives_from_registration_to_another_password() {
    let host = Host::start(HostOptions::default());
    let ann = visitor(&host);
    let registered = register(&ann, &registration(" Ann@Example.org ", PASSWORD));
    assert_eq!(registered.status, 202, "{}", registered.json());

    // Not confirmed yet, and signed in all the same.
    let signed_in = SignedIn::from(&ann, &login(&ann, "ann@example.org", PASSWORD));
    assert_eq!(
        signed_in.account,
        json!({
            "id": signed_in.account["id"],
            "email": "ann@example.org",
            "emailVerified": false,
            "tier": "free",
            "timeZone": "Europe/Berlin",
        })
    );
    let verify = |token: &str| ann.post("/api/auth/verify", &json!({ "token": token }));
    let token = mailed_token(&host, "verify");
    assert_eq!(verify(&token).status, 204);
    assert_eq!(verify(&token).problem(), "token-invalid", "once is enough");
    for wrong in ["", "x", &"A".repeat(43)] {
        assert_eq!(
            (verify(wrong).status, verify(wrong).problem().as_str()),
            (400, "token-invalid")
        );
    }
    assert_eq!(signed_in.refreshed().account["emailVerified"], true);

    // Another password by mail: it ends every session.
    let forgot = ann.post("/api/auth/forgot", &json!({ "email": "ANN@example.org" }));
    assert_eq!(forgot.status, 202);
    let token = mailed_token(&host, "reset");
    let reset = |password: &str| {
        ann.post(
            "/api/auth/reset",
            &json!({ "token": token, "password": password }),
        )
    };
    let weak = reset("password1");
    assert_eq!((weak.status, weak.problem().as_str()), (422, "weak-password"));
    assert_eq!(weak.json()["reason"], "common");
    assert_eq!(
        reset("eleven loud geese").status,
        204,
        "a weak one does not use the token up"
    );
    assert_eq!(reset("eleven loud geese").problem(), "token-invalid");
    assert_eq!(
        signed_in.client.get("/api/auth/sessions").problem(),
        "session-ended"
    );
    assert_eq!(signed_in.refresh().problem(), "session-ended");
    assert_eq!(
        login(&ann, "ann@example.org", PASSWORD).problem(),
        "wrong-credentials"
    );
    assert_eq!(login(&ann, "ann@example.org", "eleven loud geese").status, 200);

    let kinds: Vec<String> = outbox(&host).into_iter().map(|(kind, _, _)| kind).collect();
    assert_eq!(kinds, ["password-changed", "reset", "verify"]);
    let log = host.log().to_lowercase();
    for secret in ["example.org", "heron", "geese", &token.to_lowercase()] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}

#[test]
fn what_is_not_acceptable_is_refused_with_what_to_do() {
    let host = Host::start(HostOptions::default());
    let client = visitor(&host);
    let good = registration("ann@example.org", PASSWORD);
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    for (body, status, problem, field) in [
        (with("email", "ann".into()), 400, "invalid-value", "email"),
        (
            with("email", "ann@example.org\r\nbcc: x@y.zz".into()),
            400,
            "invalid-value",
            "email",
        ),
        (with("password", "short".into()), 422, "weak-password", "password"),
        (
            with("password", "iloveyou".into()),
            422,
            "weak-password",
            "password",
        ),
        (
            with("timeZone", "Middle/Earth".into()),
            400,
            "invalid-value",
            "timeZone",
        ),
        (
            with("consent", json!({ "version": "2020-01" })),
            400,
            "invalid-value",
            "consent.version",
        ),
        (with("adult", false.into()), 400, "invalid-value", "adult"),
    ] {
        let answer = register(&client, &body);
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (status, problem),
            "{body}"
        );
        assert_eq!(answer.json()["field"], field, "{body}");
    }
    for body in [
        json!({}),
        with("consent", Value::Null),
        with("surprise", 1.into()),
    ] {
        assert_eq!(register(&client, &body).problem(), "bad-json", "{body}");
    }
    assert_eq!(host.ask::<u32>("SELECT count(*) FROM accounts"), 0);
    let forms = client.with("content-type", "application/x-www-form-urlencoded");
    let form = forms.call("POST", "/api/auth/login", b"email=a&password=b");
    assert_eq!(form.problem(), "media-type");
}

/// The same answers, the same headers, and about the same time: what an outsider sees does not tell who has an account.
#[test]
fn known_and_unknown_addresses_look_the_same() {
    const ROUNDS: u32 = 12;
    let host = Host::start(HostOptions::default());
    let client = visitor(&host);
    assert_eq!(
        register(&client, &registration("known@example.org", PASSWORD)).status,
        202
    );
    let asks: [(&str, bool, Ask); 4] = [
        ("/api/auth/register", true, |email| registration(email, PASSWORD)),
        (
            "/api/auth/login",
            true,
            |email| json!({ "email": email, "password": "wrong password" }),
        ),
        ("/api/auth/forgot", false, |email| json!({ "email": email })),
        (
            "/api/auth/verify/resend",
            false,
            |email| json!({ "email": email }),
        ),
    ];
    for (path, hashes, body) in asks {
        let ask = |email: &str| {
            let start = Instant::now();
            let answer = client.post(path, &body(email));
            (start.elapsed(), comparable(&answer))
        };
        let mut fastest = [Duration::MAX; 2];
        let mut answers = Vec::new();
        for round in 0..ROUNDS {
            // What was tried an hour ago is forgotten.
            host.advance_clock(3600);
            for (index, email) in [
                "known@example.org".to_owned(),
                format!("nobody{round}.{}@example.org", path.len()),
            ]
            .iter()
            .enumerate()
            {
                let (took, answer) = ask(email);
                fastest[index] = fastest[index].min(took);
                answers.push(answer);
            }
        }
        assert!(
            answers.iter().all(|answer| *answer == answers[0]),
            "{path}: {answers:#?}"
        );
        let [known, unknown] = fastest.map(|time| time.as_secs_f64() * 1e3);
        println!("{path}: known {known:.1} ms, unknown {unknown:.1} ms");
        // Where a password is hashed: left out for one of the two, its answer would take a tenth of the time. The fastest of
        // many, and a wide bound: what a busy machine does besides makes answers slower, but not all of them so much.
        if hashes {
            let ratio = known.max(unknown) / known.min(unknown);
            assert!(ratio < 5.0, "{path}: known {known} ms, unknown {unknown} ms");
        }
    }
    // Who has an account is told by mail, and only they are.
    let mails = |kind: &str, condition: &str| -> u32 {
        host.ask(&format!(
            "SELECT count(*) FROM mails WHERE kind = '{kind}' AND {condition}"
        ))
    };
    for (kind, unknown) in [("already-registered", 0), ("reset", ROUNDS)] {
        assert_eq!(
            mails(kind, "account_id <> '' AND expires_at > created_at"),
            ROUNDS,
            "{kind}"
        );
        assert_eq!(
            mails(kind, "account_id = '' AND expires_at = created_at"),
            unknown,
            "{kind}"
        );
        assert_eq!(mails(kind, "1"), ROUNDS + unknown, "{kind}");
    }
}

#[test]
fn whoever_tries_too_often_waits() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let client = visitor(&host);
    for email in ["ann@example.org", "nobody@example.org"] {
        for _ in 0..10 {
            assert_eq!(
                login(&client, email, "wrong password").problem(),
                "wrong-credentials"
            );
        }
        let refused = login(&client, email, PASSWORD);
        assert_eq!(
            (refused.status, refused.problem().as_str()),
            (429, "too-many-tries"),
            "{email}"
        );
        let seconds: u32 = refused.header("retry-after").parse().expect("seconds");
        assert!((1..=900).contains(&seconds), "{seconds}");
        assert!(refused.header("ratelimit").starts_with("\"tries\";r=0;t="));
        assert_eq!(refused.header("ratelimit-policy"), "\"tries\";q=10;w=900");
        assert!(
            refused.json()["resetsAt"]
                .as_str()
                .is_some_and(|time| time.ends_with('Z'))
        );
    }
    // It is the account that waits, not who is signed in to it.
    assert_eq!(ann.client.get("/api/auth/sessions").status, 200);
    host.advance_clock(900);
    assert_eq!(login(&client, "ann@example.org", PASSWORD).status, 200);
    // A right password makes the wrong ones forgotten.
    for _ in 0..2 {
        for _ in 0..8 {
            assert_eq!(login(&client, "ann@example.org", "wrong password").status, 401);
        }
        assert_eq!(login(&client, "ann@example.org", PASSWORD).status, 200);
    }
    for (path, extra) in [("/api/auth/forgot", 0), ("/api/auth/verify/resend", 0)] {
        let ask = || client.post(path, &json!({ "email": "other@example.org" })).status;
        for _ in 0..5 + extra {
            assert_eq!(ask(), 202, "{path}");
        }
        assert_eq!(ask(), 429, "{path}");
    }
}

#[test]
fn a_network_that_tries_many_accounts_waits_too() {
    let host = Host::start(HostOptions::default());
    let client = visitor(&host);
    // A body that cannot be read counts as well: what it costs is what the address is counted for.
    for _ in 0..60 {
        assert_eq!(client.post("/api/auth/login", &json!({})).problem(), "bad-json");
    }
    let refused = login(&client, "ann@example.org", PASSWORD);
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (429, "too-many-tries")
    );
    // What a client writes itself into the header is not believed.
    let spoofed = client.clone().with("spin-client-addr", "198.51.100.7:1");
    let spoofed = spoofed.with("x-forwarded-for", "198.51.100.7");
    assert_eq!(login(&spoofed, "ann@example.org", PASSWORD).status, 429);
    host.advance_clock(900);
    assert_eq!(login(&client, "ann@example.org", PASSWORD).status, 401);
}

#[test]
fn the_outbox_is_a_page_for_browsers_and_exists_in_development_only() {
    let host = Host::start(HostOptions::default());
    let client = visitor(&host);
    register(&client, &registration("\"<b>\"&x@example.org", PASSWORD));
    register(&client, &registration("a&<i>b@example.org", PASSWORD));
    register(&client, &registration("a&b'c@example.org", PASSWORD));
    let page = client
        .clone()
        .with("accept", "text/html,*/*")
        .get("/api/dev/outbox");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let text = String::from_utf8(page.bytes).unwrap();
    assert!(
        text.contains("a&amp;b'c@example.org") && !text.contains("<i>"),
        "{text}"
    );
    assert!(
        text.contains("<a href=\"http://127.0.0.1:3000/verify-email#token="),
        "{text}"
    );
    for environment in ["production", "staging"] {
        let host = Host::start(HostOptions::default().with("environment", environment));
        assert_eq!(host.client("nobody").get("/api/dev/outbox").status, 404);
    }
}
