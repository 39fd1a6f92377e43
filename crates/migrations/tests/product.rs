//! The product's own migrations, with rows in every table: up, down and up again leaves what it does not concern.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where something unexpected happens"
)]

use std::{collections::BTreeMap, path::Path};

use chrono::{DateTime, Utc};
use flow_migrations::{Migration, down, read, statements, up};
use flow_store::{Database as _, Row};
use futures_executor::block_on;
use rusqlite::Connection;

fn migrations() -> Vec<Migration> {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations")).unwrap()
}

/// Rows for the tables of a migration: `tests/rows/NNNN_name.sql`.
fn rows_of(migration: &Migration) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/rows/{migration}.sql"));
    std::fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!(
            "{}: {error}; put a row into every table of {migration} there",
            file.display()
        )
    })
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn ask(database: &Connection, question: &str) -> Vec<Row> {
    block_on(database.run(question, &[])).unwrap()
}

/// The columns of every table.
fn tables(database: &Connection) -> BTreeMap<String, Vec<String>> {
    let names = "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'schema_migrations' \
                 ORDER BY m.name, c.cid";
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in ask(database, names) {
        let columns = tables.entry(row.text(0).unwrap()).or_default();
        columns.push(row.text(1).unwrap());
    }
    tables
}

/// What these columns of these tables hold.
fn contents(database: &Connection, tables: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<Row>> {
    let read = |(table, columns): (&String, &Vec<String>)| {
        let question = format!("SELECT {} FROM {table}", columns.join(", "));
        (table.clone(), ask(database, &question))
    };
    tables.iter().map(read).collect()
}

/// The names of everything in the schema.
fn schema(database: &Connection) -> Vec<Row> {
    let question = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' \
                    AND name <> 'schema_migrations' ORDER BY type, name";
    ask(database, question)
}

/// A database with these migrations and rows in all their tables.
fn filled(migrations: &[Migration]) -> Connection {
    let database = Connection::open_in_memory().unwrap();
    for (index, migration) in migrations.iter().enumerate() {
        block_on(up(&database, &migrations[..=index], now())).unwrap();
        database.execute_batch(&rows_of(migration)).unwrap();
    }
    for (table, rows) in contents(&database, &tables(&database)) {
        assert!(
            !rows.is_empty(),
            "{table} has no row: add one to the newest of tests/rows"
        );
    }
    database
}

#[test]
fn every_migration_goes_down_and_up_again_and_no_other_table_loses_a_row() {
    let all = migrations();
    for (index, last) in all.iter().enumerate() {
        let (files, earlier) = (&all[..=index], filled(&all[..index]));
        let others = tables(&earlier);
        let database = filled(files);
        let with_it = schema(&database);
        let held = contents(&database, &others);
        let keeps = |when: &str| {
            let now = contents(&database, &others);
            for (table, rows) in &held {
                for row in rows {
                    assert!(now[table].contains(row), "{last} {when}: {table} lost {row:?}");
                }
            }
        };

        assert_eq!(block_on(down(&database, files, last.version)).unwrap(), *last);
        assert_eq!(tables(&database), others, "{last} down");
        assert_eq!(schema(&database), schema(&earlier), "{last} down");
        keeps("down");

        let again = block_on(up(&database, files, now())).unwrap();
        assert_eq!(again, std::slice::from_ref(last));
        assert_eq!(schema(&database), with_it, "{last} up again");
        keeps("up again");
    }
}

/// What a file says that cannot be written so that it may run twice, such as `ADD COLUMN`.
const ONCE_ONLY: &str = "-- Runs once only.";

/// Stock Spin runs `--sqlite @file` at every start and keeps no record.
#[test]
fn every_up_and_every_down_may_run_twice() {
    let all = migrations();
    let database = Connection::open_in_memory().unwrap();
    let run = |script: &str| {
        for statement in statements(script).unwrap() {
            ask(&database, statement.text);
        }
    };
    for migration in &all {
        run(&migration.up);
        database.execute_batch(&rows_of(migration)).unwrap();
        if migration.up.contains(ONCE_ONLY) {
            continue;
        }
        let held = contents(&database, &tables(&database));
        run(&migration.up);
        assert_eq!(contents(&database, &tables(&database)), held, "{migration} twice");
    }
    for migration in all.iter().rev() {
        let down = migration.down.as_ref().unwrap();
        run(down);
        if !down.contains(ONCE_ONLY) {
            run(down);
        }
    }
    assert!(schema(&database).is_empty(), "{:?}", schema(&database));
}

/// SQLite runs a whole script itself; one statement at a time must come to the same.
#[test]
fn taken_apart_a_script_does_what_it_does_as_a_whole() {
    let (whole, apart) = (
        Connection::open_in_memory().unwrap(),
        Connection::open_in_memory().unwrap(),
    );
    for migration in migrations() {
        whole.execute_batch(&migration.up).unwrap();
        for statement in statements(&migration.up).unwrap() {
            ask(&apart, statement.text);
        }
        let made = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name";
        assert_eq!(ask(&whole, made), ask(&apart, made), "{migration}");
    }
}
