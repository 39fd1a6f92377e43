//! A table as two files: JSON with everything, CSV with what fits into cells.

use std::io::Write as _;

use serde_json::{Map, Value};
use zip::CompressionMethod;

use crate::{Archive, Error};

/// Rows that are added to a table's JSON as they come; its CSV follows when the table is closed.
pub struct Table<'a> {
    archive: &'a mut Archive,
    name: &'a str,
    columns: &'a [String],
    csv: csv::Writer<Vec<u8>>,
    rows: u64,
}

/// What a cell of the CSV holds instead of a value that does not fit: it is in the JSON.
const NESTED: &str = "see JSON";

impl Archive {
    /// Begins a table. It ends with [`Table::close`].
    pub fn table<'a>(&'a mut self, name: &'a str, columns: &'a [String]) -> Result<Table<'a>, Error> {
        self.begin(&format!("{name}.json"), CompressionMethod::Deflated)?;
        self.zip.write_all(b"[")?;
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(columns)?;
        Ok(Table {
            archive: self,
            name,
            columns,
            csv,
            rows: 0,
        })
    }
}

impl Table<'_> {
    /// Adds a row: a value for each column.
    pub fn row(&mut self, values: Vec<Value>) -> Result<(), Error> {
        self.csv.write_record(values.iter().map(cell))?;
        let row: Map<String, Value> = self.columns.iter().cloned().zip(values).collect();
        self.archive
            .zip
            .write_all(if self.rows == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut self.archive.zip, &row)?;
        self.rows += 1;
        Ok(())
    }

    /// The bytes that were written since they were taken last.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        self.archive.take()
    }

    /// Ends the JSON and writes the CSV. Returns how many rows there are.
    pub fn close(self) -> Result<u64, Error> {
        self.archive.zip.write_all(b"\n]\n")?;
        let csv = self.csv.into_inner().map_err(csv::IntoInnerError::into_error)?;
        self.archive.file(&format!("{}.csv", self.name), &csv)?;
        Ok(self.rows)
    }
}

/// A value in a cell. Spreadsheets run text that begins like a formula, so such text gets an apostrophe in front (OWASP, CSV
/// injection); numbers stay numbers.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Value::String(text) => text.clone(),
        Value::Array(_) | Value::Object(_) => NESTED.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use chrono::DateTime;
    use serde_json::json;

    use super::*;

    /// The JSON and the CSV of a table with these rows.
    fn written(rows: &[Vec<Value>]) -> (Value, String) {
        let columns = ["id", "note", "result"].map(str::to_owned);
        let mut archive = Archive::new(DateTime::UNIX_EPOCH);
        let mut table = archive.table("attempts", &columns).unwrap();
        for row in rows {
            table.row(row.clone()).unwrap();
        }
        assert_eq!(table.close().unwrap(), rows.len() as u64);
        let mut zip = zip::ZipArchive::new(Cursor::new(archive.finish().unwrap())).unwrap();
        let mut text = |name: &str| {
            let mut text = String::new();
            zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        let json = serde_json::from_str(&text("attempts.json")).unwrap();
        (json, text("attempts.csv"))
    }

    #[test]
    fn every_row_is_in_both_files_and_what_is_nested_only_in_json() {
        let (json, csv) = written(&[
            vec![
                json!(1),
                json!("quiet, \"quoted\"\nand broken"),
                json!({ "bucket": "good" }),
            ],
            vec![json!(2), Value::Null, Value::Null],
        ]);
        assert_eq!(
            json,
            json!([
                { "id": 1, "note": "quiet, \"quoted\"\nand broken", "result": { "bucket": "good" } },
                { "id": 2, "note": null, "result": null },
            ])
        );
        assert_eq!(
            csv,
            "id,note,result\n1,\"quiet, \"\"quoted\"\"\nand broken\",see JSON\n2,,\n"
        );
    }

    #[test]
    fn an_empty_table_is_an_empty_list_under_its_heading() {
        assert_eq!(written(&[]), (json!([]), "id,note,result\n".to_owned()));
    }

    #[test]
    fn no_text_is_a_formula_in_a_spreadsheet() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+49", "'+49"),
            ("-2", "'-2"),
            ("@sum", "'@sum"),
            ("2-1", "2-1"),
        ] {
            assert_eq!(cell(&json!(text)), safe);
        }
        assert_eq!(cell(&json!(-2)), "-2");
    }
}
