//! The `flow` command by running it: exit codes, one clear line, no panic.

use std::path::Path;
use std::process::{Command, Output, Stdio};

fn flow(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flow"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("ORT_DYLIB_PATH")
        .output()
        .expect("flow runs")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asserts a failure with one line on standard error that says `expected`.
fn assert_one_line_error(output: &Output, expected: &str) {
    let text = stderr(output);
    assert!(!output.status.success(), "succeeded: {text}");
    assert!(text.contains(expected), "{text:?} does not say {expected:?}");
    assert!(
        !text.contains("panicked") && !text.contains("stack backtrace"),
        "{text}"
    );
    assert_eq!(text.trim_end().lines().count(), 1, "{text}");
}

#[test]
fn up_without_a_manifest_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_one_line_error(
        &flow(folder.path(), &["up"]),
        "cannot read the manifest spin.toml",
    );
}

#[test]
fn up_with_an_unbuilt_component_says_what_to_run() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("spin.toml"), crate::manifest_with("")).expect("written");
    let output = flow(folder.path(), &["up", "--port", "0", "--inference", "wasm"]);
    assert_one_line_error(&output, "cargo xtask build");
}

#[test]
fn up_with_native_inference_demanded_and_no_library_says_where_it_looked() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("spin.toml"), crate::manifest_with("")).expect("written");
    let output = flow(folder.path(), &["up", "--port", "0", "--inference", "native"]);
    assert_one_line_error(&output, "ORT_DYLIB_PATH");
}

#[test]
fn up_refuses_pending_migrations() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("spin.toml"), crate::manifest_with("")).expect("written");
    std::fs::create_dir(folder.path().join("migrations")).expect("made");
    std::fs::write(
        folder.path().join("migrations/0001_a.up.sql"),
        "CREATE TABLE a (x);",
    )
    .expect("written");
    assert_one_line_error(&flow(folder.path(), &["up", "--port", "0"]), "flow migrate up");

    let status = flow(folder.path(), &["migrate", "status"]);
    assert_eq!(status.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&status.stdout).contains("pending"));
    assert!(flow(folder.path(), &["migrate", "up"]).status.success());
    assert!(flow(folder.path(), &["migrate", "status"]).status.success());
}

#[test]
fn up_gets_past_pending_migrations_where_they_are_allowed_and_past_a_newer_database() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("spin.toml"), crate::manifest_with("")).expect("written");
    let migrations = folder.path().join("migrations");
    std::fs::create_dir(&migrations).expect("made");
    for name in ["0001_a", "0002_b"] {
        std::fs::write(
            migrations.join(format!("{name}.up.sql")),
            format!("CREATE TABLE t{name} (x);"),
        )
        .expect("written");
    }
    let up = |extra: &[&str]| {
        let arguments = [&["up", "--port", "0", "--inference", "wasm"], extra].concat();
        let output = flow(folder.path(), &arguments);
        let text = stderr(&output);
        assert!(!output.status.success(), "its component is not built: {text}");
        text
    };
    let allowed = up(&["--allow-pending-migrations"]);
    for expected in [
        "2 migration(s)",
        "POST /api/ops/migrations/up",
        "cargo xtask build",
    ] {
        assert!(allowed.contains(expected), "{allowed}");
    }
    let both = up(&["--migrate", "--allow-pending-migrations"]);
    assert!(both.contains("cannot be used with"), "{both}");

    assert!(flow(folder.path(), &["migrate", "up"]).status.success());
    std::fs::remove_file(migrations.join("0002_b.up.sql")).expect("removed");
    for extra in [&[] as &[&str], &["--migrate"]] {
        let newer = up(extra);
        assert!(
            newer.contains("newer than this release") && newer.contains("cargo xtask build"),
            "{newer}"
        );
    }
    assert_one_line_error(
        &flow(folder.path(), &["migrate", "up"]),
        "newer than this release",
    );
}

#[test]
fn keys_are_fresh_each_time_and_ready_to_be_variables() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = || {
        let output = flow(folder.path(), &["keys"]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(stderr(&output).contains("--variable"));
        String::from_utf8(output.stdout).expect("text")
    };
    let (first, second) = (run(), run());
    for (first, second) in first.lines().zip(second.lines()) {
        assert_ne!(first, second);
    }
    let names: Vec<&str> = first
        .lines()
        .map(|line| line.split_once('=').expect("NAME=VALUE").0)
        .collect();
    assert_eq!(names, ["token_keys", "data_keys", "lookup_key"]);
}

