//! Why migrations were not read, applied or taken back, in words that say what to do.

use std::path::PathBuf;

use crate::script::ScriptError;

/// Why nothing was done. What a migration had changed before it failed is taken back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {cause}", path = .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The files, or what the database remembers of them, do not allow it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A statement of a migration fails.
    #[error("migration {migration} fails at line {line}, and nothing of it was kept: {cause}")]
    Statement {
        /// The migration.
        migration: String,
        /// Where in its file, from 1.
        line: usize,
        /// What the database said.
        cause: flow_store::Error,
    },
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] flow_store::Error),
}

/// What has to be put right before anything is applied or taken back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A file has a name that says nothing.
    #[error("{0}: name it NNNN_name.up.sql or NNNN_name.down.sql, with four digits")]
    BadName(String),
    /// Two migrations have the same number.
    #[error(
        "{0} and {1} have the same number: give the one that was applied nowhere yet the next free number"
    )]
    SameNumber(String, String),
    /// A file takes back what no file applies.
    #[error("migration {0} has a down file only: add its up file, or remove the down file")]
    DownOnly(String),
    /// A script cannot be taken apart into statements, or says what a migration must not say.
    #[error("{file}: {cause}")]
    Script {
        /// The file's name.
        file: String,
        /// What is wrong, and where.
        cause: ScriptError,
    },
    /// A file is not the one that was applied.
    #[error(
        "{0} was changed after it was applied: put the file back as it was and write a new migration instead"
    )]
    Changed(String),
    /// A migration was applied before one that comes earlier.
    #[error(
        "{applied} is applied, but {pending} before it is not: give {pending} a number after {applied}, \
         or take {applied} back first"
    )]
    OutOfOrder {
        /// What is applied.
        applied: String,
        /// What is not.
        pending: String,
    },
    /// The file of an applied migration is missing, and files of later ones are there.
    #[error("{0} is applied, but its file is missing: put the file back")]
    Missing(String),
    /// All files are applied, and then some that this release does not have.
    #[error(
        "{0} is applied, but its file is missing: the database is newer than this release. The release may be run on it; \
         to change the database, use the release that has the file"
    )]
    Newer(String),
    /// There is no script that takes a migration back.
    #[error("{0} has no .down.sql file, so it cannot be taken back")]
    NoDown(String),
    /// Another migration than the last one was to be taken back.
    #[error(
        "migration {asked:04} is not the last one applied, {last} is: migrations are taken back last first, one at a time"
    )]
    NotLast {
        /// The number that was asked for.
        asked: u32,
        /// The migration that would be next.
        last: String,
    },
    /// There is nothing to take back.
    #[error("no migration is applied, so there is none to take back")]
    NothingApplied,
}
