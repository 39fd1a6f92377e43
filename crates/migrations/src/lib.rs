//! Numbered migrations: read from a folder, planned, applied and taken back over any connection.
//!
//! The host and a component use the same code: it knows `flow_store::Database` and nothing of who runs the SQL. What was
//! applied is recorded in the database itself, in the table `schema_migrations`, with a checksum of the file. A migration
//! and its record are one transaction, which looks at the record again before it changes anything: of two that run at once
//! one applies and the other finds it applied.

mod apply;
mod error;
mod folder;
mod migration;
mod plan;
mod script;

pub use apply::{down, status, up};
pub use error::{Error, Refused};
pub use folder::read;
pub use migration::Migration;
pub use plan::Status;
pub use script::{ScriptError, Statement, statements};
