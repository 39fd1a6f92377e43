//! SQL over rusqlite: what tests and the command line run on.

use rusqlite::{
    Connection,
    types::{Value as SqliteValue, ValueRef},
};

use crate::{Database, Error, Row, Value};

impl Database for Connection {
    async fn run(&self, statement: &str, parameters: &[Value]) -> Result<Vec<Row>, Error> {
        let failed = |error: rusqlite::Error| Error::Database(error.to_string());
        let mut prepared = self.prepare_cached(statement).map_err(failed)?;
        let parameters = parameters.iter().map(|value| match value.clone() {
            Value::Null => SqliteValue::Null,
            Value::Integer(integer) => SqliteValue::Integer(integer),
            Value::Real(real) => SqliteValue::Real(real),
            Value::Text(text) => SqliteValue::Text(text),
            Value::Blob(bytes) => SqliteValue::Blob(bytes),
        });
        let columns = prepared.column_count();
        let mut rows = prepared
            .query(rusqlite::params_from_iter(parameters))
            .map_err(failed)?;
        let mut answer = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let values = (0..columns).map(|column| row.get_ref(column).map_err(failed).and_then(value));
            answer.push(Row(values.collect::<Result<_, Error>>()?));
        }
        Ok(answer)
    }
}

fn value(value: ValueRef<'_>) -> Result<Value, Error> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(integer) => Value::Integer(integer),
        ValueRef::Real(real) => Value::Real(real),
        ValueRef::Text(text) => Value::Text(
            String::from_utf8(text.to_vec())
                .map_err(|error| Error::Damaged(format!("a text value is not UTF-8: {error}")))?,
        ),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    })
}
