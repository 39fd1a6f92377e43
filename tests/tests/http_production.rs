//! Forgetting to set the environment is safe: the development identity does not exist then.

use flow_system_tests::{Host, HostOptions};

const ID: &str = "0193e7b0-1c5a-7000-8000-0123456789ab";

#[test]
fn outside_development_every_address_of_users_asks_to_sign_in() {
    for environment in ["production", "staging", "Development"] {
        let host = Host::start(HostOptions::default().in_environment(environment, "http://127.0.0.1:9"));
        let ann = host
            .client("ann")
            .with("x-dev-tier", "pro-plus")
            .with("content-type", "video/mp4");
        for (method, path) in [
            ("POST", "/api/attempts".to_owned()),
            ("GET", "/api/attempts".to_owned()),
            ("PUT", format!("/api/attempts/{ID}/video")),
            ("POST", format!("/api/attempts/{ID}/score")),
            ("GET", format!("/api/attempts/{ID}")),
            ("GET", format!("/api/attempts/{ID}/key-frames/1.svg")),
            ("GET", format!("/api/attempts/{ID}/details")),
            ("GET", "/api/problem-areas".to_owned()),
            ("GET", "/api/report".to_owned()),
            ("GET", "/api/report.html".to_owned()),
        ] {
            let answer = ann.call(method, &path, if method == "GET" { &[] } else { b"{}" });
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (401, "sign-in-required"),
                "{environment} {path}"
            );
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
        assert_eq!(ann.get("/health").status, 200);
    }
}

#[test]
fn production_is_what_holds_where_nothing_is_set() {
    let mut options = HostOptions::default();
    options.variables.retain(|(name, _)| *name != "environment");
    let host = Host::start(options);
    assert_eq!(host.client("ann").get("/api/attempts").status, 401);
    assert_eq!(
        host.client("ann").get("/health").json()["checks"]["accounts"],
        "failing"
    );
    assert_eq!(
        host.client("ann").get("/health").json()["environment"],
        "production"
    );
}
