//! Short reads without a thread of their own: waking one, and being woken by it, takes longer than most of them.

use super::{Connection, from_sql, row_bytes, to_sql};
use crate::runtime::bindings::sqlite::{QueryResult, RowResult, Value};
use rusqlite::hooks::AuthAction;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Steps of SQLite's virtual machine after which a read is no short one: about a millisecond.
const STEPS: i32 = 20_000;

/// Rows, and bytes of all of them, after which a result is no small one.
const ROWS: usize = 64;
const BYTES: usize = 256 << 10;

/// How long a statement with a thread of its own waits for a lock: what rusqlite sets for a new connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is known of a connection for its short reads.
#[derive(Clone, Debug, Default)]
pub(super) struct Glances {
    /// A short read is running.
    running: Arc<AtomicBool>,
    /// The guest has changed, or looked at, how the connection works: it is left alone.
    tuned: Arc<AtomicBool>,
}

impl Glances {
    /// Takes note of what a statement does that is being prepared.
    pub(super) fn note(&self, action: &AuthAction<'_>) {
        if matches!(action, AuthAction::Pragma { .. }) {
            self.tuned.store(true, Ordering::Relaxed);
        }
    }

    /// Ends short reads on `connection` that turn out to be long.
    pub(super) fn watch(&self, connection: &mut rusqlite::Connection) -> Result<(), rusqlite::Error> {
        let running = Arc::clone(&self.running);
        connection.progress_handler(STEPS, Some(move || running.load(Ordering::Relaxed)))
    }
}

impl Connection {
    /// The result of a statement that only reads, if it is a short and small one and nothing is in its way; else nothing
    /// has happened, and it is to be run with all the time it needs, which also finds the words for what is wrong with it.
    #[must_use]
    pub fn glance(&self, statement: &str, parameters: &[Value]) -> Option<QueryResult> {
        let only_reads = statement
            .split_ascii_whitespace()
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("SELECT") || word.eq_ignore_ascii_case("WITH"));
        if !only_reads || self.glances.tuned.load(Ordering::Relaxed) {
            return None;
        }
        let connection = self.sqlite.try_lock().ok()?;
        connection.busy_timeout(Duration::ZERO).ok()?;
        self.glances.running.store(true, Ordering::Relaxed);
        let result = read(&connection, statement, parameters);
        self.glances.running.store(false, Ordering::Relaxed);
        connection.busy_timeout(PATIENCE).ok()?;
        result
    }
}

fn read(connection: &rusqlite::Connection, statement: &str, parameters: &[Value]) -> Option<QueryResult> {
    let mut statement = connection.prepare_cached(statement).ok()?;
    if !statement.readonly() {
        return None;
    }
    let columns: Vec<String> = statement.column_names().map(ToOwned::to_owned).collect();
    let parameters = rusqlite::params_from_iter(parameters.iter().cloned().map(to_sql));
    let mut found = statement.query(parameters).ok()?;
    let (mut rows, mut bytes) = (Vec::new(), 0);
    while let Some(next) = found.next().ok()? {
        let values = (0..columns.len())
            .map(|column| next.get_ref(column).ok().and_then(|value| from_sql(value).ok()))
            .collect::<Option<_>>()?;
        let row = RowResult { values };
        bytes += row_bytes(&row);
        if rows.len() == ROWS || bytes > BYTES {
            return None;
        }
        rows.push(row);
    }
    Some(QueryResult { columns, rows })
}
