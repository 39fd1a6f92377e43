//! The app's migrations on a database file. What they are and how they are applied is `flow-migrations`' business.

use flow_migrations::{Error, Refused};
use futures::executor::block_on;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

pub use flow_migrations::{Migration, Status};

/// How long to wait for somebody else who is migrating the same database.
const PATIENCE: Duration = Duration::from_mins(1);

/// Why migrations cannot be read or applied.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database cannot be used.
    #[error("the database {path}: {cause}", path = .path.display())]
    Database {
        /// The database.
        path: PathBuf,
        /// What went wrong.
        cause: String,
    },
    /// The files cannot be read or applied, or what was applied differs from them.
    #[error("{0}")]
    Migrations(Error),
}

impl MigrateError {
    /// Whether everything that this release knows is applied, and then something that it does not know. Such a database
    /// can be served: a release changes nothing that the one before it needs.
    #[must_use]
    pub const fn is_newer_database(&self) -> bool {
        matches!(self, Self::Migrations(Error::Refused(Refused::Newer(_))))
    }
}

fn open(path: &Path) -> Result<Connection, MigrateError> {
    let open = || {
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        Ok(connection)
    };
    open().map_err(|cause: rusqlite::Error| MigrateError::Database {
        path: path.to_owned(),
        cause: cause.to_string(),
    })
}

fn told<T>(path: &Path, outcome: Result<T, Error>) -> Result<T, MigrateError> {
    outcome.map_err(|error| match error {
        Error::Database(cause) => MigrateError::Database {
            path: path.to_owned(),
            cause: cause.to_string(),
        },
        other => MigrateError::Migrations(other),
    })
}

fn read(folder: &Path) -> Result<Vec<Migration>, MigrateError> {
    flow_migrations::read(folder).map_err(MigrateError::Migrations)
}

/// State of every migration in `folder`.
pub fn status(database: &Path, folder: &Path) -> Result<Vec<Status>, MigrateError> {
    let migrations = read(folder)?;
    let connection = open(database)?;
    told(
        database,
        block_on(flow_migrations::status(&connection, &migrations)),
    )
}

/// The migrations in `folder` that are not applied.
pub fn pending(database: &Path, folder: &Path) -> Result<Vec<Migration>, MigrateError> {
    Ok(status(database, folder)?
        .into_iter()
        .filter(|status| status.applied_at.is_none())
        .map(|status| status.migration)
        .collect())
}

/// Applies every pending migration, in order; returns them.
pub fn up(database: &Path, folder: &Path) -> Result<Vec<Migration>, MigrateError> {
    let migrations = read(folder)?;
    let connection = open(database)?;
    let now = SystemTime::now().into();
    told(
        database,
        block_on(flow_migrations::up(&connection, &migrations, now)),
    )
}

/// Takes the last applied migration back; `None` when none is applied.
pub fn down(database: &Path, folder: &Path) -> Result<Option<Migration>, MigrateError> {
    let migrations = read(folder)?;
    let connection = open(database)?;
    let statuses = told(
        database,
        block_on(flow_migrations::status(&connection, &migrations)),
    )?;
    let Some(last) = statuses.into_iter().rfind(|status| status.applied_at.is_some()) else {
        return Ok(None);
    };
    let back = flow_migrations::down(&connection, &migrations, last.migration.version);
    told(database, block_on(back)).map(Some)
}
