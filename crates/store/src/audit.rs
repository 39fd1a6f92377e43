//! The audit log: what was done and decided, in rows that the database itself keeps from being changed.
//!
//! A person appears only as an [`AuditSubject`]. When an account is deleted its subject stays and leads to nobody.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::{
    Attempt, Database, Error, Page, Row, Store, UserId, Value,
    attempt::{is_name, name_type},
};

name_type!(
    /// The only name under which the audit log knows a person: no id, no address, made for nothing else.
    AuditSubject,
    "an audit subject is 1 to 64 lower-case letters, digits and hyphens",
    is_name
);

/// What is to be recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry<'a> {
    /// What happened, as `room.event`.
    pub event: &'a str,
    /// Whom it is about; `None` when it is about nobody.
    pub subject: Option<AuditSubject>,
    /// What it is about: the id of an attempt, of a session.
    pub reference: Option<&'a str>,
    /// More of it, as a JSON object. Never personal data: this stays when an account is deleted.
    pub detail: serde_json::Value,
}

/// What was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// Its number; later entries have higher ones.
    pub id: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// What happened.
    pub event: String,
    /// Whom it is about.
    pub subject: Option<String>,
    /// What it is about.
    pub reference: Option<String>,
    /// More of it, as JSON.
    pub detail: String,
}

impl Audited {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.count(0)?,
            at: row.time(1)?,
            event: row.text(2)?,
            subject: row.maybe_text(3)?,
            reference: row.maybe_text(4)?,
            detail: row.text(5)?,
        })
    }
}

/// Which entries to read. What is `None` does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter<'a> {
    /// Of this event.
    pub event: Option<&'a str>,
    /// About this subject.
    pub subject: Option<&'a str>,
    /// Recorded before the entry with this number.
    pub before: Option<u64>,
}

/// What is recorded of attempts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AttemptEvent<'a> {
    /// A result came out.
    Completed,
    /// No result came out (SPEC G4).
    MeasurementFailed { status: &'static str, reason: &'a str },
    /// An operator opened the attempt again.
    Replayed { dead_letter: &'a str },
}

impl<D: Database> Store<D> {
    /// Adds an entry. Inside a transaction it stays or goes with it.
    pub async fn record(&self, entry: AuditEntry<'_>, now: DateTime<Utc>) -> Result<(), Error> {
        self.database
            .run(
                "INSERT INTO audit_log (at, event, subject, reference, detail) VALUES (?, ?, ?, ?, ?)",
                &[
                    now.into(),
                    entry.event.into(),
                    entry.subject.as_ref().map_or(Value::Null, Value::from),
                    entry.reference.map_or(Value::Null, Value::from),
                    entry.detail.to_string().into(),
                ],
            )
            .await
            .map(drop)
    }

    /// The name of a user in the audit log: of an account the one made for it, of who has none the id.
    pub async fn audit_subject(&self, user: &UserId) -> Result<AuditSubject, Error> {
        let rows = self
            .database
            .run("SELECT audit_subject FROM accounts WHERE id = ?", &[user.into()])
            .await?;
        match rows.first() {
            Some(row) => row.parsed(0),
            None => user.as_str().parse().map_err(Error::Damaged),
        }
    }

    /// Adds an entry about an account. Inside the transaction that changes the account it stays or goes with it.
    pub(crate) async fn record_of_account(
        &self,
        event: &str,
        account: &UserId,
        reference: Option<&str>,
        detail: serde_json::Value,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let entry = AuditEntry {
            event,
            subject: Some(self.audit_subject(account).await?),
            reference,
            detail,
        };
        self.record(entry, now).await
    }

