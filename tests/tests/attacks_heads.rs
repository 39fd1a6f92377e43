//! Attacks with heads that are too long, in other words or for other methods than anybody needs.

use flow_system_tests::{Host, HostOptions, Stored, raw};

#[test]
fn heads_and_addresses_too_long_are_refused_and_what_fits_is_answered() {
    let host = Host::start(HostOptions::default());
    let long = |length: usize| "x".repeat(length);
    let many: Vec<(String, String)> = (0..200)
        .map(|number| (format!("x-{number}"), "x".to_owned()))
        .collect();
    let before = Stored::in_host(&host);
    for (case, path, headers) in [
        (
            "a long header",
            "/health".to_owned(),
            vec![("x-long".to_owned(), long(60_000))],
        ),
        (
            "a very long header",
            "/health".to_owned(),
            vec![("x-long".to_owned(), long(200_000))],
        ),
        (
            "an endless header",
            "/health".to_owned(),
            vec![("x-long".to_owned(), long(1_000_000))],
        ),
        (
            "a long name",
            "/health".to_owned(),
            vec![(long(70_000), "x".to_owned())],
        ),
        ("many headers", "/health".to_owned(), many),
        (
            "a long cookie",
            "/api/auth/refresh".to_owned(),
            vec![("cookie".to_owned(), format!("a={}", long(50_000)))],
        ),
        (
            "a long token",
            "/api/attempts".to_owned(),
            vec![("authorization".to_owned(), format!("Bearer {}", long(50_000)))],
        ),
        ("a long address", format!("/{}", long(10_000)), vec![]),
        (
            "a longer address",
            format!("/api/attempts/{}", long(60_000)),
            vec![],
        ),
        ("a very long address", format!("/{}", long(70_000)), vec![]),
        (
            "a long query",
            format!("/api/attempts?cursor={}", long(60_000)),
            vec![],
        ),
        (
            "many parameters",
            format!("/api/attempts?{}", "limit=1&".repeat(7000)),
            vec![],
        ),
        ("many slashes", "/".repeat(10_000), vec![]),
        ("many parts", format!("/api{}", "/a".repeat(10_000)), vec![]),
    ] {
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let answer = raw::exchange(&host, &raw::head(&host, &format!("GET {path}"), &headers));
        let status = answer.map_or(431, |answer| answer.status);
        assert!(status < 500, "{case}: {status}");
    }
    before.assert_unchanged(&host, "a head that is too long");
}

#[test]
fn requests_that_are_none_are_their_senders_fault() {
    let host = Host::start(HostOptions::default());
    let before = Stored::in_host(&host);
    for (case, request) in [
        (
            "no host",
            &b"GET /health HTTP/1.1\r\nconnection: close\r\n\r\n"[..],
        ),
        ("no host in HTTP/1.0", b"GET /health HTTP/1.0\r\n\r\n"),
        (
            "two hosts",
            b"GET /health HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n",
        ),
        (
            "a host that is none",
            b"GET /health HTTP/1.1\r\nhost: a b/c\r\nconnection: close\r\n\r\n",
        ),
        (
            "another host in the address",
            b"GET http://b/health HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        ),
        (
            "no text in a header",
            b"GET /health HTTP/1.1\r\nhost: a\r\nuser-agent: \xff\xfe\r\nconnection: close\r\n\r\n",
        ),
        (
            "delete in the address",
            b"GET /a\x7fb HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        ),
        (
            "no text in the address",
            b"GET /\xff\xfe HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        ),
        (
            "an address without a slash",
            b"GET health HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        ),
        (
            "a star",
            b"OPTIONS * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
        ),
        (
            "a tunnel",
            b"CONNECT b:443 HTTP/1.1\r\nhost: b:443\r\nconnection: close\r\n\r\n",
        ),
        (
            "another protocol",
            b"GET /health HTTP/9.9\r\nhost: a\r\nconnection: close\r\n\r\n",
        ),
        (
            "an upgrade",
            b"GET /health HTTP/1.1\r\nhost: a\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n",
        ),
        (
            "a folded header",
            b"GET /health HTTP/1.1\r\nhost: a\r\nx-a: b\r\n c\r\nconnection: close\r\n\r\n",
        ),
        (
            "a blank before the colon",
            b"GET /health HTTP/1.1\r\nhost: a\r\nx-a : b\r\nconnection: close\r\n\r\n",
        ),
        (
            "another component",
            b"GET /internal/sweep HTTP/1.1\r\nhost: pose-score.spin.internal\r\nconnection: close\r\n\r\n",
        ),
        ("no request", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    ] {
        let answer = raw::exchange(&host, request);
        let status = answer.map_or(400, |answer| answer.status);
        assert!(status < 500, "{case}: {status}");
    }
    before.assert_unchanged(&host, "a request that is none");
}

#[test]
fn methods_that_nobody_needs_are_refused() {
    let host = Host::start(HostOptions::default());
    let before = Stored::in_host(&host);
    for method in [
        "TRACE", "TRACK", "OPTIONS", "PROPFIND", "DEBUG", "PATCH", "LINK", "GETT", "get",
    ] {
        for path in [
            "/",
            "/health",
            "/api/attempts",
            "/api/auth/login",
            "/api/account/export",
            "/api/ops/audit",
        ] {
            let headers = [
                ("authorization", "Bearer secret"),
                ("cookie", "a=secret"),
                ("x-http-method-override", "GET"),
            ];
            let request = raw::head(&host, &format!("{method} {path}"), &headers);
            let answer = raw::exchange(&host, &request).expect("an answer");
            let refused = [400, 405].contains(&answer.status) && answer.problem() == "method-not-allowed";
            assert!(refused, "{method} {path}: {} {}", answer.status, answer.text());
            assert!(
                !answer.text().contains("secret"),
                "{method} {path} shows what was sent: {}",
                answer.text()
            );
        }
    }
    for name in ["x-http-method-override", "x-method-override", "x-http-method"] {
        let answer = host.client("ann").with(name, "DELETE").get("/api/attempts");
        assert_eq!(answer.status, 200, "{name} means nothing");
        assert_eq!(host.client("ann").get("/api/attempts?_method=DELETE").status, 200);
    }
    before.assert_unchanged(&host, "a method that nobody needs");
}
