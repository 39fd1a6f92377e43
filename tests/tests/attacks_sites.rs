//! Attacks by other sites and by who wants to know who has an account: nothing is done in a person's name, nothing is told.

use flow_system_tests::{
    Client, Host, HostOptions, Stored,
    accounts::{PASSWORD, member, registration, visitor},
    attacks::{Route, comparable, operator_routes, own_routes},
};
use serde_json::{Value, json};

#[test]
fn another_site_cannot_use_the_cookie_of_a_person_nor_read_what_is_theirs() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let before = Stored::in_host(&host);
    let browser = ann.client.clone().with("cookie", &ann.cookie);
    let own = format!("http://{}", host.authority());
    for headers in [
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![("sec-fetch-site", "cross-site"), ("origin", own.as_str())],
        vec![("sec-fetch-site", "Same-Origin")],
        vec![("sec-fetch-site", "same-origin, cross-site")],
        vec![("origin", "https://evil.example.com")],
        vec![("origin", "null")],
        vec![("origin", "")],
        vec![("origin", "http://127.0.0.1")],
        vec![("origin", "http://127.0.0.1:3000.evil.example.com")],
        vec![("origin", "http://127.0.0.1:3000@evil.example.com")],
        vec![("origin", "file://")],
        vec![("origin", "https://evil.example.com"), ("referer", own.as_str())],
        vec![
            ("origin", "https://evil.example.com"),
            ("x-forwarded-host", "evil.example.com"),
        ],
    ] {
        for path in ["/api/auth/refresh", "/api/auth/logout"] {
            let evil = headers
                .iter()
                .fold(browser.clone(), |client, (name, value)| client.with(name, value));
            let answer = evil.call("POST", path, &[]);
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (403, "cross-site"),
                "{path} {headers:?}"
            );
            assert_eq!(answer.header("set-cookie"), "", "{path} {headers:?}");
        }
    }
    // No address may be read by scripts of other origins, and none is asked whether it may.
    for route in own_routes() {
        let asks = visitor(&host)
            .with("origin", "https://evil.example.com")
            .with("access-control-request-method", route.method)
            .with("access-control-request-headers", "authorization,content-type");
        for answer in [asks.call("OPTIONS", &route.path, &[]), asks.get("/api/account")] {
            assert!(answer.status >= 400, "{}: {}", route.name(), answer.status);
            let allows = answer
                .headers
                .keys()
                .any(|name| name.as_str().starts_with("access-control-"));
            assert!(!allows, "{}: {:?}", route.name(), answer.headers);
        }
    }
    before.assert_unchanged(&host, "another site");
    assert_eq!(
        ann.refresh().status,
        200,
        "and from here the cookie is as good as ever"
    );
}

/// What a form on another site can send without being asked first.
const FORM_TYPES: [&str; 5] = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain",
    "text/plain; application/json",
    "",
];

#[test]
fn no_form_of_another_site_is_taken_for_json() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let operator = visitor(&host).with("authorization", "Bearer t0ken");
    let before = Stored::in_host(&host);
    let credentials = json!({ "email": "ann@example.org", "password": PASSWORD });
    let email = json!({ "email": "ann@example.org" });
    let token = json!({ "token": "A".repeat(43), "password": PASSWORD });
    let open = [
        Route::new("POST", "/api/auth/register").with(&registration("eve@example.org", PASSWORD)),
        Route::new("POST", "/api/auth/login").with(&credentials),
        Route::new("POST", "/api/auth/forgot").with(&email),
        Route::new("POST", "/api/auth/verify/resend").with(&email),
        Route::new("POST", "/api/auth/verify").with(&token),
        Route::new("POST", "/api/auth/reset").with(&token),
        Route::new("POST", "/api/auth/change-email").with(&token),
    ];
    let asked: [(&Client, Vec<Route>); 3] = [
        (&visitor(&host), open.into()),
        (&ann.client, own_routes()),
        (&operator, operator_routes("nothing")),
    ];
    for (client, routes) in asked {
        for route in routes.iter().filter(|route| route.has_body()) {
            for form in FORM_TYPES {
                let answer = route.clone().declared_as(form).call(client);
                assert_eq!(
                    (answer.status, answer.problem().as_str()),
                    (415, "media-type"),
                    "{} {form}",
                    route.name()
                );
            }
        }
    }
    before.assert_unchanged(&host, "a form");
}

/// Makes the body of a request about an address.
type Ask = fn(&str) -> Value;

/// In `http_auth` the same is shown for two kinds of addresses, with the time that it takes.
#[test]
fn no_answer_tells_what_became_of_an_address() {
    let host = Host::start(HostOptions::default());
    let ban = |email: &str| {
        let banned = member(&host, email);
        host.change(&format!(
            "INSERT INTO bans (id, subject_kind, subject, level, reason, created_at) \
             VALUES ('ban of {email}', 'user', '{}', 'permanent', 'over-hundred-tries', 1)",
            banned.account["id"].as_str().unwrap_or_default()
        ));
        banned
    };
    let password = json!({ "password": PASSWORD });
    let asking = member(&host, "confirmed@example.org");
    ban("banned@example.org");
    let deleted = [member(&host, "deleted@example.org"), ban("barred@example.org")];
    for person in deleted {
        assert_eq!(person.client.post("/api/account/delete", &password).status, 204);
    }
    let waiting = registration("waiting@example.org", PASSWORD);
    assert_eq!(visitor(&host).post("/api/auth/register", &waiting).status, 202);

    let asks: [(&str, Ask); 4] = [
        ("/api/auth/register", |email| registration(email, PASSWORD)),
        (
            "/api/auth/login",
            |email| json!({ "email": email, "password": "not this one" }),
        ),
        ("/api/auth/forgot", |email| json!({ "email": email })),
        ("/api/auth/verify/resend", |email| json!({ "email": email })),
    ];
    let kinds = ["confirmed", "banned", "deleted", "barred", "waiting", "unknown"];
    for (path, body) in asks.into_iter().rev() {
        host.advance_clock(3600);
        let answers =
            kinds.map(|kind| comparable(&visitor(&host).post(path, &body(&format!("{kind}@example.org")))));
        for (kind, answer) in kinds.iter().zip(&answers) {
            assert_eq!(answer, &answers[0], "{path}: {kind}");
        }
    }
    let asking = asking.refreshed();
    let answers = kinds.map(|kind| {
        let body = json!({ "password": PASSWORD, "newEmail": format!("{kind}@example.org") });
        comparable(&asking.client.post("/api/account/email", &body))
    });
    for (kind, answer) in kinds.iter().zip(&answers) {
        assert_eq!(answer, &answers[0], "another address: {kind}");
    }
}
