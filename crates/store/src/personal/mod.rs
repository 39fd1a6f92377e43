//! What belongs to a person: read table by table for an export, and deleted.

mod tables;

use chrono::{DateTime, Utc};

use crate::{AuditEntry, AuditSubject, Database, Error, Store, UploadToken, UserId, Value, sql::transaction};

pub use tables::{AUDIT_LOG, Form, PERSONAL_TABLES, PersonalTable};

/// What the system calls a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalNames {
    /// The user's id.
    pub user: UserId,
    /// The name that the audit log has for the user.
    pub subject: AuditSubject,
}

impl PersonalTable {
    /// The columns that are exported, in order.
    pub fn exported(&self) -> impl Iterator<Item = (&'static str, Form)> {
        self.columns
            .iter()
            .copied()
            .filter(|(_, form)| *form != Form::Withheld)
    }
}

/// A column as it is read.
fn read_as((name, form): (&'static str, Form)) -> String {
    match form {
        Form::Sealed(key) => format!("{key} || ' ' || {name}"),
        _ => name.to_owned(),
    }
}

impl<D: Database> Store<D> {
    /// At most `limit` of a person's rows of a table after the first `skipped`, oldest first; a value for each column that is
    /// exported.
    pub async fn personal_rows(
        &self,
        table: &PersonalTable,
        names: &PersonalNames,
        skipped: u64,
        limit: u32,
    ) -> Result<Vec<Vec<Value>>, Error> {
        let columns: Vec<String> = table.exported().map(read_as).collect();
        let rows = self
            .database
            .run(
                &format!(
                    "SELECT {columns} FROM {table} WHERE {owner} ORDER BY {order} LIMIT ?3 OFFSET ?4",
                    // The first columns tell rows apart; some tables have only one to tell.
                    order = if columns.len() > 1 { "1, 2" } else { "1" },
                    columns = columns.join(", "),
                    table = table.name,
                    owner = table.owner.condition(),
                ),
                &[
                    (&names.user).into(),
                    (&names.subject).into(),
                    limit.into(),
                    skipped.into(),
                ],
            )
            .await?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// The uploads of a person whose chunks may still be there: they are deleted before [`Store::erase`], so that no crash
    /// leaves a video that nothing knows of.
    pub async fn uploads_of_person(&self, user: &UserId) -> Result<Vec<UploadToken>, Error> {
        let rows = self
            .database
            .run(
                "SELECT token FROM video_uploads WHERE attempt_id IN (SELECT id FROM attempts WHERE user_id = ?)",
                &[user.into()],
            )
            .await?;
        rows.iter().map(|row| row.parsed(0)).collect()
    }

    /// Deletes all rows of a person in one transaction. What is left names nobody: the audit log, with `account.deleted`
    /// added, and for as long as a ban would have lasted `barred`, a mark of the address that cannot register meanwhile.
    pub async fn erase(&self, names: &PersonalNames, barred: &str, now: DateTime<Utc>) -> Result<(), Error> {
        transaction(&self.database, async || {
            self.database
                .run(
                    "INSERT OR REPLACE INTO barred_addresses (mark, ends_at) \
                     SELECT ?1, CASE WHEN count(*) = count(ends_at) THEN max(ends_at) END FROM bans \
                     WHERE subject_kind = 'user' AND subject = ?2 AND lifted_at IS NULL \
                     AND (ends_at IS NULL OR ends_at > ?3) HAVING count(*) > 0",
                    &[barred.into(), (&names.user).into(), now.into()],
                )
                .await?;
            for table in PERSONAL_TABLES {
                let statement = format!("DELETE FROM {} WHERE {}", table.name, table.owner.condition());
                self.database.run(&statement, &[(&names.user).into()]).await?;
            }
            let entry = AuditEntry {
                event: "account.deleted",
                subject: Some(names.subject.clone()),
                reference: None,
                detail: serde_json::json!({}),
            };
            self.record(entry, now).await
        })
        .await
    }

    /// Until when an address cannot register, if it is barred now: `Some(None)` is for ever.
    pub async fn barred(
        &self,
        mark: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Option<DateTime<Utc>>>, Error> {
        let rows = self
            .database
            .run(
                "SELECT ends_at FROM barred_addresses WHERE mark = ? AND (ends_at IS NULL OR ends_at > ?)",
                &[mark.into(), now.into()],
            )
            .await?;
        rows.first().map(|row| row.maybe_time(0)).transpose()
    }
}

#[cfg(test)]
mod tests;
