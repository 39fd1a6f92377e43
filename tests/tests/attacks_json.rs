//! Attacks with JSON that is too long, too deep, doubled, or none.

use flow_system_tests::{
    Host, HostOptions, Stored,
    accounts::{member, visitor},
    attacks::{Route, asking, operator_routes, own_routes},
    raw,
};
use serde_json::json;

/// Longest JSON that is read.
const JSON_LIMIT: usize = 16 * 1024;

/// The same with a body of a declared length.
fn asking_with(host: &Host, body: &[u8]) -> Vec<u8> {
    let mut request = asking(host, &[("content-length", &body.len().to_string())]);
    request.extend(body);
    request
}

/// JSON for an unknown test, filled up with blanks: read, it is refused for the test.
fn padded(length: usize) -> Vec<u8> {
    let mut body = br#"{"test":"moonwalk","contentType":"video/mp4","sizeBytes":1}"#.to_vec();
    body.resize(length, b' ');
    body
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn json_is_read_up_to_its_limit_and_only_as_what_it_is() {
    let host = Host::start(HostOptions::default());
    let wanted = r#"{"test":"overhead-squat","contentType":"video/mp4","sizeBytes":1000"#;
    let with = |rest: &str| format!("{wanted}{rest}").into_bytes();
    let deep = |open: &str| open.repeat(JSON_LIMIT / open.len() - 1).into_bytes();
    let test =
        |value: &str| format!(r#"{{"test":{value},"contentType":"video/mp4","sizeBytes":1}}"#).into_bytes();
    let cases: Vec<(&str, Vec<u8>, u16, &str)> = vec![
        ("the longest", padded(JSON_LIMIT), 400, "unknown-test"),
        ("one byte more", padded(JSON_LIMIT + 1), 413, "too-large"),
        ("a megabyte", padded(1 << 20), 413, "too-large"),
        ("a megabyte of zeros", vec![0; 1 << 20], 413, "too-large"),
        ("nothing", Vec::new(), 400, "bad-json"),
        ("deep lists", deep("["), 400, "bad-json"),
        ("deep objects", deep("{\"a\":"), 400, "bad-json"),
        (
            "a deep field",
            [b"{\"test\":", &deep("[")[..JSON_LIMIT - 8]].concat(),
            400,
            "bad-json",
        ),
        ("a field twice", with(r#","test":"y-balance"}"#), 400, "bad-json"),
        (
            "the same field twice",
            with(r#","sizeBytes":1000}"#),
            400,
            "bad-json",
        ),
        (
            "a field of no meaning",
            with(r#","admin":true}"#),
            400,
            "bad-json",
        ),
        (
            "a prototype",
            with(r#","__proto__":{"tier":"pro-plus"}}"#),
            400,
            "bad-json",
        ),
        (
            "no UTF-8 in a value",
            test("\"over\u{1}head\"")
                .iter()
                .map(|b| if *b == 1 { 0xff } else { *b })
                .collect(),
            400,
            "bad-json",
        ),
        (
            "no UTF-8 in a name",
            [b"{\"te", &[0xc3, 0x28][..], b"st\":1}"].concat(),
            400,
            "bad-json",
        ),
        (
            "an overlong slash",
            [b"{\"test\":\"", &[0xc0, 0xaf][..], b"\"}"].concat(),
            400,
            "bad-json",
        ),
        ("half a character", test(r#""\ud800""#), 400, "bad-json"),
        ("a zero byte", test("\"over\0head\""), 400, "bad-json"),
        (
            "an escaped zero",
            test(r#""overhead-squat\u0000""#),
            400,
            "unknown-test",
        ),
        (
            "UTF-16",
            wanted.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            400,
            "bad-json",
        ),
        (
            "a byte order mark",
            [&[0xef, 0xbb, 0xbf][..], &with("}")].concat(),
            400,
            "bad-json",
        ),
        ("something behind it", with("}{}"), 400, "bad-json"),
        ("a comment", with("/* */}"), 400, "bad-json"),
        ("a list", b"[]".to_vec(), 400, "bad-json"),
        ("null", b"null".to_vec(), 400, "bad-json"),
        (
            "a huge number",
            with("").iter().chain(b"e400}").copied().collect(),
            400,
            "bad-json",
        ),
        (
            "a number too large by one",
            br#"{"test":"plank","contentType":"video/mp4","sizeBytes":18446744073709551616}"#.to_vec(),
            400,
            "bad-json",
        ),
        ("a fraction", with(".5}"), 400, "bad-json"),
        (
            "packed",
            vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3],
            400,
            "bad-json",
        ),
    ];
    let before = Stored::in_host(&host);
    for (case, body, status, problem) in &cases {
        let mut in_chunks = asking(&host, &[("transfer-encoding", "chunked")]);
        in_chunks.extend(raw::chunked(&body.chunks(4000).collect::<Vec<_>>()));
        for request in [asking_with(&host, body), in_chunks] {
            let answer = raw::exchange(&host, &request).expect("an answer");
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (*status, *problem),
                "{case}: {}",
                answer.text()
            );
        }
    }
    let mut packed = asking(&host, &[("content-encoding", "gzip"), ("content-length", "10")]);
    packed.extend([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    assert_eq!(
        raw::exchange(&host, &packed).map(|answer| answer.problem()),
        Some("bad-json".to_owned())
    );
    before.assert_unchanged(&host, "JSON that is none");
}

#[test]
fn every_address_that_takes_json_refuses_too_much_of_it_and_what_is_none() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let operator = visitor(&host).with("authorization", "Bearer t0ken");
    let account = ann.account["id"].as_str().expect("an id");
    let open = [
        "register",
        "login",
        "forgot",
        "verify",
        "verify/resend",
        "reset",
        "change-email",
    ];
    let open = open.map(|name| Route::new("POST", format!("/api/auth/{name}")).with(&json!({})));
    let before = Stored::in_host(&host);
    for (client, routes) in [
        (&visitor(&host), open.to_vec()),
        (&ann.client, own_routes()),
        (&operator, operator_routes(account)),
    ] {
        for route in routes.iter().filter(|route| route.has_body()) {
            let json = client.clone().with("content-type", "application/json");
            for (case, body, problem) in [
                ("too long", vec![b' '; JSON_LIMIT + 1], "too-large"),
                ("deep", vec![b'['; JSON_LIMIT], "bad-json"),
                ("no text", vec![0xff; 100], "bad-json"),
                ("zeros", vec![0; 100], "bad-json"),
                (
                    "a field of no meaning",
                    br#"{"id":"1","tier":"pro-plus","isAdmin":true}"#.to_vec(),
                    "bad-json",
                ),
            ] {
                let answer = json.call(route.method, &route.path, &body);
                assert_eq!(
                    answer.problem(),
                    problem,
                    "{}: {case}: {}",
                    route.name(),
                    answer.json()
                );
            }
        }
    }
    before.assert_unchanged(&host, "JSON that is none");
}
