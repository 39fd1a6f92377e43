//! What holds at every address, whatever it is about: HEAD beside GET, 405 with `Allow`, no other origins.

use std::collections::BTreeMap;

use flow_api::{Method, operations};
use flow_system_tests::{Answer, Host, HostOptions};

const ID: &str = "0193e7b0-1c5a-7000-8000-0123456789ab";

/// Every method that a client may think of, but TRACE and CONNECT, which clients do not send.
const METHODS: [&str; 8] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND",
];

/// Each address with the methods that it has.
fn addresses() -> BTreeMap<String, Vec<&'static str>> {
    let mut addresses: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for operation in operations() {
        let path = operation.path.replace("{id}", ID).replace("{number}", "1");
        let methods = addresses.entry(path).or_default();
        methods.push(operation.method.name());
        if operation.method == Method::Get {
            methods.push("HEAD");
        }
    }
    addresses.insert("/".into(), vec!["GET", "HEAD"]);
    addresses
}

fn no_other_origin_is_let_in(answer: &Answer, what: &str) {
    let headers = answer.headers.keys();
    let cors: Vec<_> = headers
        .filter(|name| name.as_str().starts_with("access-control-"))
        .collect();
    assert!(cors.is_empty(), "{what}: {cors:?}");
}

#[test]
fn methods_that_an_address_lacks_are_answered_with_those_it_has() {
    let host = Host::start(HostOptions::default());
    let client = host
        .client("ann")
        .with("authorization", "Bearer t0ken")
        .with("origin", "https://elsewhere.example")
        .with("access-control-request-method", "POST")
        .with("access-control-request-headers", "content-type");
    for (path, has) in addresses() {
        for method in METHODS.iter().filter(|method| !has.contains(method)) {
            let answer = client.call(method, &path, &[]);
            let what = format!("{method} {path}");
            if *method == "HEAD" {
                assert_eq!((answer.status, answer.bytes.len()), (405, 0), "{what}");
            } else {
                assert_eq!(
                    (answer.status, answer.problem().as_str()),
                    (405, "method-not-allowed"),
                    "{what}: {}",
                    answer.json()
                );
            }
            let mut allowed: Vec<&str> = answer.header("allow").split(", ").collect();
            let mut has = has.clone();
            allowed.sort_unstable();
            has.sort_unstable();
            assert_eq!(allowed, has, "{what}");
            no_other_origin_is_let_in(&answer, &what);
        }
    }
}

#[test]
fn head_is_answered_as_get_is_without_the_body() {
    let host = Host::start(HostOptions::default());
    let clients = [
        ("somebody", host.client("ann").with("x-dev-tier", "pro-plus")),
        (
            "nobody",
            host.client("ann").with("authorization", "Bearer nonsense"),
        ),
        (
            "an operator",
            host.client("ann").with("authorization", "Bearer t0ken"),
        ),
    ];
    let addresses = addresses();
    let read = addresses.iter().filter(|(_, has)| has.contains(&"GET"));
    for (path, _) in read {
        for (who, client) in &clients {
            let client = client.clone().with("origin", "https://elsewhere.example");
            let (get, head) = (client.get(path), client.call("HEAD", path, &[]));
            let what = format!("{path} for {who}");
            assert_eq!((head.status, head.bytes.len()), (get.status, 0), "{what}");
            for name in [
                "allow",
                "cache-control",
                "content-disposition",
                "content-security-policy",
                "content-type",
                "etag",
                "retry-after",
                "www-authenticate",
            ] {
                assert_eq!(head.header(name), get.header(name), "{what}: {name}");
            }
            // What is streamed has no length, neither with its body nor without it.
            if !get.header("content-length").is_empty() {
                let length = get.bytes.len().to_string();
                assert_eq!(head.header("content-length"), length, "{what}");
            }
            no_other_origin_is_let_in(&get, &what);
            no_other_origin_is_let_in(&head, &what);
        }
    }
}

#[test]
fn the_document_of_the_interface_is_served_and_not_sent_twice() {
    let host = Host::start(HostOptions::default());
    let client = host.client("nobody");
    let answer = client.get("/api/openapi.json");
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/json")
    );
    assert_eq!(answer.json()["openapi"], "3.1.0");
    assert_eq!(
        answer.bytes,
        flow_api::OPENAPI.as_bytes(),
        "build the components first"
    );
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    let tag = answer.header("etag").to_owned();
    let again = client.with("if-none-match", &tag).get("/api/openapi.json");
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_eq!(again.header("etag"), tag);
    assert!(tag.strip_prefix('"').expect("a tag").ends_with('"'));
}

#[test]
fn an_address_that_is_none_is_not_found_whatever_the_method() {
    let host = Host::start(HostOptions::default());
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/attempts/",
        "/api/v1/attempts",
        "/API/attempts",
    ] {
        for method in METHODS {
            let answer = host.client("ann").call(method, path, &[]);
            let expected = match (method, path) {
                // The client's own address space: only GET and HEAD are known there.
                ("GET" | "HEAD", _) => 404,
                (_, "/API/attempts") => 405,
                _ => 404,
            };
            assert_eq!(answer.status, expected, "{method} {path}");
            no_other_origin_is_let_in(&answer, path);
        }
    }
}
