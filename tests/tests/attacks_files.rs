//! Attacks on the files beside the web client.

use flow_system_tests::{Host, HostOptions, raw};

/// Addresses that a careless server takes for files outside of the folder it serves.
const OUTSIDE: [&str; 36] = [
    "/../Cargo.toml",
    "/../../Cargo.toml",
    "/assets/../../Cargo.toml",
    "/assets/../index.html",
    "/./index.html",
    "//index.html",
    "//etc/passwd",
    "/..//etc/passwd",
    "/....//....//etc/passwd",
    "/..;/etc/passwd",
    "/%2e%2e/Cargo.toml",
    "/%2E%2E/%2E%2E/etc/passwd",
    "/.%2e/Cargo.toml",
    "/%2e%2e%2fCargo.toml",
    "/..%2fCargo.toml",
    "/..%5cCargo.toml",
    "/..\\Cargo.toml",
    "/assets\\..\\..\\Cargo.toml",
    "/%252e%252e/Cargo.toml",
    "/%c0%ae%c0%ae/Cargo.toml",
    "/%uff0e%uff0e/Cargo.toml",
    "/index.html%00",
    "/index.html%00.png",
    "/%00",
    "/index.html/",
    "/index.html/..",
    "/index.html/x",
    "/favicon.svg/x/y",
    "/index.html;.js",
    "/index.html::$DATA",
    "/.git/config",
    "/.env",
    "/assets/",
    "/assets/.",
    "/web/index.html",
    "/spin.toml",
];

#[test]
fn no_address_shows_a_file_that_is_not_the_web_clients() {
    let host = Host::start(HostOptions::default());
    let absolute = format!("http://{}/../Cargo.toml", host.authority());
    for path in OUTSIDE
        .into_iter()
        .chain([absolute.as_str(), "Cargo.toml", "../Cargo.toml"])
    {
        for method in ["GET", "HEAD"] {
            let answer = raw::exchange(&host, &raw::head(&host, &format!("{method} {path}"), &[]));
            let answer = answer.expect("an answer");
            assert!(
                [400, 404].contains(&answer.status),
                "{method} {path}: {}",
                answer.status
            );
            let text = answer.text();
            for inside in [
                "[workspace]",
                "spin_manifest_version",
                "root:",
                "<!doctype",
                "ref:",
            ] {
                assert!(!text.to_lowercase().contains(inside), "{method} {path}: {text}");
            }
        }
    }
    assert_eq!(host.client("ann").get("/index.html").status, 200);
}
