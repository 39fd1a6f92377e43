//! The application on the embedded host: started on a free port with a state folder of its own, ended by its process id.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::SystemTime,
};

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;

use crate::Client;

/// How to start the application.
#[derive(Clone, Debug)]
pub struct HostOptions {
    /// Values of variables, as `flow up --variable` takes them.
    pub variables: Vec<(&'static str, String)>,
    /// Time between sweeps; `0s` is never, so that tests decide when.
    pub sweep_every: &'static str,
    /// Whether the database is migrated before anything is served.
    pub migrated: bool,
}

impl Default for HostOptions {
    /// In development, with an operator, without sweeps and without limits on submissions. Time is no object on a busy
    /// test machine.
    fn default() -> Self {
        let variables = [
            ("environment", "development"),
            ("operator_token", "t0ken"),
            ("processing_time_factor", "20"),
            ("submission_limits", "off"),
        ];
        Self {
            variables: variables.map(|(name, value)| (name, value.to_owned())).to_vec(),
            sweep_every: "0s",
            migrated: true,
        }
    }
}

impl HostOptions {
    /// The same with another value of a variable.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.to_owned()));
        self
    }
}

/// Keys for tests, and what else accounts need outside of development. Every byte of a key is its number.
const ACCOUNTS: [(&str, &str); 6] = [
    ("token_keys", "k1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"),
    ("data_keys", "d1:AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM"),
    ("lookup_key", "BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU"),
    ("public_url", "https://flow.example.com"),
    ("mail_token", "postmark-s3cret"),
    ("mail_from", "Flow Logic <hello@flow.example.com>"),
];

impl HostOptions {
    /// The same in an environment that is no development, with all that accounts need; mails go to `mail_api`.
    #[must_use]
    pub fn in_environment(self, environment: &str, mail_api: &str) -> Self {
        let options = self.with("environment", environment).with("mail_api", mail_api);
        ACCOUNTS
            .into_iter()
            .fold(options, |options, (name, value)| options.with(name, value))
    }
}

/// A running application.
#[derive(Debug)]
pub struct Host {
    options: HostOptions,
    state: Arc<TempDir>,
    child: Child,
    url: String,
    log: Log,
}

