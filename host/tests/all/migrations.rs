//! Migrations: order, record, checksums, failure, going back, several processes at once.

use flow::migrate::{down, pending, status, up};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

struct Folder {
    root: tempfile::TempDir,
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self {
            root: tempfile::tempdir().expect("a folder"),
        };
        std::fs::create_dir(folder.migrations()).expect("made");
        for (name, sql) in files {
            folder.write(name, sql);
        }
        folder
    }

    fn write(&self, name: &str, sql: &str) {
        std::fs::write(self.migrations().join(name), sql).expect("written");
    }

    fn migrations(&self) -> PathBuf {
        self.root.path().join("migrations")
    }

    fn database(&self) -> PathBuf {
        self.root.path().join("db")
    }

    fn up(&self) -> Result<Vec<String>, String> {
        up(&self.database(), &self.migrations())
            .map(|applied| applied.iter().map(ToString::to_string).collect())
            .map_err(|error| error.to_string())
    }
}

fn tables(database: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(database).expect("opened");
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_migrations' ORDER BY name")
        .expect("prepared");
    let names = statement.query_map([], |row| row.get(0)).expect("queried");
    names.collect::<Result<_, _>>().expect("read")
}

const TWO: [(&str, &str); 4] = [
    ("0001_one.up.sql", "CREATE TABLE one (x);"),
    ("0001_one.down.sql", "DROP TABLE one;"),
    (
        "0002_two.up.sql",
        "CREATE TABLE two (x); CREATE INDEX two_x ON two (x);",
    ),
    ("0002_two.down.sql", "DROP TABLE two;"),
];

#[test]
fn pending_migrations_are_applied_once_in_order() {
    let folder = Folder::new(&TWO);
    assert_eq!(
        pending(&folder.database(), &folder.migrations())
            .expect("read")
            .len(),
        2
    );
    assert_eq!(
        folder.up(),
        Ok(vec!["0001_one".to_owned(), "0002_two".to_owned()])
    );
    assert_eq!(folder.up(), Ok(vec![]));
    assert_eq!(tables(&folder.database()), ["one", "two"]);
    folder.write("0010_three.up.sql", "CREATE TABLE three (x);");
    assert_eq!(folder.up(), Ok(vec!["0010_three".to_owned()]));
    let statuses = status(&folder.database(), &folder.migrations()).expect("read");
    assert!(
        statuses
            .iter()
            .all(|status| status.applied_at.as_deref().is_some_and(|at| at.ends_with('Z')))
    );
}

#[test]
fn a_migration_that_fails_leaves_nothing_and_the_ones_before_it_stay() {
    let folder = Folder::new(&TWO);
    folder.write(
        "0002_two.up.sql",
        "CREATE TABLE two (x); INSERT INTO gone VALUES (1);",
    );
    let error = folder.up().expect_err("0002 fails");
    assert!(error.contains("0002_two") && error.contains("gone"), "{error}");
    assert_eq!(tables(&folder.database()), ["one"]);
    folder.write("0002_two.up.sql", "CREATE TABLE two (x);");
    assert_eq!(folder.up(), Ok(vec!["0002_two".to_owned()]));
}

#[test]
fn the_last_migration_can_be_taken_back_and_applied_again() {
    let folder = Folder::new(&TWO);
    folder.up().expect("applied");
    let taken = || {
        down(&folder.database(), &folder.migrations())
            .expect("taken back")
            .map(|m| m.to_string())
    };
    assert_eq!(taken().as_deref(), Some("0002_two"));
    assert_eq!(tables(&folder.database()), ["one"]);
    assert_eq!(taken().as_deref(), Some("0001_one"));
    assert_eq!(taken(), None);
    assert_eq!(folder.up().expect("applied again").len(), 2);
}

#[test]
fn files_that_do_not_agree_with_the_record_or_each_other_are_errors() {
    let cases: [(&str, &str, &str); 5] = [
        (
            "0001_one.up.sql",
            "CREATE TABLE other (x);",
            "changed after it was applied",
        ),
        ("0001_twin.up.sql", "SELECT 1;", "same number"),
        ("one.up.sql", "SELECT 1;", "NNNN_name.up.sql"),
        ("0007_lone.down.sql", "SELECT 1;", "down file only"),
        ("0000_before.up.sql", "SELECT 1;", "before it is not"),
    ];
    for (name, sql, expected) in cases {
        let folder = Folder::new(&TWO);
        folder.up().expect("applied");
        folder.write(name, sql);
        let error = folder.up().expect_err(name);
        assert!(error.contains(expected), "{name}: {error}");
    }
    let folder = Folder::new(&TWO);
    folder.up().expect("applied");
    std::fs::remove_file(folder.migrations().join("0002_two.up.sql")).expect("removed");
    std::fs::remove_file(folder.migrations().join("0002_two.down.sql")).expect("removed");
    assert!(
        folder
            .up()
            .expect_err("unknown record")
            .contains("newer than this release")
    );
}

#[test]
fn of_several_processes_at_once_one_applies_each_migration_and_all_succeed() {
    for _ in 0..5 {
        let folder = Folder::new(&[]);
        let mut names: Vec<String> = (1..=12).map(|number| format!("{number:04}_t{number}")).collect();
        for (number, name) in (1..).zip(&names) {
            // Applied twice this fails.
            folder.write(&format!("{name}.up.sql"), &format!("CREATE TABLE t{number} (x);"));
        }
        let state = folder.root.path().join("state");
        let run = || {
            Command::new(env!("CARGO_BIN_EXE_flow"))
                .args(["migrate", "up"])
                .arg("--migrations")
                .arg(folder.migrations())
                .arg("--state-dir")
                .arg(&state)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("flow starts")
        };
        let running: Vec<_> = (0..3).map(|_| run()).collect();
        let mut applied = Vec::new();
        for process in running {
            let output = process.wait_with_output().expect("flow ends");
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{errors}");
            let lines = String::from_utf8_lossy(&output.stdout).into_owned();
            let told = lines.lines().filter_map(|line| line.strip_prefix("applied "));
            applied.extend(told.map(str::to_owned));
        }
        applied.sort_unstable();
        names.sort_unstable();
        assert_eq!(applied, names);
    }
}

#[test]
fn an_older_release_is_served_on_a_newer_database_but_does_not_change_it() {
    let folder = Folder::new(&TWO);
    folder.up().expect("applied");
    for file in ["0002_two.up.sql", "0002_two.down.sql"] {
        std::fs::remove_file(folder.migrations().join(file)).expect("removed");
    }
    let newer = pending(&folder.database(), &folder.migrations()).expect_err("newer");
    assert!(newer.is_newer_database(), "{newer}");
    assert!(down(&folder.database(), &folder.migrations()).is_err());
    assert_eq!(tables(&folder.database()), ["one", "two"]);
    folder.write("0001_one.up.sql", "CREATE TABLE other (x);");
    let changed = pending(&folder.database(), &folder.migrations()).expect_err("changed");
    assert!(!changed.is_newer_database(), "{changed}");
}
