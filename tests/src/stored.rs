//! Everything that is stored, so that a test can say that nothing of it changed.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::Host;

/// What may change although a request was refused, and why. The audit log may grow, and what stands in it stays.
const MAY_CHANGE: [(&str, &str); 3] = [
    ("throttles", "tries are counted, the refused ones first of all"),
    ("metrics", "every request is counted"),
    ("sqlite_sequence", "the last number of the audit log"),
];

/// A table of which rows may be added and none be changed.
const MAY_GROW: &str = "audit_log";

/// All tables of the database and of the key-value store: names and rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    tables: BTreeMap<String, BTreeSet<String>>,
    except: Vec<&'static str>,
}

impl Stored {
    /// What is stored now.
    #[must_use]
    pub fn in_host(host: &Host) -> Self {
        Self::without(host, &[])
    }

    /// The same without tables that change for a reason of the test's own.
    #[must_use]
    pub fn without(host: &Host, except: &[&'static str]) -> Self {
        let mut tables = BTreeMap::new();
        for (name, connection) in [
            ("database", host.database()),
            ("key-value store", host.key_value_file()),
        ] {
            for (table, definition) in definitions(&connection) {
                let may_change = MAY_CHANGE.iter().any(|(name, _)| *name == table);
                if !may_change && !except.contains(&table.as_str()) {
                    let mut rows = rows(&connection, &table);
                    rows.insert(definition);
                    tables.insert(format!("{name}: {table}"), rows);
                }
            }
        }
        Self {
            tables,
            except: except.to_vec(),
        }
    }

    /// Fails where something of it has changed since.
    pub fn assert_unchanged(&self, host: &Host, because: &str) {
        let changes = self.changes(host);
        assert_eq!(changes, Vec::<String>::new(), "{because} changed what is stored");
    }

    /// What has changed since: a line for each row that is there no more, or that was not there before.
    #[must_use]
    pub fn changes(&self, host: &Host) -> Vec<String> {
        let now = Self::without(host, &self.except);
        let none = BTreeSet::new();
        let names: BTreeSet<&String> = self.tables.keys().chain(now.tables.keys()).collect();
        let mut changes = Vec::new();
        for name in names {
            let before = self.tables.get(name).unwrap_or(&none);
            let after = now.tables.get(name).unwrap_or(&none);
            changes.extend(before.difference(after).map(|row| line("-", name, row)));
            if !name.ends_with(MAY_GROW) {
                changes.extend(after.difference(before).map(|row| line("+", name, row)));
            }
        }
        changes
    }
}

fn line(sign: &str, table: &str, row: &str) -> String {
    format!("{sign} {table}: {}", row.chars().take(300).collect::<String>())
}

/// The tables and how they are defined, triggers and all.
fn definitions(connection: &Connection) -> Vec<(String, String)> {
    let mut tables = connection
        .prepare(
            "SELECT name, (SELECT group_concat(coalesce(sql, ''), ';' ORDER BY name) FROM sqlite_schema AS part \
             WHERE part.tbl_name = whole.name) FROM sqlite_schema AS whole WHERE type = 'table'",
        )
        .expect("the schema");
    let tables = tables.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    let tables = tables.expect("the schema").collect::<Result<_, _>>();
    tables.expect("names and definitions")
}

/// The rows of a table, each as SQL writes its values.
fn rows(connection: &Connection, table: &str) -> BTreeSet<String> {
    let mut columns = connection
        .prepare("SELECT 'quote(\"' || name || '\")' FROM pragma_table_info(?)")
        .expect("the columns");
    let columns = columns
        .query_map([table], |row| row.get(0))
        .expect("the columns")
        .collect::<Result<Vec<String>, _>>()
        .expect("names");
    let mut rows = connection
        .prepare(&format!(
            "SELECT {} FROM \"{table}\"",
            columns.join(" || ', ' || ")
        ))
        .expect("the table");
    let found = rows.query_map([], |row| row.get(0)).expect("the rows");
    let mut rows = BTreeSet::new();
    for row in found {
        let mut row: String = row.expect("text");
        while rows.contains(&row) {
            row.push_str(" again");
        }
        rows.insert(row);
    }
    rows
}
