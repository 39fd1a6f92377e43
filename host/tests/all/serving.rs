//! The app's own components behind a real `flow up`. Skipped, with a word, where they are not built.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A running app, ended when dropped.
struct App {
    process: Child,
    address: SocketAddr,
    folder: tempfile::TempDir,
}

impl App {
    /// Starts the app of this repository; `None` when its components are not built.
    fn start(extra: &[&str]) -> Option<Self> {
        let manifest = Path::new(ROOT).join("spin.toml");
        let app = flow::manifest::load(&manifest).expect("the repository's manifest is good");
        let missing: Vec<PathBuf> = app
            .components
            .values()
            .map(|component| app.source_path(component))
            .filter(|path| !path.is_file())
            .collect();
        if !missing.is_empty() || !Path::new(ROOT).join("web/dist").is_dir() {
            eprintln!("skipped: run `cargo xtask build` first ({missing:?})");
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let mut process = Command::new(env!("CARGO_BIN_EXE_flow"))
            .args([
                "up",
                "--port",
                "0",
                "--migrate",
                "--variable",
                "environment=development",
            ])
            .args(["--cache-dir", concat!(env!("CARGO_TARGET_TMPDIR"), "/compiled")])
            .arg("--from")
            .arg(&manifest)
            .arg("--state-dir")
            .arg(folder.path().join("state"))
            .args(extra)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("flow starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("piped");
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("the listening line");
        let listening: serde_json::Value = serde_json::from_str(&line).expect("is JSON");
        let url = listening["url"].as_str().expect("has a url");
        let address = url
            .strip_prefix("http://")
            .expect("is http")
            .parse()
            .expect("is an address");
        Some(Self {
            process,
            address,
            folder,
        })
    }

    fn terminate(&self) {
        let killed = Command::new("kill")
            .args(["-TERM", &self.process.id().to_string()])
            .status();
        assert!(killed.expect("kill runs").success());
    }

    fn request(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address).expect("connected");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    }

    fn get(&self, path: &str) -> String {
        self.request(&format!(
            "GET {path} HTTP/1.1\r\nhost: app.test\r\nconnection: close\r\n\r\n"
        ))
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if self.process.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.process.kill().expect("killed");
            self.process.wait().expect("ended");
        }
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn the_app_is_healthy_and_its_clock_follows_the_file() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let path = file.path().to_str().expect("text");
    let Some(app) = App::start(&["--clock-file", path]) else {
        return;
    };
    let answer = app.get("/health");
    assert_eq!(status(&answer), "200", "{answer}");
    let year = |answer: &str| {
        let at = answer.find("\"timestamp\":\"").expect("a timestamp") + "\"timestamp\":\"".len();
        answer[at..at + 4].parse::<u32>().expect("a year")
    };
    let now = year(&answer);
    // Two years and a day.
    std::fs::write(file.path(), "63158400\n").expect("written");
    let later = year(&app.get("/health"));
    assert!((now + 2..=now + 3).contains(&later), "{now} {later}");
}

#[test]
fn paths_of_the_host_and_hosts_without_a_name() {
    let Some(app) = App::start(&[]) else { return };
    let health = app.get("/.well-known/spin/health");
    assert!(status(&health) == "200" && health.ends_with("OK"), "{health}");
    assert!(
        app.get("/.well-known/spin/info")
            .contains("\"name\":\"flow-logic\"")
    );
    assert_eq!(status(&app.get("/.well-known/spin/other")), "404");
    assert_eq!(status(&app.request("GET /health HTTP/1.0\r\n\r\n")), "400");
}

#[test]
fn a_request_under_way_is_finished_after_sigterm_and_no_new_one_is_taken() {
    let Some(mut app) = App::start(&[]) else { return };
    let mut slow = TcpStream::connect(app.address).expect("connected");
    slow.write_all(b"POST /api/attempts HTTP/1.1\r\nhost: app.test\r\ncontent-type: application/json\r\n")
        .expect("sent");
    slow.write_all(b"idempotency-key: k\r\ncontent-length: 7\r\n\r\n{\"te")
        .expect("sent");
    // The guest has the head of the request once it is reading the body.
    std::thread::sleep(Duration::from_millis(300));
    app.terminate();
    let refused = Instant::now() + Duration::from_secs(5);
    while TcpStream::connect(app.address).is_ok() {
        assert!(Instant::now() < refused, "connections are still taken");
        std::thread::sleep(Duration::from_millis(20));
    }
    slow.write_all(b"st\"").expect("sent");
    let mut answer = String::new();
    slow.read_to_string(&mut answer).expect("answered");
    assert_eq!(status(&answer), "400", "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
    assert!(app.process.wait().expect("ended").success());
    let left: Vec<_> = std::fs::read_dir(app.folder.path().join("state"))
        .expect("listed")
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("files-"))
        .collect();
    assert!(left.is_empty(), "staged files stay: {left:?}");
}

#[test]
fn requests_that_never_end_are_cut_off_at_the_drain_limit() {
    let Some(mut app) = App::start(&["--drain", "300ms"]) else {
        return;
    };
    let mut slow = TcpStream::connect(app.address).expect("connected");
    slow.write_all(b"POST /api/attempts HTTP/1.1\r\nhost: app.test\r\ncontent-type: application/json\r\nidempotency-key: k\r\ncontent-length: 7\r\n\r\n{")
        .expect("sent");
    std::thread::sleep(Duration::from_millis(300));
    let told = Instant::now();
    app.terminate();
    assert!(app.process.wait().expect("ended").success());
    assert!(told.elapsed() < Duration::from_secs(5), "{:?}", told.elapsed());
}
