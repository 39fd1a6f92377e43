//! The pages: what a browser may do on them, how long it may keep them, and that nothing else is served.

use std::io::Read as _;

use flate2::read::GzDecoder;
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
    // WebAssembly may be compiled; text never becomes script.
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"),
        "{policy}"
    );
    assert_eq!(policy.matches("unsafe").count(), 1, "{policy}");
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
fn the_addresses_of_pages_are_the_client_and_others_are_not() {
    let host = Host::start(HostOptions::default());
    let client = host.client("ann");
    let start = client.get("/");
    let list = client.get("/pages.json").json();
    let pages: Vec<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|page| page.as_str())
        .collect();
    assert!(pages.contains(&"/sign-in"), "{pages:?}");
    for path in pages {
        let page = client.get(&path.replace(":id", "0193e7b0"));
        assert_eq!((page.status, &page.bytes), (200, &start.bytes), "{path}");
        assert_eq!(page.header("cache-control"), "public, no-cache");
    }
    // The links of mails lead to pages.
    for path in ["/verify-email", "/reset-password", "/change-email"] {
        assert_eq!(client.get(path).status, 200, "{path}");
    }
    for path in [
        "/sign-in/",
        "/sign-in/x",
        "/Sign-In",
        "/nothing",
        "/api/sign-in",
        "/results/",
        "/results/0193e7b0/x",
    ] {
        assert_eq!(client.get(path).status, 404, "{path}");
    }
    // Browsers show the client, which says that there is nothing.
    let browser = client
        .clone()
        .with("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    let nothing = browser.get("/nothing");
    assert_eq!((nothing.status, &nothing.bytes), (404, &start.bytes));
    let known = browser
        .with("if-none-match", start.header("etag"))
        .get("/nothing");
    assert_eq!(known.status, 404);
}

#[test]
fn text_is_sent_compressed_to_those_who_take_it() {
    let host = Host::start(HostOptions::default());
    let client = host.client("ann");
    let plain = client.get("/");
    assert_eq!(
        (plain.header("content-encoding"), plain.header("vary")),
        ("", "accept-encoding")
    );
    for (accepted, encoding) in [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, GZIP ; q=0.5", "gzip"),
        ("br;q=0.0", ""),
        ("identity", ""),
        ("*", ""),
        ("bread, gzipped", ""),
        ("", ""),
    ] {
        let asking = client.clone().with("accept-encoding", accepted);
        let page = asking.get("/");
        assert_eq!(
            (page.status, page.header("content-encoding")),
            (200, encoding),
            "{accepted}"
        );
        assert_eq!(page.bytes == plain.bytes, encoding.is_empty(), "{accepted}");
        assert_eq!(
            page.header("etag") == plain.header("etag"),
            encoding.is_empty(),
            "{accepted}"
        );
        let again = asking.with("if-none-match", page.header("etag")).get("/");
        assert_eq!((again.status, again.bytes.len()), (304, 0), "{accepted}");
    }
    let page = client.clone().with("accept-encoding", "gzip").get("/");
    let mut text = Vec::new();
    GzDecoder::new(page.bytes.as_slice())
        .read_to_end(&mut text)
        .unwrap();
    assert_eq!(text, plain.bytes);
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
