//! The checks, in the order in which a fresh machine needs them.

use super::{Finding, models};
use crate::manifest::{self, App, Dependency};
use crate::migrate;
use crate::sqlite::database_path;
use flow_native::Library;
use std::collections::BTreeSet;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

/// What to examine.
#[derive(Clone, Debug)]
pub struct Request {
    /// The manifest.
    pub manifest: PathBuf,
    /// Folder of databases, compiled components and libraries.
    pub state_dir: PathBuf,
    /// Where the app is to listen.
    pub listen: SocketAddr,
}

/// Looks at everything.
#[must_use]
pub fn examine(request: &Request) -> Vec<Finding> {
    let mut findings = Vec::new();
    let folder = request.manifest.parent().map(Path::to_owned).unwrap_or_default();
    match manifest::load(&request.manifest) {
        Ok(app) => {
            findings.push(Finding::ok("manifest", format!("{}", request.manifest.display())));
            findings.extend(components(&app));
        }
        Err(error) => findings.push(Finding::missing(
            "manifest",
            error.to_string(),
            "run in the app's folder, or name the manifest with --from",
        )),
    }
    findings.extend(models::examine(&folder.join("models")));
    findings.push(library(&request.state_dir));
    findings.push(state_dir(&request.state_dir));
    findings.push(database(&request.state_dir, &folder.join("migrations")));
    findings.push(port(request.listen));
    findings
}

/// One finding per wasm file that the app needs: of routed components and of what is composed into them.
fn components(app: &App) -> Vec<Finding> {
    let mut needed: BTreeSet<&str> = app.triggered_components().into_iter().collect();
    for id in app.triggered_components() {
        for dependency in app
            .components
            .get(id)
            .into_iter()
            .flat_map(|component| component.dependencies.values())
        {
            if let Dependency::Component(target) = dependency {
                needed.insert(&target.component);
            }
        }
    }
    needed
        .into_iter()
        .filter_map(|id| {
            app.components
                .get(id)
                .map(|component| (id, app.source_path(component)))
        })
        .map(|(id, path)| {
            let subject = format!("component {id}");
            match std::fs::metadata(&path) {
                Ok(file) => Finding::ok(&subject, format!("{:.1} MB", file.len() as f64 / 1e6)),
                Err(error) => Finding::missing(
                    &subject,
                    format!("cannot read {}: {error}", path.display()),
                    "run `cargo xtask build`",
                ),
            }
        })
        .collect()
}

fn library(state_dir: &Path) -> Finding {
    match Library::load(state_dir) {
        Ok(library) => Finding::ok(
            "ONNX Runtime",
            format!("{} ({})", library.version, library.path.display()),
        ),
        Err(error) => Finding::warning(
            "ONNX Runtime",
            format!("{error}; the wasm provider infers instead, several times slower"),
            "run `cargo xtask build`, or set ORT_DYLIB_PATH",
        ),
    }
}

fn state_dir(folder: &Path) -> Finding {
    let writable = std::fs::create_dir_all(folder)
        .and_then(|()| tempfile::tempfile_in(folder))
        .map(drop);
    match writable {
        Ok(()) => Finding::ok("state folder", format!("{}", folder.display())),
        Err(error) => Finding::missing(
            "state folder",
            format!("{}: {error}", folder.display()),
            "make it writable, or name another with --state-dir",
        ),
    }
}

fn database(state_dir: &Path, migrations: &Path) -> Finding {
    let database = database_path(state_dir, "default");
    if !migrations.is_dir() {
        return Finding::missing(
            "database",
            format!("there is no folder {}", migrations.display()),
            "run in the app's folder",
        );
    }
    if !database.is_file() {
        return Finding::missing("database", "not created yet", "run `flow migrate up`");
    }
    match migrate::status(&database, migrations) {
        Ok(statuses) => {
            let pending = statuses
                .iter()
                .filter(|status| status.applied_at.is_none())
                .count();
            if pending == 0 {
                Finding::ok("database", format!("{} migration(s) applied", statuses.len()))
            } else {
                Finding::missing(
                    "database",
                    format!("{pending} migration(s) pending"),
                    "run `flow migrate up`",
                )
            }
        }
        Err(error) if error.is_newer_database() => {
            Finding::warning("database", error.to_string(), "see docs/migrations.md")
        }
        Err(error) => Finding::missing("database", error.to_string(), "see docs/migrations.md"),
    }
}

fn port(listen: SocketAddr) -> Finding {
    match TcpListener::bind(listen) {
        Ok(_) => Finding::ok("port", format!("{listen} is free")),
        Err(error) => Finding::warning(
            "port",
            format!("{listen}: {error}"),
            "the app may be running already; else `flow up --listen` with another",
        ),
    }
}