/// What the application has logged so far.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn push(&self, piece: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_str(piece);
    }

    fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Host {
    /// Starts the application and waits until it serves.
    #[must_use]
    pub fn start(options: HostOptions) -> Self {
        let state = TempDir::new().expect("a folder for the state");
        share(&state, "compiled");
        share(&state, "onnxruntime");
        Self::start_on(Arc::new(state), options)
    }

    /// Starts the application once more, as a process of its own on the same state.
    #[must_use]
    pub fn start_another(&self) -> Self {
        Self::start_on(Arc::clone(&self.state), self.options.clone())
    }

    fn start_on(state: Arc<TempDir>, options: HostOptions) -> Self {
        let log = Log::default();
        let (child, url) = launch(&options, state.path(), &log);
        Self {
            options,
            state,
            child,
            url,
            log,
        }
    }

    /// Moves the wall clock of the application to a time, from which it goes on; of all processes on the same state.
    pub fn set_clock(&self, time: DateTime<Utc>) {
        // Rounded up: not a moment before that time.
        let milliseconds = (time - machine_time()).num_milliseconds();
        self.write_clock((milliseconds + 999).div_euclid(1000));
    }

    /// Moves the wall clock forward.
    pub fn advance_clock(&self, seconds: i64) {
        self.write_clock(self.clock_offset_seconds() + seconds);
    }

    /// What the wall clock of the application shows.
    #[must_use]
    pub fn clock(&self) -> DateTime<Utc> {
        machine_time() + TimeDelta::seconds(self.clock_offset_seconds())
    }

    fn clock_offset_seconds(&self) -> i64 {
        let text = fs::read_to_string(clock_file(self.state.path())).unwrap_or_default();
        text.parse().unwrap_or(0)
    }

    /// Replaces the file in one step, so that no look at the clock meets half of it.
    fn write_clock(&self, offset_seconds: i64) {
        let file = clock_file(self.state.path());
        let fresh = file.with_extension("fresh");
        fs::write(&fresh, offset_seconds.to_string()).expect("the clock's file");
        fs::rename(&fresh, &file).expect("the clock's file");
    }

    /// Starts the application again with other variables, on what is left.
    pub fn restart_with(&mut self, options: HostOptions) {
        self.options = options;
        self.kill_and_restart();
    }

    /// What the application has logged so far.
    #[must_use]
    pub fn log(&self) -> String {
        self.log.text()
    }

    /// Lines of the log with this message.
    #[must_use]
    pub fn logged(&self, message: &str) -> Vec<serde_json::Value> {
        let log = self.log();
        let lines = log.lines().filter_map(|line| serde_json::from_str(line).ok());
        lines
            .filter(|line: &serde_json::Value| line["message"] == message)
            .collect()
    }

    /// Ends the application at once, as a power cut would, and starts it again on what is left.
    pub fn kill_and_restart(&mut self) {
        self.kill();
        (self.child, self.url) = launch(&self.options, self.state.path(), &self.log);
    }

    fn kill(&mut self) {
        // Both fail only when the process has ended, which is what is wanted.
        drop(self.child.kill());
        drop(self.child.wait());
    }

    /// A client that is `user` in the Free tier.
    #[must_use]
    pub fn client(&self, user: &str) -> Client {
        Client::new(&self.url, user)
    }

    /// Host and port.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.url.strip_prefix("http://").expect("an http address")
    }

    /// Keys of the raw videos that exist.
    #[must_use]
    pub fn stored_videos(&self) -> Vec<String> {
        let statement = "SELECT key FROM spin_key_value WHERE store = 'videos' ORDER BY key";
        let database = self.key_value_file();
        let mut rows = database.prepare(statement).expect("the key-value file");
        let keys = rows.query_map([], |row| row.get(0)).expect("the key-value file");
        keys.collect::<Result<_, _>>().expect("keys are text")
    }

    /// Damages every raw video, so that no run can read it.
    pub fn damage_videos(&self) {
        let statement = "UPDATE spin_key_value SET value = x'00' WHERE store = 'videos'";
        self.key_value_file()
            .execute(statement, [])
            .expect("the key-value file");
    }

    /// Damages every raw video and returns them as they were.
    #[must_use]
    pub fn take_videos(&self) -> Vec<(String, Vec<u8>)> {
        let database = self.key_value_file();
        let mut rows = database
            .prepare("SELECT key, value FROM spin_key_value WHERE store = 'videos'")
            .expect("the key-value file");
        let videos = rows
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("the key-value file");
        let videos = videos.collect::<Result<_, _>>().expect("keys and values");
        self.damage_videos();
        videos
    }

    /// Puts raw videos back.
    pub fn put_videos(&self, videos: &[(String, Vec<u8>)]) {
        for (key, value) in videos {
            let statement = "UPDATE spin_key_value SET value = ?2 WHERE store = 'videos' AND key = ?1";
            self.key_value_file()
                .execute(statement, (key, value))
                .expect("the key-value file");
        }
    }

    /// Asks the application's database for one value.
    #[must_use]
    pub fn ask<T: rusqlite::types::FromSql>(&self, question: &str) -> T {
        self.database()
            .query_row(question, [], |row| row.get(0))
            .expect("an answer")
    }

    /// Changes the database behind the application's back.
    pub fn change(&self, statement: &str) {
        self.database()
            .execute_batch(statement)
            .expect("a change of the database");
    }

    /// The columns of all tables and stores, but those of the tables `except`, that contain a text somewhere.
    #[must_use]
    pub fn traces_of(&self, text: &str, except: &[&str]) -> Vec<String> {
        let mut traces = Vec::new();
        for database in [self.database(), self.key_value_file()] {
            let mut tables = database
                .prepare(
                    "SELECT sqlite_schema.name, columns.name FROM sqlite_schema \
                     JOIN pragma_table_info(sqlite_schema.name) AS columns WHERE sqlite_schema.type = 'table'",
                )
                .expect("the schema");
            let columns = tables
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
                .expect("the schema")
                .collect::<Result<Vec<(String, String)>, _>>()
                .expect("names");
            for (table, column) in columns {
                let found = format!(
                    "SELECT count(*) FROM {table} WHERE instr(CAST({column} AS BLOB), CAST(? AS BLOB)) > 0"
                );
                let count: i64 = database
                    .query_row(&found, [text], |row| row.get(0))
                    .expect("an answer");
                if count > 0 && !except.contains(&table.as_str()) {
                    traces.push(format!("{table}.{column}"));
                }
            }
        }
        traces
    }

    pub(crate) fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.state.path().join("sqlite_db.db")).expect("the database")
    }

    pub(crate) fn key_value_file(&self) -> rusqlite::Connection {
        let files = fs::read_dir(self.state.path()).expect("the state folder");
        let mut names = files.flatten().map(|file| file.path());
        let path = names.find(|path| path.file_name().is_some_and(|name| name == "sqlite_key_value.db"));
        rusqlite::Connection::open(path.expect("the key-value file")).expect("the key-value file")
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The command `flow`, run in the folder of the workspace.
pub fn flow_command() -> Command {
    let mut command = Command::new(flow());
    command.current_dir(root());
    command
}

fn flow() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    std::env::var_os("FLOW_BIN").map_or_else(|| target.join("release/flow"), PathBuf::from)
}

