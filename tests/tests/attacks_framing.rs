//! Attacks with bodies that have another length than they say, no end, or all the time in the world.
#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

use std::{io::Write as _, net::TcpStream};

use flow_system_tests::{
    Host, HostOptions, Stored,
    accounts::{PASSWORD, login, member, registration, visitor},
    attacks::{asking, until},
    moving_pattern, raw,
};
use serde_json::json;

#[test]
fn lengths_and_framings_that_lie_are_refused_or_wait_for_nobody() {
    let host = Host::start(HostOptions::default());
    let before = Stored::in_host(&host);
    let body = br#"{"test":"overhead-squat","contentType":"video/mp4","sizeBytes":1000}"#;
    let length = body.len().to_string();
    let longer = (body.len() + 10).to_string();
    let framed = |headers: &[(&str, &str)], body: &[u8]| [asking(&host, headers), body.to_vec()].concat();
    // More is announced than comes.
    let short = framed(&[("content-length", &longer)], body);
    let broken = raw::chunked(&[body]);
    for (case, request) in [
        ("a body that ends early", short.clone()),
        (
            "chunks that end early",
            framed(&[("transfer-encoding", "chunked")], &broken[..broken.len() - 5]),
        ),
        (
            "a chunk that ends early",
            framed(&[("transfer-encoding", "chunked")], b"ff\r\n{}"),
        ),
    ] {
        let answer = raw::exchange_and_end(&host, &request);
        let status = answer.map_or(400, |answer| answer.status);
        assert_eq!(status, 400, "{case}");
    }
    // Less is announced: the rest is no part of it.
    let answer = raw::exchange(&host, &framed(&[("content-length", "5")], body)).expect("an answer");
    assert_eq!(answer.problem(), "bad-json");
    for (case, headers) in [
        (
            "two lengths",
            vec![
                ("content-length", length.as_str()),
                ("content-length", longer.as_str()),
            ],
        ),
        ("two lengths in one", vec![("content-length", "68, 78")]),
        ("a sign", vec![("content-length", "+68")]),
        ("less than nothing", vec![("content-length", "-1")]),
        ("in hexadecimal", vec![("content-length", "0x44")]),
        ("no number", vec![("content-length", "many")]),
        (
            "more than can be counted",
            vec![("content-length", "99999999999999999999999")],
        ),
        ("an unknown coding", vec![("transfer-encoding", "xchunked")]),
        (
            "chunked and then something",
            vec![("transfer-encoding", "chunked, identity")],
        ),
        (
            "chunked in a length of its own",
            vec![("transfer-encoding", "chunked"), ("content-length", &length)],
        ),
    ] {
        let answer = raw::exchange_and_end(&host, &framed(&headers, body));
        let status = answer.map_or(400, |answer| answer.status);
        assert!((400..500).contains(&status), "{case}: {status}");
    }
    for (case, chunks) in [
        (
            "a size too large to count",
            &b"fffffffffffffffff\r\n{}\r\n0\r\n\r\n"[..],
        ),
        ("a size below nothing", b"-2\r\n{}\r\n0\r\n\r\n"),
        ("no size", b"\r\n{}\r\n0\r\n\r\n"),
        ("a size in words", b"two\r\n{}\r\n0\r\n\r\n"),
        ("no line end after a chunk", b"2\r\n{}0\r\n\r\n"),
    ] {
        let answer = raw::exchange_and_end(&host, &framed(&[("transfer-encoding", "chunked")], chunks));
        let status = answer.map_or(400, |answer| answer.status);
        assert_eq!(status, 400, "{case}");
    }
    before.assert_unchanged(&host, "a body that lies about its length");
}

/// Far more than anybody may send.
const ENDLESS: usize = 300_000_000;

/// Sends chunks until the application ends the connection; gives its answer, if that got through.
fn endless(host: &Host, head: &[u8]) -> Option<raw::RawAnswer> {
    let mut connection = raw::connection(host);
    let reading = connection.try_clone().expect("the same connection");
    let reader = std::thread::spawn(move || raw::answer(reading));
    connection
        .write_all(head)
        .expect("a connection that takes the head");
    let piece = [&b"10000\r\n"[..], &vec![b' '; 0x10000], b"\r\n"].concat();
    let mut sent = 0;
    while connection.write_all(&piece).is_ok() {
        sent += piece.len();
        assert!(sent < ENDLESS, "nobody stops a body without an end");
    }
    reader.join().expect("a reader")
}