#[test]
fn doctor_in_an_empty_folder_names_everything_that_is_missing_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = flow(folder.path(), &["doctor", "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(1));
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    for expected in [
        "manifest",
        "models",
        "ONNX Runtime",
        "state folder",
        "database",
        "port",
        "-> ",
    ] {
        assert!(table.contains(expected), "{table}");
    }
}

#[test]
fn doctor_finds_a_model_with_other_bytes_than_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("spin.toml"), crate::manifest_with("")).expect("written");
    let models = folder.path().join("models");
    std::fs::create_dir(&models).expect("made");
    // SHA-256 of the empty file, and of nothing at all.
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let list = format!(
        r#"{{"models": [{{"name": "good", "file": "good.onnx", "sha256": "{empty}"}},
                        {{"name": "bad", "file": "bad.onnx", "sha256": "{empty}"}}]}}"#
    );
    std::fs::write(models.join("manifest.json"), list).expect("written");
    std::fs::write(models.join("good.onnx"), "").expect("written");
    std::fs::write(models.join("bad.onnx"), "x").expect("written");
    let output = flow(folder.path(), &["doctor", "--listen", "127.0.0.1:0"]);
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = |subject: &str| {
        table
            .lines()
            .find(|line| line.starts_with(subject))
            .unwrap_or_default()
            .to_owned()
    };
    assert!(line("model good").contains("hash as listed"), "{table}");
    assert!(line("model bad").contains("another hash"), "{table}");
    assert!(line("component site").contains("MISSING"), "{table}");
}

/// The models of the repository.
const MODELS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../models");

/// A video that can be decoded.
const CLIP: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../crates/video/tests/corpus/h264_moov_at_end.mp4"
);

#[test]
fn score_with_a_bad_file_an_unknown_test_or_a_missing_model_says_so_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("text.mp4"), "this is no video").expect("written");
    std::fs::create_dir(folder.path().join("broken")).expect("made");
    for model in ["pose_detection.onnx", "pose_landmark_full.onnx"] {
        std::fs::write(folder.path().join("broken").join(model), "this is no model").expect("written");
    }
    let cases: [(&[&str], &str); 7] = [
        (
            &["gone.mp4", "--test", "overhead-squat", "--models", MODELS],
            "cannot read gone.mp4",
        ),
        (
            &["text.mp4", "--test", "overhead-squat", "--models", MODELS],
            "text.mp4",
        ),
        (
            &[".", "--test", "overhead-squat", "--models", MODELS],
            "cannot read .",
        ),
        (
            &["text.mp4", "--test", "handstand", "--models", MODELS],
            "unknown test 'handstand'",
        ),
        (
            &["text.mp4", "--test", "overhead-squat"],
            "models/pose_detection.onnx is missing",
        ),
        (
            &[
                "text.mp4",
                "--test",
                "overhead-squat",
                "--inference",
                "native",
                "--models",
                MODELS,
            ],
            "ORT_DYLIB_PATH",
        ),
        (
            &[
                CLIP,
                "--test",
                "overhead-squat",
                "--inference",
                "wasm",
                "--models",
                "broken",
            ],
            "pose_detection",
        ),
    ];
    for (arguments, expected) in cases {
        let output = flow(folder.path(), &[&["score"][..], arguments].concat());
        assert_one_line_error(&output, expected);
    }
}

#[test]
fn an_onnx_runtime_that_is_none_is_an_error_and_not_a_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("text.mp4"), "").expect("written");
    std::fs::create_dir_all(folder.path().join(".flow/onnxruntime")).expect("made");
    std::fs::write(
        folder.path().join(".flow/onnxruntime/libonnxruntime.so.1.99.0"),
        "not a library",
    )
    .expect("written");
    let arguments = [
        "score",
        "text.mp4",
        "--test",
        "4",
        "--inference",
        "native",
        "--models",
        MODELS,
    ];
    assert_one_line_error(&flow(folder.path(), &arguments), "cannot be loaded");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = Command::new(env!("CARGO_BIN_EXE_flow"))
        .arg("doctor")
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("flow runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("flow ends");
    let text = stderr(&output);
    assert!(
        !text.contains("panicked") && !text.contains("Broken pipe"),
        "{text}"
    );
    assert!(text.contains("missing"), "{text}");
}
