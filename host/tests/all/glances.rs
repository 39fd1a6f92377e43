//! Short reads without a thread of their own: what is taken for one, and that nothing else is.

use flow::runtime::bindings::sqlite::{QueryResult, Value};
use flow::sqlite::{Connection, database_path};
use std::path::Path;

fn open(folder: &Path) -> Connection {
    Connection::open(&database_path(folder, "default")).expect("opened")
}

fn run(connection: &Connection, statement: &str) -> QueryResult {
    connection.execute(statement, Vec::new()).expect(statement)
}

/// A table with three rows.
fn numbers(folder: &Path) -> Connection {
    let connection = open(folder);
    run(&connection, "CREATE TABLE numbers (n)");
    run(&connection, "INSERT INTO numbers VALUES (1), (2), (3)");
    connection
}

#[test]
fn a_short_read_is_answered_at_once_like_any_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = numbers(folder.path());
    for statement in [
        "SELECT n AS number FROM numbers WHERE n >= ?",
        "  select n AS number FROM numbers WHERE n >= ?",
        "WITH all_of_them AS (SELECT n AS number FROM numbers) SELECT * FROM all_of_them WHERE number >= ?",
    ] {
        let parameters = vec![Value::Integer(2)];
        let glance = connection.glance(statement, &parameters).expect(statement);
        let whole = connection.execute(statement, parameters).expect(statement);
        assert_eq!(format!("{glance:?}"), format!("{whole:?}"));
        assert_eq!(
            (glance.columns, glance.rows.len()),
            (vec!["number".to_owned()], 2)
        );
    }
}

#[test]
fn what_writes_is_long_large_or_wrong_is_left_alone_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = numbers(folder.path());
    for statement in [
        "INSERT INTO numbers VALUES (4) RETURNING n",
        "WITH four AS (SELECT 4) INSERT INTO numbers SELECT * FROM four",
        "BEGIN",
        "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 100000) SELECT count(*) FROM many",
        "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 100) SELECT n FROM many",
        "SELECT zeroblob(1000000)",
        "SELECT n FROM nowhere",
        "SELECT n FROM",
    ] {
        assert!(connection.glance(statement, &[]).is_none(), "{statement}");
    }
    let missing = "SELECT n FROM numbers WHERE n = ?";
    assert!(
        connection.glance(missing, &[]).is_none(),
        "a parameter is missing"
    );
    let count = run(&connection, "SELECT count(*) FROM numbers");
    assert_eq!(format!("{:?}", count.rows[0].values), "[Value::Integer(3)]");
    // The limit on steps is lifted again.
    let many = "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 100000) SELECT n FROM many";
    assert_eq!(run(&connection, many).rows.len(), 100_000);
}

#[test]
fn a_lock_in_the_way_is_not_waited_for_at_a_glance_and_is_by_the_whole_statement() {
    let folder = tempfile::tempdir().expect("a folder");
    let reader = numbers(folder.path());
    let writer = open(folder.path());
    run(&writer, "BEGIN EXCLUSIVE");
    assert!(reader.glance("SELECT n FROM numbers", &[]).is_none());
    let waiting = std::thread::spawn(move || run(&reader, "SELECT n FROM numbers").rows.len());
    run(&writer, "INSERT INTO numbers VALUES (4)");
    run(&writer, "COMMIT");
    assert_eq!(waiting.join().expect("read"), 4);
}

#[test]
fn a_connection_that_its_guest_has_tuned_is_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = numbers(folder.path());
    run(&connection, "PRAGMA busy_timeout = 7");
    assert!(connection.glance("SELECT n FROM numbers", &[]).is_none());
    let timeout = run(&connection, "PRAGMA busy_timeout");
    assert_eq!(format!("{:?}", timeout.rows[0].values), "[Value::Integer(7)]");
}
