//! The checklist in docs/security.md holds: each requirement of ASVS 5.0 at levels 1 and 2 is in it, and each test that it names exists.
#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Every requirement at levels 1 and 2 of ASVS 5.0.0, by its number.
const REQUIREMENTS: &str = "
    1.1.1 1.1.2 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.2.6 1.2.7 1.2.8 1.2.9 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.3.6 1.3.7 1.3.8
    1.3.9 1.3.10 1.3.11 1.4.1 1.4.2 1.4.3 1.5.1 1.5.2
    2.1.1 2.1.2 2.1.3 2.2.1 2.2.2 2.2.3 2.3.1 2.3.2 2.3.3 2.3.4 2.4.1
    3.2.1 3.2.2 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.2 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.2 3.5.3 3.5.4 3.5.5 3.7.1 3.7.2
    4.1.1 4.1.2 4.1.3 4.2.1 4.3.1 4.3.2 4.4.1 4.4.2 4.4.3 4.4.4
    5.1.1 5.2.1 5.2.2 5.2.3 5.3.1 5.3.2 5.4.1 5.4.2 5.4.3
    6.1.1 6.1.2 6.1.3 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 6.2.12 6.3.1 6.3.2 6.3.3 6.3.4
    6.4.1 6.4.2 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 6.8.1 6.8.2 6.8.3 6.8.4
    7.1.1 7.1.2 7.1.3 7.2.1 7.2.2 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2
    8.1.1 8.1.2 8.2.1 8.2.2 8.2.3 8.3.1 8.4.1
    9.1.1 9.1.2 9.1.3 9.2.1 9.2.2 9.2.3 9.2.4
    10.1.1 10.1.2 10.2.1 10.2.2 10.3.1 10.3.2 10.3.3 10.3.4 10.4.1 10.4.2 10.4.3 10.4.4 10.4.5 10.4.6 10.4.7 10.4.8
    10.4.9 10.4.10 10.4.11 10.5.1 10.5.2 10.5.3 10.5.4 10.5.5 10.6.1 10.6.2 10.7.1 10.7.2 10.7.3
    11.1.1 11.1.2 11.2.1 11.2.2 11.2.3 11.3.1 11.3.2 11.3.3 11.4.1 11.4.2 11.4.3 11.4.4 11.5.1 11.6.1
    12.1.1 12.1.2 12.1.3 12.2.1 12.2.2 12.3.1 12.3.2 12.3.3 12.3.4
    13.1.1 13.2.1 13.2.2 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2 13.4.1 13.4.2 13.4.3 13.4.4 13.4.5
    14.1.1 14.1.2 14.2.1 14.2.2 14.2.3 14.2.4 14.3.1 14.3.2 14.3.3
    15.1.1 15.1.2 15.1.3 15.2.1 15.2.2 15.2.3 15.3.1 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6 15.3.7
    16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3
    17.1.1 17.2.1 17.2.2 17.2.3 17.2.4 17.3.1 17.3.2
";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn document() -> String {
    fs::read_to_string(root().join("docs/security.md")).expect("docs/security.md")
}

/// What stands between backquotes, line by line.
fn quoted(document: &str) -> Vec<&str> {
    document
        .lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .collect()
}

/// Whether a file has a test of this name: the function, marked as one.
fn has_test(source: &str, name: &str) -> bool {
    let signature = format!("fn {name}(");
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    lines.iter().enumerate().any(|(index, line)| {
        let marked = lines[..index]
            .iter()
            .rev()
            .take_while(|line| line.starts_with("#[") || line.starts_with("//"));
        line.starts_with(&signature) && marked.into_iter().any(|line| *line == "#[test]")
    })
}

#[test]
fn every_test_that_the_checklist_names_exists() {
    let document = document();
    let named: Vec<(&str, &str)> = quoted(&document)
        .into_iter()
        .filter_map(|text| text.split_once("::"))
        .collect();
    let named: Vec<_> = named
        .into_iter()
        .filter(|(file, _)| {
            Path::new(file)
                .extension()
                .is_some_and(|extension| extension == "rs")
        })
        .collect();
    assert!(
        named.len() > 200,
        "the tests are found in the document: {}",
        named.len()
    );
    let mut sources: BTreeMap<&str, Option<String>> = BTreeMap::new();
    let mut missing = Vec::new();
    for (file, name) in named {
        let path = if file.contains('/') {
            root().join(file)
        } else {
            root().join("tests/tests").join(file)
        };
        let source = sources
            .entry(file)
            .or_insert_with(|| fs::read_to_string(path).ok());
        if !source.as_ref().is_some_and(|source| has_test(source, name)) {
            missing.push(format!("{file}::{name}"));
        }
    }
    assert_eq!(
        missing,
        Vec::<String>::new(),
        "docs/security.md names tests that do not exist"
    );
}

#[test]
fn every_requirement_is_in_the_checklist_once() {
    let document = document();
    let mut found: Vec<&str> = document
        .split("v5.0.0-")
        .skip(1)
        .map(|rest| {
            rest.split(|c: char| !c.is_ascii_digit() && c != '.')
                .next()
                .unwrap_or_default()
                .trim_end_matches('.')
        })
        .collect();
    let mut required: Vec<&str> = REQUIREMENTS.split_whitespace().collect();
    found.sort_unstable();
    required.sort_unstable();
    assert_eq!(found, required);
}

/// What is said to be met is shown, unless no test of ours can show it.
#[test]
fn what_is_met_names_its_test() {
    /// Met by a library or by what is not there.
    const WITHOUT: [&str; 3] = ["v5.0.0-12.3.1", "v5.0.0-12.3.2", "v5.0.0-15.3.2"];
    let document = document();
    for row in document.lines().filter(|line| line.starts_with("| v5.0.0-")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, number, _, how, shown, _] = cells[..] else {
            panic!("a row of four cells is expected: {row}");
        };
        let verdicts = ["Met", "Partly", "Not met", "Operator", "Does not apply"];
        assert!(verdicts.iter().any(|verdict| how.starts_with(verdict)), "{row}");
        assert!(
            !how.starts_with("Met") || !shown.is_empty() || WITHOUT.contains(&number),
            "{row}"
        );
    }
}
