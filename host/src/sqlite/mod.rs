//! The SQLite databases: one file per label, a fresh connection per `open`, as Spin has it.
//!
//! Nothing is tuned that a guest could notice: rollback journal, SQLite's default 5 s wait for a lock, no foreign keys unless asked.

mod glance;
mod host;

use glance::Glances;
pub use host::{OpenConnection, SqliteState};

use crate::runtime::bindings::sqlite::{QueryResult, RowResult, Value};
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{Value as SqlValue, ValueRef};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, oneshot};

/// Results larger than this are errors, as in Spin (128 MiB).
pub const MAX_RESULT_BYTES: usize = 128 << 20;

/// Statements that a connection keeps ready to run.
const PREPARED: usize = 64;

/// Rows sent ahead of the guest's reading.
const ROWS_AHEAD: usize = 16;

/// The file of the database labelled `label`. Spin's name for the default one.
#[must_use]
pub fn database_path(state_dir: &Path, label: &str) -> PathBuf {
    if label == "default" {
        state_dir.join("sqlite_db.db")
    } else {
        state_dir.join(format!("sqlite_{label}.db"))
    }
}

/// One connection of a guest. Clones share it; its operations block.
#[derive(Clone, Debug)]
pub struct Connection {
    sqlite: Arc<Mutex<rusqlite::Connection>>,
    glances: Glances,
}

/// Rows of a running query as they are read: columns first, then rows, then how it ended.
#[derive(Debug)]
pub struct Rows {
    /// Names of the columns.
    pub columns: oneshot::Receiver<Vec<String>>,
    /// The rows.
    pub rows: mpsc::Receiver<RowResult>,
    /// How the query ended: an error's words.
    pub end: oneshot::Receiver<Result<(), String>>,
}

impl Connection {
    /// Opens or creates the database at `path`.
    pub fn open(path: &Path) -> Result<Self, rusqlite::Error> {
        let mut connection = rusqlite::Connection::open(path)?;
        // Else SQLite plans statements anew whenever they are run with other values.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        let glances = Glances::default();
        glances.watch(&mut connection)?;
        let noted = glances.clone();
        // As Spin: temporary and in-memory databases may be attached, files may not.
        connection.authorizer(Some(move |context: AuthContext<'_>| {
            noted.note(&context.action);
            match context.action {
                AuthAction::Attach { filename } if !matches!(filename, "" | ":memory:") => {
                    Authorization::Deny
                }
                _ => Authorization::Allow,
            }
        }))?;
        Ok(Self {
            sqlite: Arc::new(Mutex::new(connection)),
            glances,
        })
    }

    fn lock(&self) -> MutexGuard<'_, rusqlite::Connection> {
        // SQLite keeps its own state consistent; a panic in this process cannot break it.
        self.sqlite.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a statement and collects its rows.
    ///
    /// # Errors
    /// SQLite's words, or a result over [`MAX_RESULT_BYTES`].
    pub fn execute(&self, statement: &str, parameters: Vec<Value>) -> Result<QueryResult, String> {
        let mut result = QueryResult {
            columns: Vec::new(),
            rows: Vec::new(),
        };
        let mut bytes = size_of::<QueryResult>();
        let rows = &mut result.rows;
        let columns = &mut result.columns;
        self.run(
            statement,
            parameters,
            |names| *columns = names,
            |row| {
                bytes += row_bytes(&row);
                if bytes > MAX_RESULT_BYTES {
                    return Err(too_large());
                }
                rows.push(row);
                Ok(())
            },
        )?;
        Ok(result)
    }

    /// Starts a statement on a thread of its own and hands its rows over as they are read.
    #[must_use]
    pub fn stream(&self, statement: String, parameters: Vec<Value>) -> Rows {
        let (columns_sender, columns) = oneshot::channel();
        let (rows_sender, rows) = mpsc::channel(ROWS_AHEAD);
        let (end_sender, end) = oneshot::channel();
        let connection = self.clone();
        tokio::task::spawn_blocking(move || {
            let mut columns_sender = Some(columns_sender);
            let result = connection.run(
                &statement,
                parameters,
                |names| {
                    // The guest may have gone; the statement runs all the same, as it does in Spin.
                    columns_sender.take().map(|sender| sender.send(names));
                },
                |row| {
                    if row_bytes(&row) > MAX_RESULT_BYTES {
                        return Err(too_large());
                    }
                    rows_sender
                        .blocking_send(row)
                        .map_err(|_| "row send error".to_owned())
                },
            );
            // A statement that does not compile has no columns; its error arrives at the end.
            if let Some(sender) = columns_sender.take() {
                _ = sender.send(Vec::new());
            }
            _ = end_sender.send(result);
        });
        Rows { columns, rows, end }
    }

    fn run(
        &self,
        statement: &str,
        parameters: Vec<Value>,
        columns: impl FnOnce(Vec<String>),
        mut row: impl FnMut(RowResult) -> Result<(), String>,
    ) -> Result<(), String> {
        let words = |error: rusqlite::Error| error.to_string();
        let connection = self.lock();
        let mut statement = connection.prepare_cached(statement).map_err(words)?;
        columns(statement.column_names().map(ToOwned::to_owned).collect());
        let width = statement.column_count();
        let parameters = rusqlite::params_from_iter(parameters.into_iter().map(to_sql));
        let mut rows = statement.query(parameters).map_err(words)?;
        while let Some(next) = rows.next().map_err(words)? {
            let values = (0..width)
                .map(|column| next.get_ref(column).map_err(words).and_then(from_sql))
                .collect::<Result<_, _>>()?;
            row(RowResult { values })?;
        }
        Ok(())
    }

    /// Row id of the last insert.
    #[must_use]
    pub fn last_insert_rowid(&self) -> i64 {
        self.lock().last_insert_rowid()
    }

    /// Rows that the last statement changed.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.lock().changes()
    }
}

fn too_large() -> String {
    format!("query result exceeds limit of {MAX_RESULT_BYTES} bytes")
}

fn row_bytes(row: &RowResult) -> usize {
    row.values
        .iter()
        .map(|value| {
            size_of::<Value>()
                + match value {
                    Value::Text(text) => text.len(),
                    Value::Blob(blob) => blob.len(),
                    Value::Integer(_) | Value::Real(_) | Value::Null => 0,
                }
        })
        .sum()
}

fn to_sql(value: Value) -> SqlValue {
    match value {
        Value::Null => SqlValue::Null,
        Value::Integer(integer) => SqlValue::Integer(integer),
        Value::Real(real) => SqlValue::Real(real),
        Value::Text(text) => SqlValue::Text(text),
        Value::Blob(blob) => SqlValue::Blob(blob),
    }
}

fn from_sql(value: ValueRef<'_>) -> Result<Value, String> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(integer) => Value::Integer(integer),
        ValueRef::Real(real) => Value::Real(real),
        ValueRef::Text(text) => Value::Text(
            String::from_utf8(text.to_vec())
                .map_err(|error| format!("a text value is not UTF-8: {error}"))?,
        ),
        ValueRef::Blob(blob) => Value::Blob(blob.to_vec()),
    })
}
