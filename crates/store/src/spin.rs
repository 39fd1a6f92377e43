//! SQL and bytes over Spin's interfaces.

use std::cell::{Cell, RefCell};

// The SDK's own connection has only those operations that answer with a stream.
use spin_sdk::{
    key_value,
    sqlite::wit::sqlite::{self, Connection},
};

use crate::{Blobs, Database, Error, Row, Value};

/// How many connections an instance keeps for its next requests: as many as Spin gives an instance requests at once.
const IDLE: usize = 16;

thread_local! {
    /// Opening one and reading the schema anew takes longer than most requests: the next request goes on with it.
    static IDLE_CONNECTIONS: RefCell<Vec<Connection>> = const { RefCell::new(Vec::new()) };

    /// How many [`Holding`]s there are in this instance.
    static HOLDING: Cell<usize> = const { Cell::new(0) };
}

/// Something that may hold a lock on the database until this instance goes on: a transaction, a statement whose rows are
/// being read.
struct Holding;

impl Holding {
    fn begin() -> Self {
        HOLDING.set(HOLDING.get() + 1);
        Self
    }

    fn nothing() -> bool {
        HOLDING.get() == 0
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        HOLDING.set(HOLDING.get() - 1);
    }
}

/// A connection to the application's SQLite database.
pub struct SpinDatabase {
    /// There until it is dropped.
    connection: Option<Connection>,
    /// The transaction that is open on it.
    transaction: Cell<Option<Holding>>,
    /// A statement is on its way, or one failed.
    doubtful: Cell<bool>,
}

impl SpinDatabase {
    /// A connection of one's own to the database `default`: an idle one of this instance, or a new one.
    pub async fn open() -> Result<Self, Error> {
        let idle = IDLE_CONNECTIONS.with_borrow_mut(Vec::pop);
        let connection = match idle {
            Some(connection) => connection,
            None => Connection::open_async("default".to_owned())
                .await
                .map_err(failed)?,
        };
        Ok(Self {
            connection: Some(connection),
            transaction: Cell::new(None),
            doubtful: Cell::new(false),
        })
    }

    async fn rows(
        &self,
        statement: &str,
        parameters: Vec<sqlite::Value>,
    ) -> Result<Vec<sqlite::RowResult>, Error> {
        let gone = || Error::Database("the connection is gone".to_owned());
        let connection = self.connection.as_ref().ok_or_else(gone)?;
        // A stream of rows takes longer than most reads. Nothing else of this instance runs in the meantime: only where what
        // is waited for is none of its own.
        if statement.starts_with("SELECT") && Holding::nothing() {
            let result = connection.execute(statement, &parameters).map_err(failed)?;
            return Ok(result.rows);
        }
        let _holding = Holding::begin();
        let answer = connection.execute_async(statement.to_owned(), parameters).await;
        let (_, rows, end) = answer.map_err(failed)?;
        // The statement has run, or its error is known, only once all rows are read.
        let rows = rows.collect().await;
        end.await.map_err(failed)?;
        Ok(rows)
    }
}

impl Drop for SpinDatabase {
    /// Keeps the connection if nothing is left on it; else its end rolls back what was begun.
    fn drop(&mut self) {
        if self.transaction.get_mut().is_some() || self.doubtful.get() {
            return;
        }
        let Some(connection) = self.connection.take() else {
            return;
        };
        IDLE_CONNECTIONS.with_borrow_mut(|idle| {
            if idle.len() < IDLE {
                idle.push(connection);
            }
        });
    }
}

fn failed(error: sqlite::Error) -> Error {
    Error::Database(match error {
        sqlite::Error::Io(reason) => reason,
        other => format!("{other:?}"),
    })
}

impl Database for SpinDatabase {
    async fn run(&self, statement: &str, parameters: &[Value]) -> Result<Vec<Row>, Error> {
        let parameters = parameters.iter().map(|value| match value.clone() {
            Value::Null => sqlite::Value::Null,
            Value::Integer(integer) => sqlite::Value::Integer(integer),
            Value::Real(real) => sqlite::Value::Real(real),
            Value::Text(text) => sqlite::Value::Text(text),
            Value::Blob(bytes) => sqlite::Value::Blob(bytes),
        });
        if statement.starts_with("BEGIN") {
            self.transaction.set(Some(Holding::begin()));
        }
        self.doubtful.set(true);
        let rows = self.rows(statement, parameters.collect()).await?;
        self.doubtful.set(false);
        if ["COMMIT", "ROLLBACK"].contains(&statement) {
            self.transaction.set(None);
        }
        let row = |row: sqlite::RowResult| {
            Row(row
                .values
                .into_iter()
                .map(|value| match value {
                    sqlite::Value::Null => Value::Null,
                    sqlite::Value::Integer(integer) => Value::Integer(integer),
                    sqlite::Value::Real(real) => Value::Real(real),
                    sqlite::Value::Text(text) => Value::Text(text),
                    sqlite::Value::Blob(bytes) => Value::Blob(bytes),
                })
                .collect())
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

/// The key-value store that holds the videos.
pub struct SpinBlobs(key_value::Store);

impl SpinBlobs {
    /// Opens the store `videos`.
    pub async fn open() -> Result<Self, Error> {
        key_value::Store::open("videos")
            .await
            .map(Self)
            .map_err(blobs_failed)
    }
}

fn blobs_failed(error: key_value::Error) -> Error {
    Error::Blobs(match error {
        key_value::Error::Other(reason) => reason,
        other => format!("{other:?}"),
    })
}

impl Blobs for SpinBlobs {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Error> {
        self.0.get(key).await.map_err(blobs_failed)
    }

    async fn set(&self, key: &str, value: &[u8]) -> Result<(), Error> {
        self.0.set(key, value).await.map_err(blobs_failed)
    }

    async fn delete(&self, key: &str) -> Result<(), Error> {
        self.0.delete(key).await.map_err(blobs_failed)
    }

    async fn exists(&self, key: &str) -> Result<bool, Error> {
        self.0.exists(key).await.map_err(blobs_failed)
    }
}