fn machine_time() -> DateTime<Utc> {
    SystemTime::now().into()
}

fn clock_file(state: &Path) -> PathBuf {
    state.join("clock")
}

/// Lets a fresh state folder use what is expensive and has no state: compiled components and ONNX Runtime.
fn share(state: &TempDir, folder: &str) {
    let shared = root().join(".flow").join(folder);
    fs::create_dir_all(&shared).expect("the shared folder");
    symlink(
        shared.canonicalize().expect("the shared folder"),
        state.path().join(folder),
    )
    .expect("a link");
}

fn launch(options: &HostOptions, state: &Path, log: &Log) -> (Child, String) {
    let flow = flow();
    let mut command = Command::new(&flow);
    let migrations = if options.migrated {
        "--migrate"
    } else {
        "--allow-pending-migrations"
    };
    command
        .args([
            "up",
            migrations,
            "--port",
            "0",
            "--sweep-every",
            options.sweep_every,
        ])
        .arg("--from")
        .arg(root().join("spin.toml"))
        .arg("--state-dir")
        .arg(state)
        .arg("--clock-file")
        .arg(clock_file(state))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for (name, value) in &options.variables {
        command.arg("--variable").arg(format!("{name}={value}"));
    }
    let mut child = command.spawn().unwrap_or_else(|error| {
        panic!(
            "{} cannot be started ({error}); run `cargo xtask build` or set FLOW_BIN",
            flow.display()
        )
    });
    let mut errors = child.stderr.take().expect("standard error is piped");
    let written = log.clone();
    let reader = thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = errors.read(&mut buffer) {
            let piece = String::from_utf8_lossy(&buffer[..count]);
            if std::env::var_os("FLOW_TEST_LOG").is_some() {
                eprint!("{piece}");
            }
            written.push(&piece);
        }
    });
    let mut first = String::new();
    let mut output = BufReader::new(child.stdout.take().expect("standard output is piped"));
    output.read_line(&mut first).expect("standard output");
    let ready: serde_json::Value = serde_json::from_str(&first).unwrap_or_else(|_| {
        drop(child.wait());
        drop(reader.join());
        panic!("flow did not start:\n{}", log.text())
    });
    let url = ready["url"].as_str().expect("an address").to_owned();
    // What else it prints is read and dropped, so that it never waits for a reader.
    thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
    (child, url)
}
