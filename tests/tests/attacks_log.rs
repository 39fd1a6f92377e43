//! Attacks on who reads the log and the answers' heads: line breaks, control characters and terminal escapes in all that the
//! application reads. None begins a line of the log, none sets a header.

use flow_system_tests::{
    Host, HostOptions,
    accounts::{PASSWORD, login, member, registration, visitor},
    attacks::until,
    raw,
};
use serde_json::{Value, json};

/// What stands in every attempt to forge something.
const MARK: &str = "FORGED";

/// Breaks of lines and terminals, each followed by what would be a line of the log or a header.
fn breaks() -> Vec<String> {
    let line = format!(r#"{{"level":"ALERT","message":"{MARK}"}}"#);
    let header = format!("x-forged: {MARK}");
    let breaks = [
        "\r\n",
        "\n",
        "\r",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\u{b}",
        "\u{c}",
        "\0",
        "\u{1b}[2K\r",
        "\u{9b}2K",
        "\u{7f}",
    ];
    let mut texts: Vec<String> = breaks.iter().map(|text| format!("a{text}{line}")).collect();
    texts.extend(breaks.iter().map(|text| format!("a{text}{header}")));
    texts.push(format!("a\u{1b}]0;{MARK}\u{7}\u{1b}[31m"));
    texts
}

/// The same in an address, which cannot have blanks; as it is, and escaped.
fn in_addresses(text: &str) -> Vec<String> {
    let without_blanks = text.replace(' ', "");
    let escaped: Vec<String> = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
    vec![without_blanks, escaped.concat()]
}

/// That the log is lines of JSON, and that nothing in it came to be a line, or moves a terminal's cursor.
fn assert_log_is_whole(host: &Host) {
    let last = "the-last-request";
    let _ = host.client("ann").with("x-request-id", last).get("/api/nothing");
    let whole = || {
        let log = host.log();
        log.contains(last) && log.ends_with('\n')
    };
    until(whole);
    assert!(whole(), "{}", host.log());
    let log = host.log();
    let moves = |line: &&str| line.chars().any(char::is_control);
    let moving: Vec<&str> = log.lines().filter(moves).collect();
    assert_eq!(moving, Vec::<&str>::new(), "control characters in the log");
    for line in log.lines() {
        let read: Value = serde_json::from_str(line).unwrap_or_default();
        assert!(read.is_object(), "no line of the log's own: {line}");
        assert!(
            read["level"].is_string() && read["timestamp"].is_string(),
            "{line}"
        );
        let message = read["message"]
            .as_str()
            .or_else(|| read["fields"]["message"].as_str());
        assert!(message.is_some_and(|message| !message.contains(MARK)), "{line}");
    }
}

#[test]
fn nothing_that_is_sent_becomes_a_line_of_the_log_or_a_header_of_an_answer() {
    let well = Host::start(HostOptions::default());
    // Where something is wrong with us, more is written: here nothing is set that accounts need.
    let unwell = Host::start(HostOptions::default().with("environment", "production"));
    for host in [&well, &unwell] {
        for text in breaks() {
            let mut heads = Vec::new();
            for address in in_addresses(&text) {
                for path in [
                    "/api/attempts/",
                    "/api/auth/",
                    "/api/ops/bans/",
                    "/api/attempts?cursor=",
                    "/?",
                    "/",
                ] {
                    heads.push(raw::head(
                        host,
                        &format!("GET {path}{address}"),
                        &[("authorization", "Bearer x")],
                    ));
                }
            }
            for name in [
                "x-request-id",
                "user-agent",
                "referer",
                "x-forwarded-for",
                "origin",
                "cookie",
                "content-type",
            ] {
                heads.push(raw::head(
                    host,
                    "GET /api/account",
                    &[("authorization", "Bearer x"), (name, &text)],
                ));
            }
            heads.push(raw::head(host, &format!("{text} /api/account"), &[]));
            for head in heads {
                let answer = raw::exchange(host, &head);
                // A line break ends a header, and what follows is one more header of the request: nobody reads it.
                if let Some(answer) = answer {
                    let asked = String::from_utf8_lossy(&head).into_owned();
                    let heads: Vec<&str> = answer.head.lines().collect();
                    assert!(
                        !heads.iter().any(|line| line.starts_with("x-forged")),
                        "{asked:?}: {}",
                        answer.head
                    );
                    assert!(!answer.head.contains("forged"), "{asked:?}: {}", answer.head);
                }
            }
            let bodies = [
                ("/api/auth/login", json!({ "email": text, "password": text })),
                (
                    "/api/auth/login",
                    json!({ "email": format!("{text}@example.org"), "password": PASSWORD }),
                ),
                (
                    "/api/auth/register",
                    registration(&format!("{MARK}@example.org{text}"), PASSWORD),
                ),
                ("/api/auth/verify", json!({ "token": text })),
                (
                    "/api/attempts",
                    json!({ "test": text, "contentType": text, "sizeBytes": 1 }),
                ),
                ("/api/attempts", json!({ text.as_str(): text })),
            ];
            for (path, body) in bodies {
                let answer = host.client("ann").post(path, &body);
                assert!(answer.status >= 400, "{path} {body}: {}", answer.status);
                assert_eq!(answer.header("x-forged"), "", "{path} {body}");
            }
            host.change("DELETE FROM throttles");
        }
        assert_log_is_whole(host);
    }
    assert!(
        unwell.log().contains("token_keys"),
        "the faults are in the log:\n{}",
        unwell.log()
    );
}

#[test]
fn lines_of_many_at_once_are_whole() {
    let host = Host::start(HostOptions::default());
    std::thread::scope(|scope| {
        for sender in 0..8 {
            let host = &host;
            scope.spawn(move || {
                for number in 0..60 {
                    let path = if sender % 2 == 0 {
                        "/api/nothing"
                    } else {
                        "/nothing"
                    };
                    let request = raw::head(host, &format!("GET {path}?{sender}-{number}"), &[]);
                    // The host writes a line too where a client has gone before its answer.
                    let _ = if number % 2 == 0 {
                        raw::exchange(host, &request)
                    } else {
                        raw::exchange_and_end(host, &request)
                    };
                }
            });
        }
    });
    assert_log_is_whole(&host);
}

#[test]
fn a_request_id_that_is_none_is_replaced() {
    let host = Host::start(HostOptions::default());
    for text in breaks() {
        let head = raw::head(&host, "GET /api/nothing", &[("x-request-id", &text)]);
        if let Some(answer) = raw::exchange(&host, &head) {
            let id = answer
                .head
                .lines()
                .find_map(|line| line.strip_prefix("x-request-id: "));
            assert!(
                answer.status == 400 && id.is_none() || id.is_some_and(|id| id.len() == 36),
                "{text:?}: {}",
                answer.head
            );
        }
    }
    let given = host
        .client("ann")
        .with("x-request-id", "trace-0001")
        .get("/api/nothing");
    assert_eq!(given.header("x-request-id"), "trace-0001");
}

/// What nobody may read in a log: who somebody is, and what lets one in.
#[test]
fn no_secret_and_no_person_is_in_the_log() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann.archer@example.org");
    let id = ann.account["id"].as_str().expect("an id");
    let refresh = ann.cookie.split('=').nth(1).expect("a token");
    let _ = login(&visitor(&host), "ann.archer@example.org", "a wrong password");
    let _ = ann.client.get(&format!(
        "/api/account?access_token={}&email=ann.archer@example.org",
        ann.access_token
    ));
    let _ = ann.client.get(&format!("/api/attempts/{}", ann.access_token));
    let _ = ann.client.get(&format!("/reset-password/{refresh}"));
    let _ = ann.refreshed();
    let _ = visitor(&host)
        .with("authorization", "Bearer t0ken")
        .get("/api/ops/audit");
    let _ = ann
        .client
        .post("/api/account/delete", &json!({ "password": PASSWORD }));
    let log = host.log().to_lowercase();
    for secret in [
        "ann.archer",
        "example.org",
        id,
        refresh,
        &ann.access_token,
        &ann.access_token[ann.access_token.len() - 40..],
        PASSWORD,
        "a wrong password",
        "t0ken",
    ] {
        assert!(
            !log.contains(&secret.to_lowercase()),
            "{secret} is in the log:\n{log}"
        );
    }
}

