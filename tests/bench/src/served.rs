//! The served app, started for the measurement and ended with it.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result};

/// A running `flow up`.
pub struct Served {
    pub name: String,
    pub url: String,
    child: Child,
    /// Where the host and its components log to.
    log: PathBuf,
}

impl Served {
    /// Starts the app on a free port with fresh state; as many `instances` may work on a video.
    pub fn start(inference: &str, instances: u32) -> Result<Self> {
        let name = match instances {
            1 => format!("HTTP, {inference} inference, one instance"),
            _ => format!("HTTP, {inference} inference"),
        };
        let instances = format!("instances_per_video={instances}");
        let variables = [
            "environment=development",
            "operator_token=bench",
            "processing_time_factor=20",
            "submission_limits=off",
            &instances,
        ];
        Self::launch(name, Path::new("spin.toml"), inference, &variables)
    }

    /// Starts what routes are measured against.
    pub fn baseline() -> Result<Self> {
        let manifest = Path::new("tests/bench/baseline/spin.toml");
        Self::launch("baseline".to_owned(), manifest, "auto", &[])
    }

    fn launch(name: String, manifest: &Path, inference: &str, variables: &[&str]) -> Result<Self> {
        let folder = name.replace(", ", "-").replace(' ', "-");
        let state = Path::new("target/bench-state").join(folder);
        fs::create_dir_all(&state)?;
        for database in ["sqlite_db.db", "sqlite_key_value.db"] {
            // Absent at the first run.
            drop(fs::remove_file(state.join(database)));
        }
        let log = state.join("log");
        let mut command = Command::new("target/release/flow");
        command
            .args([
                "up",
                "--migrate",
                "--port",
                "0",
                "--inference",
                inference,
                "--from",
            ])
            .arg(manifest)
            .arg("--state-dir")
            .arg(&state);
        for variable in variables {
            command.args(["--variable", variable]);
        }
        let mut child = command
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
            name,
            url,
            child,
            log,
        })
    }

    /// Seconds of decoding, inference, the rest and scoring, as the component logged them for an attempt.
    pub fn split(&self, attempt: &str) -> Result<[f64; 4]> {
        let log = fs::read_to_string(&self.log)?;
        let line = log
            .lines()
            .rev()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .find(|line| line["message"] == "a run is done" && line["attempt"] == attempt)
            .with_context(|| format!("no times of {attempt} in {}", self.log.display()))?;
        let seconds = |name: &str| {
            let seconds = line[name].as_f64();
            seconds.with_context(|| format!("no {name} in: {line}"))
        };
        Ok([
            seconds("decodeSeconds")?,
            seconds("inferenceSeconds")?,
            seconds("restSeconds")?,
            seconds("scoringSeconds")?,
        ])
    }

    /// How long the log is now.
    pub fn logged(&self) -> Result<usize> {
        Ok(fs::read_to_string(&self.log)?.len())
    }

    /// Most linear memory in MB of the instances of `pose-score` that ended since the log was `since` long. Waits for those that
    /// have just answered: they end when they have idled for a second.
    pub fn instance_mb(&self, since: usize) -> Result<f64> {
        thread::sleep(Duration::from_secs(2));
        let log = fs::read_to_string(&self.log)?;
        let log = log.get(since..).context("the log became shorter")?;
        let most = log.lines().filter_map(memory_bytes).max_by(f64::total_cmp);
        Ok(most.context("no end of an instance is in the log")? / 1e6)
    }

    /// Seconds of processor time so far, over all threads.
    pub fn processor_s(&self) -> Result<f64> {
        /// Linux counts in hundredths of a second (`USER_HZ`).
        const TICKS_PER_SECOND: f64 = 100.0;
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // After the name in brackets, which may hold spaces: user time is field 14 of all, system time field 15.
        let (_, fields) = stat.rsplit_once(')').context("no process is in /proc")?;
        let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
        Ok(ticks.sum::<Result<f64, _>>()? / TICKS_PER_SECOND)
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
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    let ended = line["message"] == "instance ended" && line["component"] == "pose-score";
    line["memory_bytes"].as_f64().filter(|_| ended)
}

/// The library that `cargo xtask build` fetched.
fn onnx_runtime() -> Result<PathBuf> {
    flow_native::find_library(".flow".as_ref()).context("ONNX Runtime is missing: run `cargo xtask build`")
}
