//! SQLite connections as guests get them.

use flow::runtime::bindings::sqlite::Value;
use flow::sqlite::{Connection, database_path};
use std::path::Path;

fn open(folder: &Path) -> Connection {
    Connection::open(&database_path(folder, "default")).expect("opened")
}

/// A value as text, to compare.
fn shown(value: &Value) -> String {
    format!("{value:?}")
}

#[test]
fn every_type_goes_in_and_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = open(folder.path());
    connection
        .execute("CREATE TABLE t (i, r, t, b, n)", Vec::new())
        .expect("created");
    let values = || {
        vec![
            Value::Integer(i64::MIN),
            Value::Real(1.5),
            Value::Text("ü".to_owned()),
            Value::Blob(vec![0, 255]),
            Value::Null,
        ]
    };
    connection
        .execute("INSERT INTO t VALUES (?, ?, ?, ?, ?)", values())
        .expect("inserted");
    assert_eq!((connection.last_insert_rowid(), connection.changes()), (1, 1));
    let result = connection
        .execute("SELECT * FROM t", Vec::new())
        .expect("selected");
    assert_eq!(result.columns, ["i", "r", "t", "b", "n"]);
    let found: Vec<String> = result.rows[0].values.iter().map(shown).collect();
    assert_eq!(found, values().iter().map(shown).collect::<Vec<_>>());
}

#[test]
fn a_transaction_lives_on_one_connection_and_not_on_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let one = open(folder.path());
    one.execute("CREATE TABLE t (x)", Vec::new()).expect("created");
    one.execute("BEGIN IMMEDIATE", Vec::new()).expect("begun");
    one.execute("INSERT INTO t VALUES (1)", Vec::new())
        .expect("inserted");
    let two = open(folder.path());
    let count = |connection: &Connection| {
        shown(
            &connection
                .execute("SELECT count(*) FROM t", Vec::new())
                .expect("counted")
                .rows[0]
                .values[0],
        )
    };
    assert_eq!(count(&two), shown(&Value::Integer(0)));
    one.execute("COMMIT", Vec::new()).expect("committed");
    assert_eq!(count(&two), shown(&Value::Integer(1)));
}

#[test]
fn the_journal_is_spins_and_files_cannot_be_attached() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = open(folder.path());
    let mode = connection
        .execute("PRAGMA journal_mode", Vec::new())
        .expect("read");
    assert_eq!(
        shown(&mode.rows[0].values[0]),
        shown(&Value::Text("delete".to_owned()))
    );
    let file = folder.path().join("other.db");
    let error = connection
        .execute(
            &format!("ATTACH DATABASE '{}' AS other", file.display()),
            Vec::new(),
        )
        .expect_err("files are denied");
    assert!(error.contains("authorized"), "{error}");
    connection
        .execute("ATTACH DATABASE ':memory:' AS scratch", Vec::new())
        .expect("memory is allowed");
}

#[test]
fn a_parallel_burst_of_upserts_counts_each_once() {
    let folder = tempfile::tempdir().expect("a folder");
    open(folder.path())
        .execute("CREATE TABLE hits (id PRIMARY KEY, n)", Vec::new())
        .expect("created");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..5 {
                    open(folder.path())
                        .execute(
                            "INSERT INTO hits VALUES ('a', 1) ON CONFLICT (id) DO UPDATE SET n = n + 1 RETURNING n",
                            Vec::new(),
                        )
                        .expect("upserted");
                }
            });
        }
    });
    let total = open(folder.path())
        .execute("SELECT n FROM hits", Vec::new())
        .expect("read");
    assert_eq!(shown(&total.rows[0].values[0]), shown(&Value::Integer(40)));
}

#[tokio::test]
async fn rows_stream_and_errors_come_at_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = open(folder.path());
    let numbers =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n";
    let mut rows = connection.stream(numbers.to_owned(), Vec::new());
    assert_eq!(rows.columns.await.expect("columns"), ["i"]);
    let mut count = 0;
    while rows.rows.recv().await.is_some() {
        count += 1;
    }
    assert_eq!(count, 1000);
    assert_eq!(rows.end.await.expect("an end"), Ok(()));

    let broken = connection.stream("SELEC 1".to_owned(), Vec::new());
    assert!(broken.columns.await.expect("columns all the same").is_empty());
    assert!(
        broken
            .end
            .await
            .expect("an end")
            .expect_err("does not compile")
            .contains("syntax error")
    );
}

#[tokio::test]
async fn a_reader_that_goes_ends_the_statement_and_frees_the_connection() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = open(folder.path());
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
    let mut rows = connection.stream(endless.to_owned(), Vec::new());
    assert!(rows.rows.recv().await.is_some());
    drop(rows.rows);
    assert!(rows.end.await.expect("an end").is_err());
    let after = tokio::task::spawn_blocking(move || connection.execute("SELECT 1", Vec::new()));
    assert_eq!(after.await.expect("ran").expect("usable").rows.len(), 1);
}