#[test]
fn what_is_refused_is_in_the_log() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let asks = |id: &str| visitor(&host).with("x-request-id", id);
    let _ = asks("refused-01")
        .with("authorization", "Bearer x")
        .get("/api/account");
    let _ = asks("refused-02")
        .with("authorization", "Bearer x")
        .get("/api/ops/audit");
    let _ = login(&asks("refused-03"), "ann@example.org", "a wrong password");
    let _ = ann
        .client
        .clone()
        .with("x-request-id", "refused-04")
        .get(&format!("/api/attempts/{}", "0".repeat(36)));
    let cross_site = asks("refused-05")
        .with("sec-fetch-site", "cross-site")
        .with("cookie", &ann.cookie);
    let _ = cross_site.call("POST", "/api/auth/refresh", &[]);
    let expected = [
        ("refused-01", 401, "sign-in-required"),
        ("refused-02", 401, "operator-required"),
        ("refused-03", 401, "wrong-credentials"),
        ("refused-04", 404, "not-found"),
        ("refused-05", 403, "cross-site"),
    ];
    let found = || -> Vec<(String, u64, String)> {
        let lines = host.log();
        let lines = lines
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let told = lines.filter(|line| {
            line["requestId"]
                .as_str()
                .is_some_and(|id| id.starts_with("refused-"))
        });
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut told: Vec<_> = told
            .filter(|line| line["problem"].is_string())
            .map(|line| {
                (
                    text(&line["requestId"]),
                    line["status"].as_u64().unwrap_or_default(),
                    text(&line["problem"]),
                )
            })
            .collect();
        told.sort();
        told
    };
    until(|| found().len() == expected.len());
    let expected = expected.map(|(id, status, problem)| (id.to_owned(), status, problem.to_owned()));
    assert_eq!(found(), expected, "{}", host.log());
    let failed = "SELECT count(*) FROM audit_log WHERE event = 'account.sign_in_failed' AND subject = \
                  (SELECT audit_subject FROM accounts)";
    assert_eq!(
        host.ask::<u32>(failed),
        1,
        "and who guesses at an account is in the audit log"
    );
}
