//! SQL and bytes over Spin's interfaces.

use spin_sdk::{key_value, sqlite};

use crate::{Blobs, Database, Error, Row, Value};

/// A connection to the application's SQLite database.
pub struct SpinDatabase(sqlite::Connection);

impl SpinDatabase {
    /// Opens a connection of one's own to the database `default`.
    pub async fn open() -> Result<Self, Error> {
        sqlite::Connection::open_default().await.map(Self).map_err(failed)
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
        let answer = self.0.execute(statement, parameters).await.map_err(failed)?;
        // The statement has run, or its error is known, only once all rows are read.
        let rows = answer.collect().await.map_err(failed)?;
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
