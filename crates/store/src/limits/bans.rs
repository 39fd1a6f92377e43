//! Bans: placed once, looked up, listed and lifted by operators.

use chrono::{DateTime, Utc};
use flow_limits::{Ban, BanLevel, BanReason};
use serde_json::json;

use super::{AddressMark, Alert};
use crate::{Database, Error, Page, Row, Store, UserId, Value, sql::transaction};

/// Whom or what a ban is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A user.
    User(UserId),
    /// A client's address.
    Address(AddressMark),
}

impl Subject {
    /// `user` or `address`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Address(_) => "address",
        }
    }

    /// The user's id or the mark of the address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::User(user) => user.as_str(),
            Self::Address(mark) => mark.as_str(),
        }
    }
}

/// A ban as operators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BanRecord {
    /// The ban.
    pub ban: Ban,
    /// Whom or what it is for.
    pub subject: Subject,
    /// When an operator lifted it, and why.
    pub lifted: Option<(DateTime<Utc>, String)>,
}

/// What came of lifting a ban.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lifted {
    /// It is lifted.
    Lifted(BanRecord),
    /// It was lifted before, or has ended.
    Over(BanRecord),
    /// There is no such ban.
    Unknown,
}

pub(crate) const BAN_COLUMNS: &str = "id, level, reason, created_at, ends_at";
const RECORD_COLUMNS: &str =
    "id, level, reason, created_at, ends_at, subject_kind, subject, lifted_at, lift_reason";
pub(crate) const HARDEST_FIRST: &str =
    "CASE level WHEN 'permanent' THEN 3 WHEN 'hard' THEN 2 ELSE 1 END DESC, ends_at DESC";

/// A ban in the columns from `column` on, if one is there.
pub(crate) fn maybe_ban(row: &Row, column: usize) -> Result<Option<Ban>, Error> {
    row.maybe_text(column)?
        .map(|_| ban_from_row(row, column))
        .transpose()
}

fn ban_from_row(row: &Row, column: usize) -> Result<Ban, Error> {
    let (level, reason) = (row.text(column + 1)?, row.text(column + 2)?);
    Ok(Ban {
        id: row.text(column)?,
        level: BanLevel::ALL
            .into_iter()
            .find(|known| known.name() == level)
            .ok_or_else(|| Error::Damaged(format!("'{level}' is no level of bans")))?,
        reason: BanReason::ALL
            .into_iter()
            .find(|known| known.name() == reason)
            .ok_or_else(|| Error::Damaged(format!("'{reason}' is no reason of bans")))?,
        created_at: row.time(column + 3)?,
        ends_at: row.maybe_time(column + 4)?,
    })
}

fn record_from_row(row: &Row) -> Result<BanRecord, Error> {
    let subject = match row.text(5)?.as_str() {
        "user" => Subject::User(row.parsed(6)?),
        _ => Subject::Address(row.parsed(6)?),
    };
    Ok(BanRecord {
        ban: ban_from_row(row, 0)?,
        subject,
        lifted: row.maybe_time(7)?.zip(row.maybe_text(8)?),
    })
}

impl<D: Database> Store<D> {
    /// A user's hardest ban that holds now.
    pub async fn ban_of(&self, user: &UserId, now: DateTime<Utc>) -> Result<Option<Ban>, Error> {
        let rows = self
            .database
            .run(
                &format!(
                    "SELECT {BAN_COLUMNS} FROM bans WHERE subject_kind = 'user' AND subject = ? AND lifted_at IS NULL \
                     AND (ends_at IS NULL OR ends_at > ?) ORDER BY {HARDEST_FIRST} LIMIT 1"
                ),
                &[user.into(), now.into()],
            )
            .await?;
        rows.first().map(|row| ban_from_row(row, 0)).transpose()
    }

