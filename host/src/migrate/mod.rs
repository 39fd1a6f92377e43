//! Numbered migrations: `migrations/NNNN_name.up.sql` and `.down.sql`, each applied in a transaction and recorded with its checksum.

use crate::hex::hex;
use rusqlite::{Connection, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Why migrations cannot be read or applied.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {cause}", path = .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The database cannot be used.
    #[error("the database {path}: {cause}", path = .path.display())]
    Database {
        /// The database.
        path: PathBuf,
        /// SQLite's words.
        cause: rusqlite::Error,
    },
    /// A migration's SQL fails; nothing of it stays.
    #[error("migration {migration} fails: {cause}")]
    Sql {
        /// The migration.
        migration: String,
        /// SQLite's words.
        cause: rusqlite::Error,
    },
    /// The files do not make a sequence, or differ from what was applied.
    #[error("{0}")]
    Inconsistent(String),
}

/// One migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// Number at the start of the file's name.
    pub version: u32,
    /// The file's name between number and `.up.sql`.
    pub name: String,
    /// SQL that applies it.
    pub up: String,
    /// SQL that takes it back, when there is a file for it.
    pub down: Option<String>,
}

impl Migration {
    fn checksum(&self) -> String {
        let digest: [u8; 32] = Sha256::digest(self.up.as_bytes()).into();
        hex(&digest)
    }
}

impl fmt::Display for Migration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}_{}", self.version, self.name)
    }
}

/// One line of `flow migrate status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The migration.
    pub migration: Migration,
    /// When it was applied (RFC 3339, UTC); `None` when it is pending.
    pub applied_at: Option<String>,
}

/// The migrations in `folder`, in order.
pub fn read(folder: &Path) -> Result<Vec<Migration>, MigrateError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause| MigrateError::Read { path, cause }
    };
    let mut migrations: BTreeMap<u32, Migration> = BTreeMap::new();
    let mut downs = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        let Some(file) = path.file_name().and_then(|file| file.to_str()) else {
            continue;
        };
        let (stem, up) = match (file.strip_suffix(".up.sql"), file.strip_suffix(".down.sql")) {
            (Some(stem), _) => (stem, true),
            (None, Some(stem)) => (stem, false),
            (None, None) => continue,
        };
        let (version, name) = stem
            .split_once('_')
            .and_then(|(number, name)| Some((number.parse::<u32>().ok()?, name)))
            .ok_or_else(|| MigrateError::Inconsistent(format!("{file}: name it NNNN_name.up.sql")))?;
        let sql = std::fs::read_to_string(&path).map_err(failed(&path))?;
        if up {
            let migration = Migration {
                version,
                name: name.to_owned(),
                up: sql,
                down: None,
            };
            if let Some(earlier) = migrations.insert(version, migration) {
                return Err(MigrateError::Inconsistent(format!(
                    "{earlier} and {stem} have the same number"
                )));
            }
        } else {
            downs.insert(version, sql);
        }
    }
    for (version, sql) in downs {
        match migrations.get_mut(&version) {
            Some(migration) => migration.down = Some(sql),
            None => {
                return Err(MigrateError::Inconsistent(format!(
                    "migration {version:04} has a down file only"
                )));
            }
        }
    }
    Ok(migrations.into_values().collect())
}

struct Database<'a> {
    path: &'a Path,
    connection: Connection,
}

impl<'a> Database<'a> {
    fn open(path: &'a Path) -> Result<Self, MigrateError> {
        let connection = Connection::open(path).map_err(|cause| MigrateError::Database {
            path: path.to_owned(),
            cause,
        })?;
        let database = Self { path, connection };
        database.failed(database.connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations (
               version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)",
            [],
        ))?;
        Ok(database)
    }

    fn failed<T>(&self, result: rusqlite::Result<T>) -> Result<T, MigrateError> {
        result.map_err(|cause| MigrateError::Database {
            path: self.path.to_owned(),
            cause,
        })
    }

    /// Every known migration with its state; an error when what was applied is not what the files say.
    fn status(&self, migrations: Vec<Migration>) -> Result<Vec<Status>, MigrateError> {
        let mut applied: BTreeMap<u32, (String, String, String)> = BTreeMap::new();
        let mut statement = self.failed(
            self.connection
                .prepare("SELECT version, name, checksum, applied_at FROM schema_migrations"),
        )?;
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?)))
        });
        for row in self.failed(rows)? {
            let (version, record) = self.failed(row)?;
            applied.insert(version, record);
        }
        let mut statuses: Vec<Status> = Vec::new();
        for migration in migrations {
            let record = applied.remove(&migration.version);
            if let Some((name, checksum, _)) = &record
                && (*name != migration.name || *checksum != migration.checksum())
            {
                return Err(MigrateError::Inconsistent(format!(
                    "{migration} was changed after it was applied: write a new migration instead"
                )));
            }
            if let (Some(_), Some(earlier)) = (&record, statuses.last())
                && earlier.applied_at.is_none()
            {
                return Err(MigrateError::Inconsistent(format!(
                    "{migration} is applied, but {} before it is not",
                    earlier.migration
                )));
            }
            statuses.push(Status {
                migration,
                applied_at: record.map(|(_, _, at)| at),
            });
        }
        if let Some((version, (name, _, _))) = applied.pop_first() {
            return Err(MigrateError::Inconsistent(format!(
                "{version:04}_{name} is applied, but its file is missing: the database is newer than this release"
            )));
        }
        Ok(statuses)
    }

    /// Runs a migration's SQL and `record` in one transaction.
    fn transact(
        &mut self,
        migration: &Migration,
        sql: &str,
        record: impl FnOnce(&Connection) -> rusqlite::Result<usize>,
    ) -> Result<(), MigrateError> {
        let failed = |cause| MigrateError::Sql {
            migration: migration.to_string(),
            cause,
        };
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        transaction.execute_batch(sql).map_err(failed)?;
        record(&transaction).map_err(failed)?;
        transaction.commit().map_err(failed)
    }
}

/// State of every migration in `folder`.
pub fn status(database: &Path, folder: &Path) -> Result<Vec<Status>, MigrateError> {
    Database::open(database)?.status(read(folder)?)
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
    let mut database = Database::open(database)?;
    let statuses = database.status(read(folder)?)?;
    let mut applied = Vec::new();
    for status in statuses.into_iter().filter(|status| status.applied_at.is_none()) {
        let migration = status.migration;
        let record = params![migration.version, migration.name, migration.checksum()];
        database.transact(&migration, &migration.up, |connection| {
            connection.execute(
                "INSERT INTO schema_migrations VALUES (?1, ?2, ?3, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                record,
            )
        })?;
        applied.push(migration);
    }
    Ok(applied)
}

/// Takes the last applied migration back; `None` when none is applied.
pub fn down(database: &Path, folder: &Path) -> Result<Option<Migration>, MigrateError> {
    let mut database = Database::open(database)?;
    let statuses = database.status(read(folder)?)?;
    let Some(last) = statuses.into_iter().rfind(|status| status.applied_at.is_some()) else {
        return Ok(None);
    };
    let migration = last.migration;
    let sql = migration
        .down
        .clone()
        .ok_or_else(|| MigrateError::Inconsistent(format!("{migration} has no .down.sql file")))?;
    database.transact(&migration, &sql, |connection| {
        connection.execute(
            "DELETE FROM schema_migrations WHERE version = ?1",
            [migration.version],
        )
    })?;
    Ok(Some(migration))
}
