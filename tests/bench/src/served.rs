//! The served app, started for the measurement and ended with it.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

/// A running `flow up`.
pub struct Served {
    pub name: String,
    pub url: String,
    child: Child,
    /// Where the host and its components log to.
    log: PathBuf,
}

impl Served {
    /// Starts the app on a free port with fresh state.
    pub fn start(inference: &str) -> Result<Self> {
        let state = format!("target/bench-state-{inference}");
        fs::create_dir_all(&state)?;
        for database in ["sqlite_db.db", "sqlite_key_value.db"] {
            // Absent at the first run.
            drop(fs::remove_file(format!("{state}/{database}")));
        }
        let log = Path::new(&state).join("log");
        let mut child = Command::new("target/release/flow")
            .args([
                "up",
                "--migrate",
                "--port",
                "0",
                "--inference",
                inference,
                "--state-dir",
                &state,
            ])
            .args([
                "--variable",
                "environment=development",
                "--variable",
                "processing_time_factor=20",
            ])
            .env("ORT_DYLIB_PATH", onnx_runtime()?)
            .env("FLOW_LOG", "info,flow::runtime=debug")
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?)
            .spawn()
            .context("target/release/flow cannot be started: run `cargo xtask build`")?;
        let mut first = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut first)?;
        let ready: serde_json::Value = serde_json::from_str(&first).context("flow up did not start")?;
        let url = ready["url"].as_str().context("no address")?.to_owned();
        Ok(Self {
            name: format!("HTTP, {inference} inference"),
            url,
            child,
            log,
        })
    }

    /// Seconds of decoding, inference, the rest and scoring, as the component logged them for an attempt.
    pub fn split(&self, attempt: &str) -> Result<[f64; 4]> {
        let log = fs::read_to_string(&self.log)?;
        let prefix = format!("info attempt={attempt} ");
        let line = log
            .lines()
            .rev()
            .find_map(|line| line.strip_prefix(&prefix))
            .with_context(|| format!("no times of {attempt} in {}", self.log.display()))?;
        let seconds = |name: &str| -> Result<f64> {
            let word = line
                .split_whitespace()
                .find_map(|word| word.strip_prefix(name))
                .with_context(|| format!("no {name} in: {line}"))?;
            Ok(word.trim_start_matches('=').parse()?)
        };
        Ok([
            seconds("decode_s")?,
            seconds("inference_s")?,
            seconds("rest_s")?,
            seconds("scoring_s")?,
        ])
    }

    /// Linear memory in MB of the instance of `pose-score` that scored an attempt. It ends a little later than its answer;
    /// those that end before it logs the attempt are others, such as the sweeper's.
    pub fn instance_mb(&self, attempt: &str) -> Result<f64> {
        let scored = format!("info attempt={attempt} ");
        for _ in 0..100 {
            let log = fs::read_to_string(&self.log)?;
            let after = log.split_once(&scored).map_or("", |(_, after)| after);
            if let Some(bytes) = after.lines().filter_map(memory_bytes).max_by(f64::total_cmp) {
                return Ok(bytes / 1e6);
            }
            thread::sleep(Duration::from_millis(50));
        }
        bail!("no end of an instance is in {}", self.log.display())
    }

    /// Peak of resident memory in MB so far.
    pub fn peak_mb(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .context("no VmHWM")?;
        let kib: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kib * 1024.0 / 1e6)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What a line says that an instance of `pose-score` took.
fn memory_bytes(line: &str) -> Option<f64> {
    let (_, rest) = line.split_once("instance ended component=pose-score memory_bytes=")?;
    rest.trim().parse().ok()
}

/// The library that `cargo xtask build` fetched.
fn onnx_runtime() -> Result<PathBuf> {
    flow_native::find_library(".flow".as_ref()).context("ONNX Runtime is missing: run `cargo xtask build`")
}
