//! Scripts and what they are taken apart into.

use proptest::prelude::*;

use super::*;

fn texts(script: &str) -> Vec<&str> {
    statements(script)
        .unwrap()
        .into_iter()
        .map(|statement| statement.text)
        .collect()
}

const TRIGGER: &str = "CREATE TRIGGER t BEFORE UPDATE ON a WHEN NEW.x IN ('END;') BEGIN\n  SELECT CASE WHEN 1 THEN 2 END;\n  \
                       -- END;\n  SELECT RAISE(ABORT, 'it''s; END;');\nEND";

#[test]
fn a_script_is_taken_apart_where_its_statements_end() {
    let cases: [(&str, &[&str]); 20] = [
        ("", &[]),
        (" ;; \n;", &[]),
        ("-- nothing; but words", &[]),
        ("/* nothing; \n but words */", &[]),
        ("SELECT 1", &["SELECT 1"]),
        ("SELECT 1;", &["SELECT 1"]),
        ("SELECT 1; SELECT 2 ;\n", &["SELECT 1", "SELECT 2"]),
        ("-- first\nSELECT 1; -- last\n", &["SELECT 1"]),
        ("SELECT 1 -- one;\n, 2;", &["SELECT 1 -- one;\n, 2"]),
        ("SELECT /* ; */ 1;", &["SELECT /* ; */ 1"]),
        ("SELECT 1 - -1;SELECT 4 / 2", &["SELECT 1 - -1", "SELECT 4 / 2"]),
        (
            "SELECT ';'; SELECT 'it''s; so'",
            &["SELECT ';'", "SELECT 'it''s; so'"],
        ),
        ("SELECT '--'; SELECT '/*'", &["SELECT '--'", "SELECT '/*'"]),
        (
            "SELECT \"a;\"\"b\", `c;`, [d;] FROM e;",
            &["SELECT \"a;\"\"b\", `c;`, [d;] FROM e"],
        ),
        (
            "SELECT 'ä;ö' AS größe; SELECT 2",
            &["SELECT 'ä;ö' AS größe", "SELECT 2"],
        ),
        ("\u{feff}SELECT 1;", &["SELECT 1"]),
        (
            "CREATE TABLE trigger_of (x); SELECT 1",
            &["CREATE TABLE trigger_of (x)", "SELECT 1"],
        ),
        (
            "CREATE TABLE a (x); CREATE VIEW b AS SELECT 1",
            &["CREATE TABLE a (x)", "CREATE VIEW b AS SELECT 1"],
        ),
        (
            "create temp trigger t after insert on a begin delete from b; end; select 1",
            &[
                "create temp trigger t after insert on a begin delete from b; end",
                "select 1",
            ],
        ),
        (
            "CREATE TRIGGER IF NOT EXISTS t AFTER INSERT ON a BEGIN DELETE FROM b; END",
            &["CREATE TRIGGER IF NOT EXISTS t AFTER INSERT ON a BEGIN DELETE FROM b; END"],
        ),
    ];
    for (script, expected) in cases {
        assert_eq!(texts(script), expected, "{script:?}");
    }
    assert_eq!(
        texts(&format!("{TRIGGER};{TRIGGER};\nSELECT 1")),
        [TRIGGER, TRIGGER, "SELECT 1"]
    );
}

#[test]
fn a_statement_knows_its_line() {
    let script = "-- a comment\n\nSELECT 1;\nSELECT\n  2; SELECT 3;";
    let lines: Vec<usize> = statements(script)
        .unwrap()
        .iter()
        .map(|statement| statement.line)
        .collect();
    assert_eq!(lines, [3, 4, 5]);
}

#[test]
fn what_is_begun_must_be_ended() {
    for (script, line, what) in [
        ("SELECT 1;\nSELECT 'a;", 2, "a string"),
        ("SELECT \"a;", 1, "a quoted name"),
        ("SELECT [a", 1, "a quoted name"),
        ("/* a;\nSELECT 1;", 1, "a comment"),
        (
            "\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;",
            2,
            "a trigger",
        ),
        (
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END x",
            1,
            "a trigger",
        ),
    ] {
        assert_eq!(
            statements(script),
            Err(ScriptError::Unfinished { line, what }),
            "{script:?}"
        );
    }
}

#[test]
fn what_would_end_the_transaction_is_refused() {
    for word in ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"] {
        let script = format!("SELECT 1;\n-- and now\n{};", word.to_lowercase());
        let expected = ScriptError::Transaction {
            line: 3,
            word: word.to_owned(),
        };
        assert_eq!(check(&script), Err(expected));
    }
    assert_eq!(check(&format!("{TRIGGER}; DELETE FROM ends;")), Ok(()));
}

/// Statements that hold everything a naive splitter breaks on.
fn any_statement() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z0-9_]{1,8}",
        "'[ -&(-~]{0,8}'",
        "\"[ !#-~]{0,8}\"",
        "/\\*[ a-z;']{0,8}\\*/",
        "--[ -~]{0,8}\n",
        Just("''''".to_owned()),
        Just("(1, 2)".to_owned()),
    ];
    prop_oneof![
        4 => prop::collection::vec(piece, 0..6).prop_map(|pieces| format!("SELECT {} 1", pieces.join(" "))),
        1 => Just(TRIGGER.to_owned()),
    ]
}

proptest! {
    #[test]
    fn statements_that_are_joined_come_apart_as_they_were(
        wanted in prop::collection::vec(any_statement(), 0..6),
        between in prop_oneof![Just(";"), Just(" ;\n"), Just(";;"), Just("; -- next;\n"), Just(";/* next; */")],
    ) {
        let script = wanted.join(between);
        prop_assert_eq!(texts(&script), wanted);
    }

    #[test]
    fn no_text_breaks_it(script in ".{0,200}") {
        if let Ok(statements) = statements(&script) {
            for statement in statements {
                prop_assert!(!statement.text.is_empty() && script.contains(statement.text));
            }
        }
    }
}
