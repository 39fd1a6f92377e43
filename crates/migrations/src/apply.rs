//! Applying and taking back, one transaction for each migration with its record.

use std::cell::Cell;

use chrono::{DateTime, SecondsFormat, Utc};
use flow_store::{Database, Row, Value, transaction};

use crate::{
    Error, Migration, Refused, Status,
    plan::{Record, first_pending, last_applied, plan},
    script::statements,
};

/// State of every migration, without changing anything.
pub async fn status<D: Database>(database: &D, migrations: &[Migration]) -> Result<Vec<Status>, Error> {
    Ok(plan(migrations, &records(database).await?)?)
}

/// Applies every pending migration in order and returns those that this call applied. Those before one that fails stay.
pub async fn up<D: Database>(
    database: &D,
    migrations: &[Migration],
    now: DateTime<Utc>,
) -> Result<Vec<Migration>, Error> {
    let mut applied = Vec::new();
    while let Some(next) = first_pending(&status(database, migrations).await?).cloned() {
        let done = change(database, migrations, |statuses| {
            // Somebody else may have applied it since.
            if first_pending(statuses) != Some(&next) {
                return Ok(None);
            }
            Ok(Some(Change {
                script: next.up.clone(),
                migration: next.clone(),
                record: "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)",
                values: vec![
                    next.version.into(),
                    next.name.as_str().into(),
                    next.checksum().into(),
                    now.to_rfc3339_opts(SecondsFormat::Secs, true).into(),
                ],
            }))
        })
        .await?;
        applied.extend(done);
    }
    Ok(applied)
}

/// Takes back the migration with this number, which must be the last one applied: taking back is deliberate, and of two
/// who ask for the same at once one is told that it is done.
pub async fn down<D: Database>(
    database: &D,
    migrations: &[Migration],
    version: u32,
) -> Result<Migration, Error> {
    let done = change(database, migrations, |statuses| {
        let last = last_applied(statuses).ok_or(Refused::NothingApplied)?;
        if last.version != version {
            return Err(Refused::NotLast {
                asked: version,
                last: last.to_string(),
            });
        }
        let script = last
            .down
            .clone()
            .ok_or_else(|| Refused::NoDown(last.to_string()))?;
        Ok(Some(Change {
            script,
            migration: last.clone(),
            record: "DELETE FROM schema_migrations WHERE version = ?",
            values: vec![version.into()],
        }))
    })
    .await?;
    Ok(done.ok_or(Refused::NothingApplied)?)
}

/// A script to run, and what is remembered of it.
struct Change {
    migration: Migration,
    script: String,
    record: &'static str,
    values: Vec<Value>,
}

/// Runs what `choose` says after a look at the records, in a transaction that nobody can come between.
async fn change<D: Database>(
    database: &D,
    migrations: &[Migration],
    choose: impl FnOnce(&[Status]) -> Result<Option<Change>, Refused>,
) -> Result<Option<Migration>, Error> {
    // Where a statement fails: the migration and the line.
    let at: Cell<Option<(String, usize)>> = Cell::new(None);
    let outcome = transaction(database, async || {
        let statuses = plan(migrations, &records(database).await?);
        // Nothing is changed yet, so there is nothing to roll back when it is refused.
        let chosen = match statuses.and_then(|statuses| choose(&statuses)) {
            Ok(Some(chosen)) => chosen,
            Ok(None) => return Ok(Ok(None)),
            Err(refused) => return Ok(Err(refused)),
        };
        let script = match statements(&chosen.script) {
            Ok(script) => script,
            Err(cause) => {
                let file = chosen.migration.to_string();
                return Ok(Err(Refused::Script { file, cause }));
            }
        };
        database.run(RECORDS, &[]).await?;
        for statement in script {
            at.set(Some((chosen.migration.to_string(), statement.line)));
            database.run(statement.text, &[]).await?;
        }
        at.set(None);
        database.run(chosen.record, &chosen.values).await?;
        Ok(Ok(Some(chosen.migration)))
    })
    .await;
    match (outcome, at.take()) {
        (Ok(outcome), _) => Ok(outcome?),
        (Err(cause), Some((migration, line))) => Err(Error::Statement {
            migration,
            line,
            cause,
        }),
        (Err(cause), None) => Err(cause.into()),
    }
}

/// The table of what is applied. Databases out there have it: it is as it is.
const RECORDS: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)";

async fn records<D: Database>(database: &D) -> Result<Vec<Record>, flow_store::Error> {
    let table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'";
    if database.run(table, &[]).await?.is_empty() {
        return Ok(Vec::new());
    }
    let rows = database
        .run(
            "SELECT version, name, checksum, applied_at FROM schema_migrations",
            &[],
        )
        .await?;
    rows.iter().map(record).collect()
}

fn record(row: &Row) -> Result<Record, flow_store::Error> {
    let version = row.count(0)?;
    Ok(Record {
        version: u32::try_from(version)
            .map_err(|_| flow_store::Error::Damaged(format!("migration number {version}")))?,
        name: row.text(1)?,
        checksum: row.text(2)?,
        applied_at: row.text(3)?,
    })
}

#[cfg(test)]
mod tests;