#[test]
fn a_body_without_an_end_is_refused_and_none_of_it_is_kept() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let id = ann.create(&vec![0; 3_000_000]).json()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let before = Stored::in_host(&host);
    let video = format!("PUT /api/attempts/{id}/video");
    for (request_line, content_type) in [("POST /api/attempts", "application/json"), (&video, "video/mp4")] {
        let headers = [
            ("x-dev-user", "ann"),
            ("content-type", content_type),
            ("transfer-encoding", "chunked"),
        ];
        if let Some(answer) = endless(&host, &raw::head(&host, request_line, &headers)) {
            // What is no video is refused for that before it is too long.
            let problem = answer.problem();
            let expected = ["too-large", "not-a-video"].contains(&problem.as_str());
            assert!(expected, "{request_line}: {}", answer.text());
        }
    }
    until(|| before.changes(&host).is_empty());
    before.assert_unchanged(&host, "a body without an end");

    // A video in chunks that stops before its declared length, and one with a broken chunk in the middle.
    let clip = moving_pattern(2, 0);
    let id = ann.create(&clip).json()["id"].as_str().expect("an id").to_owned();
    let before = Stored::in_host(&host);
    let headers = [
        ("x-dev-user", "ann"),
        ("content-type", "video/mp4"),
        ("transfer-encoding", "chunked"),
    ];
    let head = raw::head(&host, &format!("PUT /api/attempts/{id}/video"), &headers);
    let short = [head.clone(), raw::chunked(&[&clip[..clip.len() - 1]])].concat();
    assert_eq!(
        raw::exchange(&host, &short).map(|answer| answer.problem()),
        Some("length-mismatch".to_owned())
    );
    let mut broken = [head, raw::chunked(&[&clip[..1000], &clip[1000..]])].concat();
    let middle = broken.len() - clip.len() + 990;
    broken[middle..middle + 4].copy_from_slice(b"zzzz");
    let _ = raw::exchange_and_end(&host, &broken);
    until(|| before.changes(&host).is_empty());
    before.assert_unchanged(&host, "a video with a lie in it");
    assert_eq!(
        ann.upload(&id, &clip).status,
        200,
        "the attempt still waits for its video"
    );
}

/// Begins a request and leaves it there.
fn begun(host: &Host, request_line: &str, content_type: &str, body: &[u8], length: usize) -> TcpStream {
    let length = length.to_string();
    let headers = [
        ("x-dev-user", "ann"),
        ("content-type", content_type),
        ("content-length", &length),
    ];
    let mut connection = raw::connection(host);
    let request = [&raw::head(host, request_line, &headers)[..], body].concat();
    connection
        .write_all(&request)
        .expect("a connection that takes it");
    connection
}

/// How many videos have broken off, as far as the application has noticed.
fn broken_off(host: &Host) -> usize {
    let requests = host.logged("request");
    let broken = |line: &&serde_json::Value| line["method"] == "PUT" && line["status"] == 400;
    requests.iter().filter(broken).count()
}

#[test]
fn who_sends_slowly_keeps_nobody_waiting_and_leaves_nothing_behind() {
    let host = Host::start(HostOptions::default());
    let clip = moving_pattern(2, 0);
    let ann = host.client("ann");
    let created: Vec<String> = (0..4)
        .map(|_| {
            ann.create(&vec![0; 4_000_000]).json()["id"]
                .as_str()
                .expect("an id")
                .to_owned()
        })
        .collect();
    let bob = member(&host, "bob@example.org");
    let mut slow = Vec::new();
    for id in &created {
        let mut part = clip.clone();
        part.resize(2_500_000, 0);
        slow.push(begun(
            &host,
            &format!("PUT /api/attempts/{id}/video"),
            "video/mp4",
            &part,
            4_000_000,
        ));
    }
    let half = |body: &serde_json::Value| body.to_string().into_bytes()[..20].to_vec();
    for _ in 0..4 {
        let registration = half(&registration("eve@example.org", PASSWORD));
        slow.push(begun(
            &host,
            "POST /api/auth/register",
            "application/json",
            &registration,
            200,
        ));
        let credentials = half(&json!({ "email": "bob@example.org", "password": PASSWORD }));
        slow.push(begun(
            &host,
            "POST /api/auth/login",
            "application/json",
            &credentials,
            100,
        ));
        let wanted =
            half(&json!({ "test": "overhead-squat", "contentType": "video/mp4", "sizeBytes": 1000 }));
        slow.push(begun(
            &host,
            "POST /api/attempts",
            "application/json",
            &wanted,
            100,
        ));
    }
    // Chunks that came of the videos are written, as far as they are whole: the application is in the middle of them.
    until(|| host.stored_videos().len() >= 8);
    assert_eq!(
        host.stored_videos().len(),
        8,
        "two whole chunks of each slow video"
    );

    let answers = [
        ("health", host.client("x").get("/health").status),
        ("a list", bob.client.get("/api/attempts").status),
        (
            "signing in",
            login(&visitor(&host), "bob@example.org", PASSWORD).status,
        ),
    ];
    for (what, status) in answers {
        assert_eq!(status, 200, "{what} while others send slowly");
    }
    let quick = bob.client.submit(&clip);
    bob.client.scored(&quick);

    drop(slow);
    let left = || {
        (
            host.stored_videos().len(),
            host.ask::<u32>("SELECT count(*) FROM video_uploads"),
        )
    };
    until(|| broken_off(&host) == 4);
    assert_eq!(
        (broken_off(&host), left()),
        (4, (8, 4)),
        "what was half sent can be continued"
    );
    host.advance_clock(3601);
    let operator = host.client("operator").with("authorization", "Bearer t0ken");
    assert_eq!(operator.stream("/api/ops/sweep").status, 200);
    until(|| left() == (0, 0));
    assert_eq!(left(), (0, 0), "what nobody continues is gone");
    let state =
        |state: &str| host.ask::<u32>(&format!("SELECT count(*) FROM attempts WHERE state = '{state}'"));
    assert_eq!((state("created"), state("invalid")), (4, 1));
    assert_eq!(
        host.ask::<u32>("SELECT count(*) FROM accounts"),
        1,
        "nobody is half registered"
    );
}
