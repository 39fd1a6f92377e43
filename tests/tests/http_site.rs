//! The pages: what a browser may do on them, how long it may keep them, and that nothing else is served.

use flow_system_tests::{Host, HostOptions};

#[test]
fn the_page_has_a_strict_policy_and_is_asked_for_anew() {
    let host = Host::start(HostOptions::default());
    let client = host.client("ann");
    let page = client.get("/");
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(page.header("cache-control"), "public, no-cache");

    let again = client.clone().with("if-none-match", page.header("etag")).get("/");
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_eq!(again.header("etag"), page.header("etag"));
    let changed = client.clone().with("if-none-match", "\"00\"").get("/");
    assert_eq!((changed.status, &changed.bytes), (200, &page.bytes));
    let head = client.call("HEAD", "/", &[]);
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert_eq!(client.get("/index.html").bytes, page.bytes);
}

#[test]
fn built_assets_are_kept_for_a_year() {
    let host = Host::start(HostOptions::default());
    let client = host.client("ann");
    let page = String::from_utf8(client.get("/").bytes).unwrap();
    let start = page.find("/assets/").expect("a page with assets");
    let path = &page[start..start + page[start..].find('"').expect("the end of the address")];
    let asset = client.get(path);
    assert_eq!(
        (asset.status, asset.header("cache-control")),
        (200, "public, max-age=31536000, immutable")
    );
}

#[test]
fn only_files_of_the_client_are_served() {
    let host = Host::start(HostOptions::default());
    for path in [
        "/nothing",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/assets/..%2f..%2findex.html",
        "/assets",
        "/.env",
        "//",
    ] {
        let answer = host.client("ann").get(path);
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (404, "not-found"),
            "{path}"
        );
    }
    let answer = host.client("ann").call("POST", "/", &[]);
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"));
}