    /// Entries, newest first.
    pub async fn audit_log(&self, filter: AuditFilter<'_>, limit: u32) -> Result<Page<Audited>, Error> {
        let mut conditions = vec!["id < ?"];
        let mut values = vec![Value::from(filter.before.unwrap_or(u64::MAX))];
        for (condition, wanted) in [("event = ?", filter.event), ("subject = ?", filter.subject)] {
            if let Some(wanted) = wanted {
                conditions.push(condition);
                values.push(wanted.into());
            }
        }
        values.push((limit + 1).into());
        let rows = self
            .database
            .run(
                &format!(
                    "SELECT id, at, event, subject, reference, detail FROM audit_log WHERE {} \
                     ORDER BY id DESC LIMIT ?",
                    conditions.join(" AND ")
                ),
                &values,
            )
            .await?;
        let entries = rows.iter().map(Audited::from_row).collect::<Result<_, _>>()?;
        Ok(Page::cut(entries, limit))
    }

    /// Adds an entry about an attempt. Runs inside the transaction that changes the attempt.
    pub(crate) async fn record_of_attempt(
        &self,
        attempt: &Attempt,
        event: AttemptEvent<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let test = attempt.test.slug();
        let (event, detail) = match event {
            AttemptEvent::Completed => ("assessment.completed", json!({ "test": test })),
            AttemptEvent::MeasurementFailed { status, reason } => (
                "assessment.measurement_failed",
                json!({ "test": test, "status": status, "reason": reason }),
            ),
            AttemptEvent::Replayed { dead_letter } => (
                "assessment.replayed",
                json!({ "test": test, "deadLetter": dead_letter }),
            ),
        };
        let entry = AuditEntry {
            event,
            subject: Some(self.audit_subject(&attempt.user).await?),
            reference: Some(attempt.id.as_str()),
            detail,
        };
        self.record(entry, now).await
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::testing::{Harness, account_id, hash, id};

    fn record(harness: &Harness, event: &str, subject: &str) {
        let entry = AuditEntry {
            event,
            subject: subject.parse().ok(),
            reference: None,
            detail: json!({}),
        };
        block_on(harness.store.record(entry, harness.now())).unwrap();
    }

    fn ids(harness: &Harness, filter: AuditFilter<'_>, limit: u32) -> (Vec<u64>, bool) {
        let page = block_on(harness.store.audit_log(filter, limit)).unwrap();
        (page.items.iter().map(|entry| entry.id).collect(), page.more)
    }

    #[test]
    fn an_entry_is_read_as_it_was_recorded() {
        let harness = Harness::new();
        harness.uploaded(1, &hash(1));
        let leased = harness.leased(1);
        block_on(
            harness
                .store
                .finish(&leased, &Harness::scored(true), harness.now()),
        )
        .unwrap();
        record(&harness, "sweep.ran", "");
        let page = block_on(harness.store.audit_log(AuditFilter::default(), 10)).unwrap();
        let entry = |id, event: &str, subject: Option<&str>, reference, detail: &str| Audited {
            id,
            at: harness.now(),
            event: event.into(),
            subject: subject.map(str::to_owned),
            reference,
            detail: detail.into(),
        };
        assert_eq!(
            page.items,
            [
                entry(2, "sweep.ran", None, None, "{}"),
                entry(
                    1,
                    "assessment.completed",
                    Some("dev"),
                    Some(id(1).to_string()),
                    r#"{"test":"overhead-squat"}"#
                ),
            ]
        );
    }

    #[test]
    fn an_account_is_known_by_its_audit_subject_and_by_nothing_else() {
        let harness = Harness::new();
        harness.registered(1);
        let user = account_id(1);
        harness.uploaded(1, &hash(1));
        harness.sql(&format!("UPDATE attempts SET user_id = '{user}'"));
        let leased = harness.leased(1);
        block_on(
            harness
                .store
                .finish(&leased, &Harness::scored(false), harness.now()),
        )
        .unwrap();
        // Of the registration and of the attempt.
        let rows: [_; 2] = harness.sql("SELECT * FROM audit_log").try_into().unwrap();
        for row in rows {
            assert!(row.0.contains(&"subject-1".into()), "{row:?}");
            assert!(!format!("{row:?}").contains(user.as_str()), "{row:?}");
        }
    }

    #[test]
    fn entries_are_found_by_event_and_subject_page_by_page() {
        let harness = Harness::new();
        for (event, subject) in [
            ("a.b", "ann"),
            ("a.c", "ann"),
            ("a.b", "ben"),
            ("a.b", "ann"),
            ("a.b", "ann"),
        ] {
            record(&harness, event, subject);
        }
        let filter = AuditFilter {
            event: Some("a.b"),
            subject: Some("ann"),
            before: None,
        };
        assert_eq!(
            ids(&harness, AuditFilter::default(), 10),
            (vec![5, 4, 3, 2, 1], false)
        );
        assert_eq!(ids(&harness, filter, 2), (vec![5, 4], true));
        let next = AuditFilter {
            before: Some(4),
            ..filter
        };
        assert_eq!(ids(&harness, next, 2), (vec![1], false));
        let of_subject = AuditFilter {
            event: None,
            ..filter
        };
        assert_eq!(ids(&harness, of_subject, 10), (vec![5, 4, 2, 1], false));
        let of_event = AuditFilter {
            subject: None,
            ..filter
        };
        assert_eq!(ids(&harness, of_event, 10), (vec![5, 4, 3, 1], false));
        let hostile = AuditFilter {
            event: Some("' OR 1 = 1 --"),
            ..filter
        };
        assert_eq!(ids(&harness, hostile, 10), (vec![], false));
    }

    #[test]
    fn nothing_changes_what_was_recorded() {
        let harness = Harness::new();
        record(&harness, "a.b", "ann");
        record(&harness, "a.b", "ann");
        let before = harness.sql("SELECT * FROM audit_log");
        for statement in [
            "UPDATE audit_log SET detail = '{}'",
            "UPDATE audit_log SET id = 9 WHERE id = 1",
            "DELETE FROM audit_log",
            "DELETE FROM audit_log WHERE id = 2",
            "INSERT OR REPLACE INTO audit_log (id, at, event, detail) VALUES (1, 1, 'x.y', '{}')",
            "REPLACE INTO audit_log (id, at, event, detail) VALUES (2, 1, 'x.y', '{}')",
            "INSERT INTO audit_log (id, at, event, detail) VALUES (1, 1, 'x.y', '{}') \
             ON CONFLICT (id) DO UPDATE SET event = 'x.y'",
            "INSERT INTO audit_log (at, event, detail) VALUES (1, 'x.y', 'no JSON')",
        ] {
            let refused = block_on(harness.store.database.run(statement, &[]));
            assert!(
                matches!(refused, Err(Error::Database(_))),
                "{statement}: {refused:?}"
            );
        }
        assert_eq!(harness.sql("SELECT * FROM audit_log"), before);
    }

    /// What the release before this one recorded, and what this one did, wherever the database goes.
    #[test]
    fn entries_go_along_when_the_migration_is_applied_taken_back_and_applied_again() {
        let script = |direction: &str| {
            let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/0004_audit_log");
            std::fs::read_to_string(format!("{file}.{direction}.sql")).unwrap()
        };
        let harness = Harness::new();
        let database = &harness.store.database;
        let insert = |number: u32| {
            harness.sql(&format!(
                "INSERT INTO audit_events (at, event, user_id, attempt_id, detail) \
                 VALUES ({number}, 'a.old', 'ann', NULL, '{{}}')"
            ));
        };
        insert(1);
        insert(2);
        record(&harness, "a.new", "ben");
        record(&harness, "a.new", "");
        database.execute_batch(&script("down")).unwrap();
        assert_eq!(harness.count("audit_events"), 4);
        insert(3);
        database.execute_batch(&script("up")).unwrap();
        database.execute_batch(&script("up")).unwrap();
        let rows = harness.sql("SELECT event, subject FROM audit_log ORDER BY id");
        let entries: Vec<_> = rows
            .iter()
            .map(|row| (row.text(0).unwrap(), row.maybe_text(1).unwrap()))
            .collect();
        let entry = |event: &str, subject: Option<&str>| (event.to_owned(), subject.map(str::to_owned));
        let (old, new, nobody) = (
            entry("a.old", Some("ann")),
            entry("a.new", Some("ben")),
            entry("a.new", None),
        );
        assert_eq!(entries, [old.clone(), old.clone(), new, nobody, old]);
    }
}
