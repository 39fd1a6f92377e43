//! `flow up`.

use super::AppArgs;
use crate::http::Listening;
use crate::manifest::parse_duration;
use crate::runtime::ClockSource;
use crate::up::{self, Inference, Options, Pending};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[derive(Debug, Args)]
pub(super) struct UpArgs {
    #[command(flatten)]
    app: AppArgs,
    /// Address to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Port to listen on, instead of the one in --listen; 0 takes a free one
    #[arg(long)]
    port: Option<u16>,
    /// Who runs the pose models
    #[arg(long, value_enum, default_value = "auto")]
    inference: Inference,
    /// Cores that one run of a model may use; 1 is best when several videos are scored at once
    #[arg(long, value_name = "N", default_value_t = 1)]
    inference_threads: usize,
    /// Value of an app variable; also `SPIN_VARIABLE_NAME` in the environment
    #[arg(long = "variable", value_name = "NAME=VALUE", value_parser = parse_variable)]
    variables: Vec<(String, String)>,
    /// Folder of compiled components, which several apps may share; default: compiled in the state folder
    #[arg(long, value_name = "DIR")]
    cache_dir: Option<PathBuf>,
    /// Apply pending migrations before serving; without this, pending migrations are an error
    #[arg(long, conflicts_with = "allow_pending_migrations")]
    migrate: bool,
    /// Serve whatever the state of the migrations, to apply them with POST /api/ops/migrations/up
    #[arg(long)]
    allow_pending_migrations: bool,
    /// Time between calls of each of the app's sweepers (see tool.flow in the manifest); 0s is never
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    sweep_every: Option<Duration>,
    /// How long requests under way may take after SIGTERM or SIGINT
    #[arg(long, value_name = "DURATION", default_value = "30s", value_parser = parse_duration)]
    drain: Duration,
    /// How the host's own log lines look; components always write JSON. Default: text on a terminal, JSON elsewhere
    #[arg(long, value_enum)]
    log_format: Option<LogFormat>,
    /// For tests: seconds added to the wall clock that components see
    #[arg(
        long,
        value_name = "SECONDS",
        allow_negative_numbers = true,
        conflicts_with = "clock_file"
    )]
    clock_offset: Option<i64>,
    /// For tests: file with the seconds to add, read at every look at the clock
    #[arg(long, value_name = "FILE")]
    clock_file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

impl LogFormat {
    /// Begins to log on standard error.
    fn begin(self, terminal: bool) {
        let lines = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::try_from_env("FLOW_LOG").unwrap_or_else(|_| EnvFilter::new("info")))
            .with_writer(std::io::stderr)
            .with_ansi(terminal)
            .with_target(false);
        match self {
            Self::Text => lines.init(),
            Self::Json => lines.json().flatten_event(true).init(),
        }
    }
}

fn parse_variable(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .ok_or_else(|| "write NAME=VALUE".to_owned())
}

impl UpArgs {
    fn options(self) -> Options {
        let mut listen = self.listen;
        if let Some(port) = self.port {
            listen.set_port(port);
        }
        let clock = match (self.clock_offset, self.clock_file) {
            (Some(seconds), _) => ClockSource::Offset(seconds),
            (None, Some(file)) => ClockSource::File(Arc::new(file)),
            (None, None) => ClockSource::Machine,
        };
        let pending = match (self.migrate, self.allow_pending_migrations) {
            (true, _) => Pending::Apply,
            (false, true) => Pending::Allow,
            (false, false) => Pending::Refuse,
        };
        Options {
            state_dir: self.app.state_dir(),
            manifest: self.app.from,
            cache_dir: self.cache_dir,
            listen,
            inference: self.inference,
            inference_threads: self.inference_threads,
            variables: self.variables.into_iter().collect::<BTreeMap<_, _>>(),
            clock,
            pending,
            sweep_every: self.sweep_every,
            drain: self.drain,
        }
    }
}

pub(super) fn run(args: UpArgs) -> Result<ExitCode> {
    let terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let usual = if terminal {
        LogFormat::Text
    } else {
        LogFormat::Json
    };
    args.log_format.unwrap_or(usual).begin(terminal);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // Guests compute on these threads: more than cores, so that accepting and answering never waits for all of them.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores + 2)
        .enable_all()
        .build()
        .context("cannot start the async runtime")?;
    let ended = runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
        let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
        let end = async move {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            tracing::info!("ending: no new connections, finishing requests under way");
            tokio::spawn(async move {
                tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
                tracing::warn!("told to end twice: cutting requests off");
                std::process::exit(1);
            });
        };
        up::run(args.options(), end, |address, took| {
            let milliseconds = took.as_millis();
            tracing::info!("serving http://{address} after {milliseconds} ms");
            println!(
                "{}",
                serde_json::json!({ "url": format!("http://{address}"), "startMs": milliseconds })
            );
        })
        .await
    })?;
    if ended == Listening::CutOff {
        tracing::warn!("requests still under way were cut off");
    }
    // The process ends now, and idle instances with it: ending each in turn would only log that they were ended.
    std::mem::forget(runtime);
    Ok(ExitCode::SUCCESS)
}