    /// Bans, newest first, those before `before` only, and those of one subject only where one is given.
    pub async fn bans(
        &self,
        subject: Option<&str>,
        before: Option<&str>,
        limit: u32,
    ) -> Result<Page<BanRecord>, Error> {
        let rows = self
            .database
            .run(
                &format!(
                    "SELECT {RECORD_COLUMNS} FROM bans WHERE id < ?1 AND (?2 IS NULL OR subject = ?2) \
                     ORDER BY id DESC LIMIT ?3"
                ),
                &[
                    before.unwrap_or("~").into(),
                    subject.map(str::to_owned).into(),
                    (limit + 1).into(),
                ],
            )
            .await?;
        Ok(Page::cut(
            rows.iter().map(record_from_row).collect::<Result<_, _>>()?,
            limit,
        ))
    }

    /// Ends a ban. The user's tries count from nothing again: else the next one would bring the ban back.
    pub async fn lift_ban(&self, id: &str, reason: &str, now: DateTime<Utc>) -> Result<Lifted, Error> {
        transaction(&self.database, async || {
            let rows = self
                .database
                .run(
                    &format!("SELECT {RECORD_COLUMNS} FROM bans WHERE id = ?"),
                    &[id.into()],
                )
                .await?;
            let Some(row) = rows.first() else {
                return Ok(Lifted::Unknown);
            };
            let mut record = record_from_row(row)?;
            if record.lifted.is_some() || record.ban.ends_at.is_some_and(|end| end <= now) {
                return Ok(Lifted::Over(record));
            }
            self.database
                .run(
                    "UPDATE bans SET lifted_at = ?, lift_reason = ? WHERE id = ?",
                    &[now.into(), reason.into(), id.into()],
                )
                .await?;
            if let Subject::User(user) = &record.subject {
                self.database
                    .run(
                        "DELETE FROM refused_submissions WHERE user_id = ?",
                        &[user.into()],
                    )
                    .await?;
                // Why is in the ban: the log never forgets, and what operators write may name somebody.
                let detail = json!({ "level": record.ban.level });
                self.record_limit_event("ban.lifted", Some(user), Some(id), detail, now)
                    .await?;
            }
            record.lifted = Some((now, reason.to_owned()));
            Ok(Lifted::Lifted(record))
        })
        .await
    }

    /// Places a ban unless one as hard holds already. Runs inside a transaction.
    pub(super) async fn place_ban(
        &self,
        subject: Subject,
        ban: Ban,
        alerts: &mut Vec<Alert>,
    ) -> Result<Option<Ban>, Error> {
        let as_hard: Vec<&str> = BanLevel::ALL
            .into_iter()
            .filter(|level| *level >= ban.level)
            .map(BanLevel::name)
            .collect();
        let placed = self
            .database
            .run(
                &format!(
                    "INSERT INTO bans (id, subject_kind, subject, level, reason, created_at, ends_at) \
                     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS ( \
                         SELECT 1 FROM bans WHERE subject_kind = ?2 AND subject = ?3 AND lifted_at IS NULL \
                         AND (ends_at IS NULL OR ends_at > ?6) AND level IN ('{}')) RETURNING id",
                    as_hard.join("', '")
                ),
                &[
                    ban.id.as_str().into(),
                    subject.kind().into(),
                    subject.as_str().into(),
                    ban.level.name().into(),
                    ban.reason.name().into(),
                    ban.created_at.into(),
                    ban.ends_at.map_or(Value::Null, Value::from),
                ],
            )
            .await?;
        if placed.is_empty() {
            return Ok(None);
        }
        if let Subject::User(user) = &subject {
            // A ban for good is reported: somebody has to look at it (product requirement L2).
            let event = match ban.level {
                BanLevel::Permanent => "ban.reported",
                _ => "ban.placed",
            };
            let detail = json!({ "level": ban.level, "reason": ban.reason });
            self.record_limit_event(event, Some(user), Some(&ban.id), detail, ban.created_at)
                .await?;
        }
        alerts.push(Alert::Banned {
            subject,
            ban: ban.clone(),
        });
        Ok(Some(ban))
    }
}
