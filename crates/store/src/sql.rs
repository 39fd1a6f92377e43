//! The smallest thing that runs SQL, its values and rows, and transactions on top of it.

use chrono::{DateTime, Utc};

use crate::Error;

/// A value in SQL.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the five storage classes of SQLite")]
pub enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

/// One connection to a SQLite database.
pub trait Database {
    /// Runs one statement with positional parameters and returns all its rows.
    fn run(&self, statement: &str, parameters: &[Value]) -> impl Future<Output = Result<Vec<Row>, Error>>;
}

impl<D: Database> Database for &D {
    fn run(&self, statement: &str, parameters: &[Value]) -> impl Future<Output = Result<Vec<Row>, Error>> {
        (**self).run(statement, parameters)
    }
}

/// Runs `work` in one transaction that holds the write lock from its beginning, so that what it reads stays true until
/// it has written.
pub async fn transaction<D: Database, T>(
    database: &D,
    work: impl AsyncFnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    database.run("BEGIN IMMEDIATE", &[]).await?;
    let done = match work().await {
        Ok(value) => database.run("COMMIT", &[]).await.map(|_| value),
        Err(error) => Err(error),
    };
    if done.is_err() {
        // The first error is the one to tell; if even this fails, the connection's end rolls back.
        drop(database.run("ROLLBACK", &[]).await);
    }
    done
}

/// One row of an answer; columns are read in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub Vec<Value>);

impl Row {
    fn value(&self, column: usize) -> Result<&Value, Error> {
        self.0
            .get(column)
            .ok_or_else(|| Error::Damaged(format!("column {column} is missing")))
    }

    fn read<T>(
        &self,
        column: usize,
        kind: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        match self.value(column)? {
            Value::Null => Ok(None),
            value => read(value)
                .map(Some)
                .ok_or_else(|| Error::Damaged(format!("column {column} is not {kind}: {value:?}"))),
        }
    }

    /// A column of text.
    pub fn text(&self, column: usize) -> Result<String, Error> {
        some(column, self.maybe_text(column)?)
    }

    pub(crate) fn maybe_text(&self, column: usize) -> Result<Option<String>, Error> {
        self.read(column, "text", |value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// A column of text in a type that parses.
    pub(crate) fn parsed<T: std::str::FromStr>(&self, column: usize) -> Result<T, Error> {
        let text = self.text(column)?;
        text.parse()
            .map_err(|_| Error::Damaged(format!("column {column} holds '{text}'")))
    }

    /// A column of a whole number from 0.
    pub fn count(&self, column: usize) -> Result<u64, Error> {
        some(column, self.maybe_count(column)?)
    }

    pub(crate) fn maybe_count(&self, column: usize) -> Result<Option<u64>, Error> {
        self.read(column, "a count", |value| match value {
            Value::Integer(integer) => u64::try_from(*integer).ok(),
            _ => None,
        })
    }

    pub(crate) fn maybe_real(&self, column: usize) -> Result<Option<f64>, Error> {
        self.read(column, "a number", |value| match value {
            Value::Real(real) => Some(*real),
            // Some backends send whole numbers back as integers.
            Value::Integer(integer) => Some(*integer as f64),
            _ => None,
        })
    }

    pub(crate) fn blob(&self, column: usize) -> Result<Vec<u8>, Error> {
        some(
            column,
            self.read(column, "a blob", |value| match value {
                Value::Blob(bytes) => Some(bytes.clone()),
                _ => None,
            })?,
        )
    }

    pub(crate) fn time(&self, column: usize) -> Result<DateTime<Utc>, Error> {
        some(column, self.maybe_time(column)?)
    }

    pub(crate) fn maybe_time(&self, column: usize) -> Result<Option<DateTime<Utc>>, Error> {
        self.read(column, "a time", |value| match value {
            Value::Integer(milliseconds) => DateTime::from_timestamp_millis(*milliseconds),
            _ => None,
        })
    }
}

fn some<T>(column: usize, value: Option<T>) -> Result<T, Error> {
    value.ok_or_else(|| Error::Damaged(format!("column {column} is empty")))
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Value {
    fn from(real: f64) -> Self {
        Self::Real(real)
    }
}

impl From<u32> for Value {
    fn from(count: u32) -> Self {
        Self::Integer(i64::from(count))
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(time: DateTime<Utc>) -> Self {
        Self::Integer(time.timestamp_millis())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Blob(bytes)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
