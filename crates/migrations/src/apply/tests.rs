//! Applying and taking back on SQLite in memory, and by several at once on a file.

use std::path::Path;

use futures_executor::block_on;
use rusqlite::Connection;

use super::*;

fn migration(version: u32, up: &str, down: Option<&str>) -> Migration {
    Migration {
        version,
        name: format!("m{version}"),
        up: up.to_owned(),
        down: down.map(str::to_owned),
    }
}

fn two() -> Vec<Migration> {
    vec![
        migration(1, "CREATE TABLE one (x);", Some("DROP TABLE one;")),
        migration(
            3,
            "CREATE TABLE three (x); CREATE TRIGGER t AFTER INSERT ON one BEGIN INSERT INTO three VALUES (new.x); END;",
            Some("DROP TRIGGER t; DROP TABLE three;"),
        ),
    ]
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 999_000_000).unwrap()
}

fn memory() -> Connection {
    Connection::open_in_memory().unwrap()
}

fn versions(migrations: &[Migration]) -> Vec<u32> {
    migrations.iter().map(|migration| migration.version).collect()
}

async fn objects_of(connection: &Connection) -> Vec<String> {
    let names = "SELECT name FROM sqlite_master WHERE name <> 'schema_migrations' ORDER BY name";
    let rows = connection.run(names, &[]).await.unwrap();
    rows.iter().map(|row| row.text(0).unwrap()).collect()
}

fn objects(connection: &Connection) -> Vec<String> {
    block_on(objects_of(connection))
}

fn applied(connection: &Connection, migrations: &[Migration]) -> Vec<(u32, Option<String>)> {
    let statuses = block_on(status(connection, migrations)).unwrap();
    let told = |status: Status| (status.migration.version, status.applied_at);
    statuses.into_iter().map(told).collect()
}

#[test]
fn migrations_are_applied_once_and_remembered() {
    let (database, files) = (memory(), two());
    assert_eq!(applied(&database, &files), [(1, None), (3, None)]);
    assert!(objects(&database).is_empty(), "looking changes nothing");
    assert_eq!(versions(&block_on(up(&database, &files, now())).unwrap()), [1, 3]);
    assert_eq!(versions(&block_on(up(&database, &files, now())).unwrap()), [0; 0]);
    let at = Some("2027-01-15T08:00:00Z".to_owned());
    assert_eq!(applied(&database, &files), [(1, at.clone()), (3, at)]);
    assert_eq!(objects(&database), ["one", "t", "three"]);
}

#[test]
fn a_migration_that_fails_leaves_nothing_and_says_where() {
    let database = memory();
    let mut files = two();
    files[1].up = "CREATE TABLE three (x);\n-- this goes wrong\nINSERT INTO gone VALUES (1);".into();
    let error = block_on(up(&database, &files, now())).unwrap_err();
    assert!(matches!(&error, Error::Statement { line: 3, .. }), "{error:?}");
    assert!(
        error.to_string().contains("0003_m3 fails at line 3") && error.to_string().contains("gone"),
        "{error}"
    );
    assert_eq!(objects(&database), ["one"]);
    files[1] = two().remove(1);
    assert_eq!(versions(&block_on(up(&database, &files, now())).unwrap()), [3]);
}

#[test]
fn only_the_last_applied_migration_is_taken_back() {
    let (database, files) = (memory(), two());
    let back = |version| block_on(down(&database, &files, version));
    let refused = |version| match back(version).unwrap_err() {
        Error::Refused(refused) => refused,
        other => panic!("{other}"),
    };
    assert_eq!(refused(1), Refused::NothingApplied);
    block_on(up(&database, &files, now())).unwrap();
    for version in [0, 1, 2, 4] {
        let last = "0003_m3".to_owned();
        assert_eq!(refused(version), Refused::NotLast { asked: version, last });
    }
    assert_eq!(back(3).unwrap().version, 3);
    assert_eq!(objects(&database), ["one"]);
    let last = "0001_m1".to_owned();
    assert_eq!(
        refused(3),
        Refused::NotLast { asked: 3, last },
        "it is back already"
    );
    assert_eq!(versions(&block_on(up(&database, &files, now())).unwrap()), [3]);

    let stuck = vec![files[0].clone(), migration(3, &files[1].up, None)];
    let error = block_on(down(&database, &stuck, 3)).unwrap_err().to_string();
    assert!(error.contains("0003_m3 has no .down.sql file"), "{error}");
}

#[test]
fn a_way_back_that_fails_leaves_everything_as_it_was() {
    let database = memory();
    let mut files = two();
    files[1].down = Some("DROP TRIGGER t;\nDROP TABLE three;\nDROP TABLE nothing;".into());
    block_on(up(&database, &files, now())).unwrap();
    let error = block_on(down(&database, &files, 3)).unwrap_err();
    assert!(matches!(error, Error::Statement { line: 3, .. }), "{error:?}");
    assert_eq!(objects(&database), ["one", "t", "three"]);
    assert!(applied(&database, &files)[1].1.is_some());
}

