//! `spin.toml`: what is read, what is refused, and with which words.

use crate::{app, manifest_with};
use flow::manifest::{
    Dependency, FileMount, Inherit, Limits, Route, parse, parse_bytes, parse_duration, stage,
};
use std::path::Path;
use std::time::Duration;

const WHOLE: &str = r#"
spin_manifest_version = 2

[application]
name = "flow-logic"
version = "1.2.3"
description = "d"
authors = ["a"]
[application.tool.flow]
sweep = [
    { component = "pose-score", path = "/internal/sweep", every = "15s" },
    { component = "hidden", path = "/internal/tidy", every = "1h" },
]
[application.tool.other]
anything = 1

[variables]
environment = { default = "production" }
secret_key = { required = true, secret = true }

[[trigger.http]]
route = "/api/:id/..."
component = "pose-score"
[[trigger.http]]
route = { private = true }
component = "hidden"

[component.pose-score]
source = "target/pose_score.wasm"
files = ["models/*.onnx", { source = "web/dist", destination = "/" }]
exclude_files = ["models/face*"]
key_value_stores = ["videos"]
sqlite_databases = ["default"]
allowed_outbound_hosts = ["https://api.stripe.com", "http://hidden.spin.internal"]
environment = { RUST_LOG = "info" }
variables = { environment = "{{ environment }}" }
[component.pose-score.build]
command = "cargo xtask build"
[component.pose-score.tool.flow]
memory = "512MB"
request_limit = "45s"
concurrent_requests = 1
[component.pose-score.dependencies]
"wasi:nn@0.2.0-rc-2024-10-28" = { component = "nn", inherit_configuration = ["files"] }

[component.hidden]
source = "hidden.wasm"
[component.nn]
source = "nn.wasm"
"#;

#[test]
fn every_part_that_the_app_uses_is_read() {
    let app = app(WHOLE);
    assert_eq!(app.application.name, "flow-logic");
    assert_eq!(app.root, Path::new("/app"));
    assert_eq!(app.triggers[0].route, Route::Pattern("/api/:id/...".to_owned()));
    assert_eq!(app.triggers[1].route, Route::Private);
    assert_eq!(app.triggered_components(), ["pose-score", "hidden"]);
    assert!(app.variables["secret_key"].required && app.variables["secret_key"].secret);
    let sweeps: Vec<_> = app
        .sweeps
        .iter()
        .map(|sweep| (sweep.component.as_str(), sweep.path.as_str(), sweep.every))
        .collect();
    assert_eq!(
        sweeps,
        [
            ("pose-score", "/internal/sweep", Duration::from_secs(15)),
            ("hidden", "/internal/tidy", Duration::from_hours(1)),
        ]
    );

    let component = &app.components["pose-score"];
    assert_eq!(
        app.source_path(component),
        Path::new("/app/target/pose_score.wasm")
    );
    assert_eq!(component.key_value_stores, ["videos"]);
    assert_eq!(component.sqlite_databases, ["default"]);
    assert_eq!(component.environment["RUST_LOG"], "info");
    assert!(matches!(&component.files[1], FileMount::Placement { destination, .. } if destination == "/"));
    assert_eq!(component.limits.memory, 512 << 20);
    assert_eq!(component.limits.request_limit, Duration::from_secs(45));
    assert_eq!(component.limits.concurrent_requests, 1);
    assert_eq!(component.limits.reuse_requests, Limits::default().reuse_requests);
    let Dependency::Component(dependency) = &component.dependencies["wasi:nn@0.2.0-rc-2024-10-28"] else {
        panic!("not a component dependency");
    };
    assert_eq!(dependency.component, "nn");
    let inherit = dependency.inherit_configuration.as_ref().expect("inherits");
    assert!(inherit.allows("files") && !inherit.allows("environment"));
    assert!(Inherit::All(true).allows("files") && !Inherit::All(false).allows("files"));
}

