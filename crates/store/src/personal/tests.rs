use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures_executor::block_on;

use super::*;
use crate::{
    Registered,
    testing::{Harness, account_id, hash},
};

/// Tables whose rows are nobody's, and why.
const NOBODYS: [&str; 7] = [
    // Keyed hashes of tries, kept for a day.
    "throttles",
    // Keyed hashes of addresses, for as long as a ban would have lasted.
    "barred_addresses",
    // Sums over everybody.
    "refused_minutes",
    "compute_minutes",
    "breaker",
    "metrics",
    "schema_migrations",
];

fn text(harness: &Harness, statement: &str) -> Vec<String> {
    let rows = harness.sql(statement);
    rows.iter().map(|row| row.text(0).unwrap()).collect()
}

fn names() -> PersonalNames {
    PersonalNames {
        user: account_id(1),
        subject: "subject-1".parse().unwrap(),
    }
}

#[test]
fn every_table_and_column_of_the_database_is_decided_on() {
    let harness = Harness::new();
    let tables = text(
        &harness,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    );
    for name in &tables {
        let known = PERSONAL_TABLES
            .iter()
            .chain([&AUDIT_LOG])
            .find(|table| table.name == name);
        let Some(table) = known else {
            assert!(
                NOBODYS.contains(&name.as_str()),
                "is {name} personal? Say so in tables.rs, or here"
            );
            continue;
        };
        let columns = text(&harness, &format!("SELECT name FROM pragma_table_info('{name}')"));
        let columns: BTreeSet<&str> = columns.iter().map(String::as_str).collect();
        let listed: BTreeSet<&str> = table.columns.iter().map(|(column, _)| *column).collect();
        assert_eq!(listed, columns, "{name}");
    }
    for table in PERSONAL_TABLES {
        assert!(tables.iter().any(|name| name == table.name), "{}", table.name);
    }
}

/// Values that a test can find again in every table.
fn rows_everywhere(harness: &Harness, number: u8) {
    harness.registered(number);
    harness.signed_in(number, number * 10);
    let user = account_id(number);
    let attempt = harness.uploaded_by(number, &user, &hash(number));
    let id = attempt.id.as_str();
    for statement in [
        format!("INSERT INTO landmarks VALUES ('{id}', x'00')"),
        format!("INSERT INTO key_frames VALUES ('{id}', 1, 'deepest', 1.5, '<svg/>')"),
        format!("INSERT INTO dead_letters VALUES ('letter-{number}', '{id}', 'fire', 4, 1, NULL)"),
        format!("INSERT INTO submission_addresses VALUES ('{id}', 'mark', 1)"),
        format!("INSERT INTO idempotency_keys VALUES ('{user}', 'key', 'request', '{id}', 1)"),
        format!("INSERT INTO refused_submissions VALUES ('{user}', 1, 1)"),
        format!("INSERT INTO audit_events (at, event, user_id, detail) VALUES (1, 'x', '{user}', '{{}}')"),
        format!(
            "INSERT INTO audit_log (at, event, subject, detail) VALUES (1, 'x', 'subject-{number}', '{{}}')"
        ),
        format!("INSERT INTO subscriptions VALUES ('{user}', 'pro', NULL, NULL)"),
        format!("INSERT INTO time_zone_changes VALUES ('{user}', 1)"),
        format!(
            "INSERT INTO bans VALUES ('ban-{number}', 'user', '{user}', 'soft', 'over-quota', 1, 2, NULL, NULL)"
        ),
    ] {
        harness.sql(&statement);
    }
}

#[test]
fn a_person_has_their_rows_of_every_table_and_nobody_elses() {
    let harness = Harness::new();
    rows_everywhere(&harness, 1);
    rows_everywhere(&harness, 2);
    for table in PERSONAL_TABLES.iter().chain([&AUDIT_LOG]) {
        let rows = block_on(harness.store.personal_rows(table, &names(), 0, 100)).unwrap();
        let all = harness.count(table.name);
        assert_eq!(rows.len() as u64 * 2, all, "{}", table.name);
        assert!(!rows.is_empty(), "{}", table.name);
        assert!(
            rows.iter().all(|row| row.len() == table.exported().count()),
            "{}",
            table.name
        );
        let next = block_on(
            harness
                .store
                .personal_rows(table, &names(), rows.len() as u64, 100),
        )
        .unwrap();
        assert_eq!(next, Vec::<Vec<Value>>::new(), "{}", table.name);
    }
}

#[test]
fn after_deletion_no_table_has_anything_of_the_person_and_others_keep_theirs() {
    let harness = Harness::new();
    rows_everywhere(&harness, 1);
    rows_everywhere(&harness, 2);
    assert_eq!(
        block_on(harness.store.uploads_of_person(&account_id(1)))
            .unwrap()
            .len(),
        1
    );
    let audit_before = harness.count("audit_log");
    for _ in 0..2 {
        block_on(harness.store.erase(&names(), "barred-1", harness.now())).unwrap();
    }
    for table in PERSONAL_TABLES {
        let rows = block_on(harness.store.personal_rows(table, &names(), 0, 100)).unwrap();
        assert_eq!(rows, Vec::<Vec<Value>>::new(), "{}", table.name);
        assert!(harness.count(table.name) > 0, "{}", table.name);
    }
    assert_eq!(harness.count("audit_log"), audit_before + 2);
    assert_eq!(harness.count("barred_addresses"), 0, "the ban was over");
}

#[test]
fn whoever_is_deleted_under_a_ban_cannot_register_before_it_ends() {
    let hour = TimeDelta::hours(1);
    for (ends, lifted, barred) in [
        (Some(hour), false, Some(Some(hour))),
        (None, false, Some(None)),
        (Some(hour), true, None),
        (Some(-hour), false, None),
    ] {
        let harness = Harness::new();
        harness.registered(1);
        let now = harness.now();
        let time = |delta: Option<TimeDelta>| {
            delta.map_or("NULL".to_owned(), |delta| {
                (now + delta).timestamp_millis().to_string()
            })
        };
        let level = if ends.is_none() { "permanent" } else { "hard" };
        let lift = if lifted { "1, 'mistake'" } else { "NULL, NULL" };
        harness.sql(&format!(
            "INSERT INTO bans VALUES ('b', 'user', '{}', '{level}', 'r', 1, {}, {lift})",
            account_id(1),
            time(ends)
        ));
        block_on(harness.store.erase(&names(), "barred-1", now)).unwrap();
        let until = block_on(harness.store.barred("barred-1", now)).unwrap();
        assert_eq!(
            until,
            barred.map(|ends| ends.map(|ends| now + ends)),
            "{ends:?} {lifted}"
        );
        assert_eq!(block_on(harness.store.barred("barred-2", now)), Ok(None));
        assert_eq!(harness.count("bans"), 0);
        let registered = if barred.is_some() {
            Registered::Barred
        } else {
            Registered::New
        };
        assert_eq!(harness.register(1, "mark-1"), registered, "{ends:?} {lifted}");
        harness.advance_seconds(3600);
        let registered = match (ends, barred) {
            (None, Some(_)) => Registered::Barred,
            (_, Some(_)) => Registered::New,
            (_, None) => Registered::Known,
        };
        assert_eq!(harness.register(1, "mark-1"), registered, "{ends:?} {lifted}");
    }
}