#[test]
fn a_refused_state_is_refused_whatever_is_asked() {
    let (database, files) = (memory(), two());
    block_on(up(&database, &files, now())).unwrap();
    let mut edited = files.clone();
    edited[0].up.push_str(" -- later");
    let outcomes = [
        block_on(status(&database, &edited)).map(drop),
        block_on(up(&database, &edited, now())).map(drop),
        block_on(down(&database, &edited, 3)).map(drop),
    ];
    for outcome in outcomes {
        assert!(
            matches!(&outcome, Err(Error::Refused(Refused::Changed(name))) if name == "0001_m1"),
            "{outcome:?}"
        );
    }
    assert_eq!(objects(&database), ["one", "t", "three"]);
}

/// The record as `flow` 0.1 wrote it, before this crate existed.
#[test]
fn a_database_of_an_earlier_release_goes_on() {
    let (database, files) = (memory(), two());
    database
        .execute_batch(&format!(
            "CREATE TABLE IF NOT EXISTS schema_migrations (
               version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL);
             {} INSERT INTO schema_migrations
               VALUES (1, 'm1', '{}', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'));",
            files[0].up,
            files[0].checksum()
        ))
        .unwrap();
    assert_eq!(versions(&block_on(up(&database, &files, now())).unwrap()), [3]);
    assert_eq!(block_on(down(&database, &files, 3)).unwrap().version, 3);
    assert_eq!(block_on(down(&database, &files, 1)).unwrap().version, 1);
}

/// A connection that lets somebody else go first before a statement that begins in some way, once.
struct Late<F> {
    connection: Connection,
    before: &'static str,
    first: Cell<Option<F>>,
}

impl<F: AsyncFnOnce()> Database for Late<F> {
    async fn run(&self, statement: &str, parameters: &[Value]) -> Result<Vec<Row>, flow_store::Error> {
        if statement.starts_with(self.before)
            && let Some(first) = self.first.take()
        {
            first().await;
        }
        self.connection.run(statement, parameters).await
    }
}

#[test]
fn what_somebody_else_did_between_looking_and_doing_is_not_done_again() {
    fn late<F>(file: &Path, first: F) -> Late<F> {
        Late {
            connection: Connection::open(file).unwrap(),
            before: "BEGIN",
            first: Cell::new(Some(first)),
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("db");
    let other = Connection::open(&file).unwrap();
    let files = two();
    block_on(async {
        let all = late(&file, async || {
            assert_eq!(versions(&up(&other, &files, now()).await.unwrap()), [1, 3]);
        });
        assert_eq!(versions(&up(&all, &files, now()).await.unwrap()), [0; 0]);
        assert!(all.first.take().is_none(), "the other one had its turn");

        let back = late(&file, async || {
            assert_eq!(down(&other, &files, 3).await.unwrap().version, 3);
        });
        let error = down(&back, &files, 3).await.unwrap_err();
        assert!(
            matches!(&error, Error::Refused(Refused::NotLast { asked: 3, .. })),
            "{error}"
        );
        assert_eq!(objects_of(&other).await, ["one"]);

        // The other one does a part of it: the rest is still to do.
        down(&other, &files, 1).await.unwrap();
        let part = late(&file, async || {
            assert_eq!(versions(&up(&other, &files[..1], now()).await.unwrap()), [1]);
        });
        assert_eq!(versions(&up(&part, &files, now()).await.unwrap()), [3]);
    });
}

#[test]
fn nobody_comes_between_the_second_look_and_the_first_change() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("db");
    let other = Connection::open(&file).unwrap();
    other.busy_timeout(std::time::Duration::ZERO).unwrap();
    let database = Late {
        connection: Connection::open(&file).unwrap(),
        before: "CREATE TABLE IF NOT EXISTS schema_migrations",
        first: Cell::new(Some(async || {
            let error = other.run("BEGIN IMMEDIATE", &[]).await.unwrap_err();
            assert!(error.to_string().contains("locked"), "{error}");
        })),
    };
    assert_eq!(versions(&block_on(up(&database, &two(), now())).unwrap()), [1, 3]);
    assert!(database.first.take().is_none(), "the other one tried");
}

/// Each applies what it finds pending on a connection of its own, as processes or instances of a component do.
#[test]
fn of_several_at_once_one_applies_each_migration() {
    let folder = tempfile::tempdir().unwrap();
    let file: &Path = &folder.path().join("db");
    let files: Vec<Migration> = (1..=20)
        .map(|version| migration(version, &format!("CREATE TABLE t{version} (x);"), None))
        .collect();
    let start = &std::sync::Barrier::new(4);
    let (files, mut all) = (&files, Vec::new());
    std::thread::scope(|scope| {
        let run = || {
            let database = Connection::open(file).unwrap();
            start.wait();
            block_on(up(&database, files, now())).unwrap()
        };
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        for run in runs {
            all.extend(versions(&run.join().unwrap()));
        }
    });
    all.sort_unstable();
    assert_eq!(all, versions(files));
}
