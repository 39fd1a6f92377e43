//! `flow up`: an app from its manifest to a listening server.

mod build;
mod inference;
mod sweep;

pub use build::{AppParts, build};
pub use inference::{Inference, InferenceChoice};
pub use sweep::{SweepCall, sweep};

use crate::http::{Listening, Server, listen};
use crate::manifest;
use crate::migrate;
use crate::runtime::ClockSource;
use crate::sqlite::database_path;
use crate::variables::Variables;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// What to do about migrations that are not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// Do not start.
    Refuse,
    /// Apply them before anything is served.
    Apply,
    /// Start all the same: the operator applies them through the app.
    Allow,
}

/// What `flow up` is told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The manifest.
    pub manifest: PathBuf,
    /// Where databases, compiled components and libraries are kept.
    pub state_dir: PathBuf,
    /// Where compiled components are kept; `None` is `compiled` in the state folder.
    pub cache_dir: Option<PathBuf>,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Who runs the models.
    pub inference: Inference,
    /// Cores that one run of a model may use.
    pub inference_threads: usize,
    /// Values of the app's variables.
    pub variables: BTreeMap<String, String>,
    /// The guests' wall clock.
    pub clock: ClockSource,
    /// What to do about migrations that are not applied.
    pub pending: Pending,
    /// Time between sweeps; `None` is the manifest's.
    pub sweep_every: Option<Duration>,
    /// How long requests under way may take once the app is told to end.
    pub drain: Duration,
}

/// Runs an app until `end` resolves. `ready` is told the address and how long the start took.
pub async fn run(
    options: Options,
    end: impl Future<Output = ()>,
    ready: impl FnOnce(SocketAddr, Duration),
) -> Result<Listening> {
    let started = Instant::now();
    let mut app = manifest::load(&options.manifest)?;
    std::fs::create_dir_all(&options.state_dir)
        .with_context(|| format!("cannot create the state folder {}", options.state_dir.display()))?;
    migrations(&app, &options)?;
    if let Some(every) = options.sweep_every {
        for sweep in &mut app.sweeps {
            sweep.every = every;
        }
    }
    let variables = Variables::resolve(&app, &options.variables, |key| std::env::var(key).ok())
        .map_err(|errors| anyhow::anyhow!(errors.join("\n")))?;
    let listener = TcpListener::bind(options.listen)
        .await
        .with_context(|| format!("cannot listen on {}", options.listen))?;
    let address = listener.local_addr()?;
    let parts = build(&app, Arc::new(variables), &options, address)?;
    let server = Server::new(parts.server);
    let peers: Arc<dyn crate::outbound::Peers> = server.clone();
    if parts.peers.set(Arc::downgrade(&peers)).is_err() {
        bail!("the server was built twice");
    }
    let sweepers: Vec<_> = app
        .sweeps
        .into_iter()
        .filter(|call| !call.every.is_zero())
        .map(|call| tokio::spawn(sweep(server.clone(), call)))
        .collect();
    ready(address, started.elapsed());
    let ended = listen(server, listener, end, options.drain).await;
    for sweeper in sweepers {
        sweeper.abort();
    }
    Ok(ended)
}

/// Applies, demands or tells the app's migrations. An app without a `migrations` folder has none.
fn migrations(app: &manifest::App, options: &Options) -> Result<()> {
    let folder = app.root.join("migrations");
    if !folder.is_dir() {
        return Ok(());
    }
    let database = database_path(&options.state_dir, "default");
    let pending = match options.pending {
        Pending::Apply => migrate::up(&database, &folder).map(|applied| {
            for migration in applied {
                tracing::info!("applied migration {migration}");
            }
            Vec::new()
        }),
        Pending::Refuse | Pending::Allow => migrate::pending(&database, &folder),
    };
    let pending = match pending {
        Ok(pending) => pending,
        // A release only adds to the database, so that the release before it runs on what the newer one has left.
        Err(error) if options.pending == Pending::Allow || error.is_newer_database() => {
            tracing::warn!("{error}");
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    let Some(first) = pending.first() else {
        return Ok(());
    };
    let count = pending.len();
    if options.pending == Pending::Refuse {
        bail!(
            "{count} migration(s) are not applied, first {first}: run `flow migrate up` or `flow up --migrate`"
        );
    }
    tracing::warn!(
        "{count} migration(s) are not applied, first {first}: apply them with POST /api/ops/migrations/up"
    );
    Ok(())
}