#[test]
fn mistakes_and_what_this_host_does_not_run_are_refused_by_name() {
    let cases = [
        ("[component.site.tool.flow]\nmemory = \"lots\"", "is not a size"),
        (
            "[component.site.tool.flow]\nrequest_limit = \"45\"",
            "is not a duration",
        ),
        (
            "[component.site.tool.flow]\nconcurrent_requests = 0",
            "at least 1",
        ),
        (
            "[component.site.tool.flow]\nmemry = \"1GB\"",
            "unknown field `memry`",
        ),
        ("sourse = \"x\"", "unknown field `sourse`"),
        ("ai_models = [\"m\"]", "ai_models"),
        (
            "dependencies_inherit_configuration = true",
            "dependencies_inherit_configuration",
        ),
        (
            "[component.site.dependencies]\n\"a:b\" = \">=1.0\"",
            "\"a:b\" is not supported",
        ),
        (
            "[component.site.dependencies]\n\"a:b\" = { component = \"gone\" }",
            "\"gone\", which does not exist",
        ),
        ("[component.Site_x]\nsource = \"a\"", "kebab-case"),
        (
            "[component.remote]\nsource = { url = \"https://x/y.wasm\", digest = \"sha256:0\" }",
            "name a local file",
        ),
        ("[variables]\nx = {}", "needs `default` or `required = true`"),
        ("[variables]\nX = { default = \"\" }", "invalid character 'X'"),
        (
            "[[trigger.redis]]\nchannel = \"c\"\ncomponent = \"site\"",
            "trigger type \"redis\"",
        ),
        (
            "[[trigger.http]]\nroute = \"/x\"\ncomponent = \"gone\"",
            "\"gone\", which does not exist",
        ),
        (
            "[[trigger.http]]\nroute = { private = false }\ncomponent = \"site\"",
            "{ private = true }",
        ),
        (
            "[[trigger.http]]\nroute = \"/x\"\ncomponent = \"site\"\nexecutor = { type = \"wagi\" }",
            "executor",
        ),
        (
            "[[trigger.http]]\nroute = \"/x\"\nstatic_response = { status_code = 204 }",
            "static_response",
        ),
        (
            "[application.tool.flow]\nsweep = [{ component = \"x\", path = \"/s\", every = \"1s\" }]",
            "no trigger serves",
        ),
        (
            "[application.tool.flow]\nsweep = [{ component = \"site\", path = \"s\", every = \"1s\" }]",
            "must start with /",
        ),
    ];
    let mut wrong = Vec::new();
    for (extra, expected) in cases {
        match parse(&manifest_with(extra), Path::new("spin.toml")) {
            Ok(_) => wrong.push(format!("accepted: {extra}")),
            Err(error) if !error.to_string().contains(expected) => wrong.push(format!("{extra}: {error}")),
            Err(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn another_manifest_version_is_refused() {
    let text = manifest_with("").replace("version = 2", "version = 1");
    let error = parse(&text, Path::new("spin.toml")).expect_err("version 1");
    assert!(error.to_string().contains("reads version 2"), "{error}");
}

#[test]
fn durations_and_sizes() {
    assert_eq!(parse_duration("250ms"), Ok(Duration::from_millis(250)));
    assert_eq!(parse_duration("2m"), Ok(Duration::from_mins(2)));
    assert_eq!(parse_duration("1h"), Ok(Duration::from_hours(1)));
    assert_eq!(parse_bytes("64KB"), Ok(64 << 10));
    assert_eq!(parse_bytes("2GiB"), Ok(2 << 30));
    for text in [
        "",
        "5",
        "s",
        "5 s",
        "-1s",
        "1.5s",
        "99999999999999999999s",
        "18446744073709551615h",
    ] {
        assert!(parse_duration(text).is_err(), "{text}");
    }
    for text in ["", "5", "GB", "5B", "99999999999999999GB"] {
        assert!(parse_bytes(text).is_err(), "{text}");
    }
}

#[test]
fn files_are_copied_to_where_the_guest_sees_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("app");
    for (path, text) in [
        ("web/index.html", "i"),
        ("web/css/a.css", "a"),
        ("models/a.onnx", "m"),
        ("models/face.onnx", "f"),
        ("x.txt", "x"),
    ] {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    let text = manifest_with(
        r#"files = ["models/*.onnx", "x.txt", { source = "web", destination = "/" }, { source = "x.txt", destination = "/y/z.txt" }]
exclude_files = ["models/face*"]"#,
    );
    let app = parse(&text, &root.join("spin.toml")).expect("good");
    let staged = stage(
        &app,
        "site",
        &app.components["site"],
        &folder.path().join("staged"),
    )
    .expect("staged");
    let guest = staged.root.expect("has files");
    for (path, text) in [
        ("index.html", "i"),
        ("css/a.css", "a"),
        ("models/a.onnx", "m"),
        ("x.txt", "x"),
        ("y/z.txt", "x"),
    ] {
        assert_eq!(
            std::fs::read_to_string(guest.join(path)).ok().as_deref(),
            Some(text),
            "{path}"
        );
    }
    assert!(!guest.join("models/face.onnx").exists());
}

#[test]
fn files_that_cannot_be_given_are_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("web")).expect("made");
    std::fs::write(folder.path().join("a.txt"), "").expect("written");
    let cases = [
        (r#"files = ["gone.txt"]"#, "does not exist"),
        (r#"files = ["web"]"#, "is a folder"),
        (
            r#"files = [{ source = "gone", destination = "/" }]"#,
            "does not exist",
        ),
        (
            r#"files = [{ source = "a.txt", destination = "/../../a.txt" }]"#,
            "must not contain `..`",
        ),
        (r#"files = ["../*"]"#, "outside the app's folder"),
    ];
    for (extra, expected) in cases {
        let root = folder.path().join("app");
        std::fs::create_dir_all(root.join("web")).expect("made");
        std::fs::write(root.join("a.txt"), "").expect("written");
        let app = parse(&manifest_with(extra), &root.join("spin.toml")).expect("good");
        let error = stage(
            &app,
            "site",
            &app.components["site"],
            &folder.path().join("staged"),
        )
        .expect_err("cannot be staged");
        assert!(format!("{error:#}").contains(expected), "{extra}: {error:#}");
    }
}
