//! `allowed_outbound_hosts`: what each entry lets out.

use flow::outbound::AllowedHosts;
use http::Uri;

#[test]
fn entries_allow_what_they_say() {
    let cases: [(&str, &str, bool); 30] = [
        ("https://api.stripe.com", "https://api.stripe.com/v1", true),
        ("https://api.stripe.com", "https://api.stripe.com:443/v1", true),
        ("https://api.stripe.com", "https://api.stripe.com:444/v1", false),
        ("https://api.stripe.com", "http://api.stripe.com/v1", false),
        ("https://api.stripe.com", "https://API.stripe.com/", true),
        ("https://api.stripe.com", "https://evil-api.stripe.com/", false),
        ("https://api.stripe.com/", "https://api.stripe.com/", true),
        ("https://*.stripe.com", "https://files.stripe.com/", true),
        ("https://*.stripe.com", "https://stripe.com/", false),
        ("https://*.stripe.com", "https://notstripe.com/", false),
        ("http://localhost:8080", "http://localhost:8080/x", true),
        ("http://localhost:8080", "http://localhost/x", false),
        ("http://localhost:*", "http://localhost:1/x", true),
        ("http://localhost:3000..3002", "http://localhost:3001/", true),
        ("http://localhost:3000..3002", "http://localhost:3002/", false),
        ("*://*:*", "https://anything.example:1/", true),
        ("http://127.0.0.1:9", "http://127.0.0.1:9/", true),
        ("http://127.0.0.1:9", "http://127.0.0.2:9/", false),
        ("http://10.0.0.0/8:*", "http://10.200.3.4:9/", true),
        ("http://10.0.0.0/8:*", "http://11.0.0.1:9/", false),
        ("http://0.0.0.0/0:*", "http://11.0.0.1:9/", true),
        ("http://0.0.0.0/0:*", "http://example.com:9/", false),
        ("http://[::1]:9", "http://[::1]:9/", true),
        ("http://[::1]:9", "http://[::2]:9/", false),
        ("http://self", "http://self/", false),
        (
            "http://results.spin.internal",
            "http://results.spin.internal/x",
            true,
        ),
        (
            "http://results.spin.internal",
            "http://upload.spin.internal/x",
            false,
        ),
        ("http://*.spin.internal", "http://upload.spin.internal/x", true),
        ("redis://localhost", "redis://localhost/", true),
        ("http://localhost:80", "http://localhost/", true),
    ];
    let mut wrong = Vec::new();
    for (entry, uri, expected) in cases {
        let allowed = AllowedHosts::parse([entry]).expect("a good entry");
        let uri: Uri = uri.parse().expect("a URI");
        if allowed.allows(&uri) != expected {
            wrong.push(format!("{entry} {uri}: expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_allowed_by_default() {
    let allowed = AllowedHosts::default();
    assert!(!allowed.allows(&Uri::from_static("https://example.com/")));
    assert!(!allowed.allows_self());
}

#[test]
fn calls_to_the_app_itself_need_self_or_any_host() {
    for (entry, expected) in [
        ("http://self", true),
        ("https://self.alt", true),
        ("*://*:*", true),
        ("http://localhost", false),
    ] {
        assert_eq!(
            AllowedHosts::parse([entry]).expect("good").allows_self(),
            expected,
            "{entry}"
        );
    }
}

#[test]
fn malformed_entries_are_refused() {
    for entry in [
        "*",
        "example.com",
        "http://",
        "http://a/path",
        "http://a:b",
        "ftp://a",
        "http://a.*.b",
        "http://10.0.0.0/99",
        "1s://a",
    ] {
        assert!(AllowedHosts::parse([entry]).is_err(), "{entry}");
    }
}
