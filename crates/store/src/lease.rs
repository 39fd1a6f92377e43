//! The right to score an attempt: held by one at a time, kept alive by progress, taken back when it falls silent.

use chrono::{DateTime, TimeDelta, Utc};
use flow_catalog::Tier;

use crate::{
    Attempt, AttemptId, Database, Error, Progress, State, Store, Value,
    attempt::{COLUMNS, is_name, name_type, tier_from_name},
    audit::AttemptEvent,
    slots::{Taken, admits},
    sql::transaction,
};

/// How often the system tries again after a fault of ours (SPEC V2); the first run is not counted.
pub const MAX_RETRIES: u32 = 3;

name_type!(
    /// Who holds a lease.
    LeaseToken,
    "a lease token is 1 to 64 lower-case letters, digits and hyphens",
    is_name
);

/// What the operator sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaseTerms {
    /// How long a holder may be silent before its run counts as broken.
    pub silence: TimeDelta,
    /// How many videos may be scored at once.
    pub slots: u32,
}

/// What came of asking for a lease.
#[derive(Clone, Debug, PartialEq)]
pub enum Lease {
    /// The attempt is ours to score.
    Taken(Leased),
    /// Somebody else is at it.
    Held(Attempt),
    /// There is nothing left to score.
    Final(Attempt),
    /// The video has not arrived.
    NoVideo(Attempt),
    /// All slots, or all of the tier's slots, are taken.
    NoSlot(Attempt),
    /// There is no such attempt.
    Unknown,
}

/// An attempt that is ours until it falls silent.
#[derive(Clone, Debug, PartialEq)]
pub struct Leased {
    /// The attempt, in state `scoring`.
    pub attempt: Attempt,
    /// Proof that it is ours.
    pub token: LeaseToken,
}

impl<D: Database> Store<D> {
    /// Takes the lease of an attempt that waits to be scored, if there is a slot for it.
    pub async fn take_lease(
        &self,
        id: &AttemptId,
        token: &LeaseToken,
        terms: LeaseTerms,
        now: DateTime<Utc>,
    ) -> Result<Lease, Error> {
        transaction(&self.database, async || {
            let Some(mut attempt) = self.attempt(id).await? else { return Ok(Lease::Unknown) };
            if attempt.state == State::Scoring && !attempt.is_leased(now) {
                attempt = self.break_run(&attempt, "the run fell silent", now).await?;
            }
            match attempt.state {
                State::Created => return Ok(Lease::NoVideo(attempt)),
                State::Scoring => return Ok(Lease::Held(attempt)),
                State::Valid | State::Invalid | State::Failed => return Ok(Lease::Final(attempt)),
                State::Uploaded | State::Retrying => {}
            }
            if !admits(attempt.tier, terms.slots, self.taken(attempt.tier, now).await?) {
                return Ok(Lease::NoSlot(attempt));
            }
            let rows = self
                .database
                .run(
                    &format!(
                        "UPDATE attempts SET state = 'scoring', runs = runs + 1, lease_token = ?, lease_until = ?, \
                         frames_done = NULL, frames_total = NULL \
                         WHERE id = ? AND state IN ('uploaded', 'retrying') RETURNING {COLUMNS}"
                    ),
                    &[token.into(), (now + terms.silence).into(), (&attempt.id).into()],
                )
                .await?;
            let row = rows.first().ok_or_else(|| Error::Damaged("the attempt changed under its lock".into()))?;
            Ok(Lease::Taken(Leased { attempt: Attempt::from_row(row)?, token: token.clone() }))
        })
        .await
    }

    /// Writes down progress, lives on, and returns how many videos are scored at once now, this one included.
    /// [`Error::LeaseLost`] means: stop, it belongs to somebody else.
    pub async fn keep_lease(
        &self,
        leased: &Leased,
        progress: Option<Progress>,
        terms: LeaseTerms,
        now: DateTime<Utc>,
    ) -> Result<u32, Error> {
        let (done, total) = progress.map(|progress| (progress.done, progress.total)).unzip();
        let rows = self
            .database
            .run(
                "UPDATE attempts SET lease_until = ?, frames_done = coalesce(?, frames_done), \
                 frames_total = coalesce(?, frames_total) \
                 WHERE id = ? AND lease_token = ? AND state = 'scoring' \
                 RETURNING (SELECT count(*) FROM attempts WHERE state = 'scoring' AND lease_until > ?)",
                &[
                    (now + terms.silence).into(),
                    done.into(),
                    total.into(),
                    (&leased.attempt.id).into(),
                    (&leased.token).into(),
                    now.into(),
                ],
            )
            .await?;
        let row = rows.first().ok_or_else(|| lost(leased))?;
        Ok(u32::try_from(row.count(0)?).unwrap_or(u32::MAX))
    }

    /// The attempt that `token` holds the lease of now; `None` when it is somebody else's, or nobody's.
    pub async fn leased(
        &self,
        id: &AttemptId,
        token: &LeaseToken,
        now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, Error> {
        let rows = self
            .database
            .run(
                &format!(
                    "SELECT {COLUMNS} FROM attempts \
                     WHERE id = ? AND lease_token = ? AND state = 'scoring' AND lease_until > ?"
                ),
                &[id.into(), token.into(), now.into()],
            )
            .await?;
        rows.first().map(Attempt::from_row).transpose()
    }

    /// Gives the attempt back after a fault of ours: it will be tried again or, after the last try, lands on the
    /// dead-letter list. Returns what it is now.
    pub async fn give_up_run(
        &self,
        leased: &Leased,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Attempt, Error> {
        transaction(&self.database, async || {
            let rows = self
                .database
                .run(
                    &format!("SELECT {COLUMNS} FROM attempts WHERE id = ? AND lease_token = ?"),
                    &[(&leased.attempt.id).into(), (&leased.token).into()],
                )
                .await?;
            let row = rows.first().ok_or_else(|| lost(leased))?;
            self.break_run(&Attempt::from_row(row)?, reason, now).await
        })
        .await
    }

    /// Takes back every lease whose holder fell silent and returns what those attempts are now.
    pub async fn break_silent_runs(&self, now: DateTime<Utc>) -> Result<Vec<Attempt>, Error> {
        transaction(&self.database, async || {
            let rows = self
                .database
                .run(
                    &format!("SELECT {COLUMNS} FROM attempts WHERE state = 'scoring' AND lease_until <= ?"),
                    &[now.into()],
                )
                .await?;
            let mut broken = Vec::with_capacity(rows.len());
            for row in &rows {
                broken.push(
                    self.break_run(&Attempt::from_row(row)?, "the run fell silent", now)
                        .await?,
                );
            }
            Ok(broken)
        })
        .await
    }

    /// `scoring` to `retrying`, or to `failed` with a dead letter. Runs inside a transaction.
    async fn break_run(&self, attempt: &Attempt, reason: &str, now: DateTime<Utc>) -> Result<Attempt, Error> {
        let over = attempt.runs > MAX_RETRIES;
        let (state, finished, feedback): (_, Value, Value) = if over {
            let feedback =
                "Scoring broke off by a fault of ours. This attempt does not count; we look into it.";
            (State::Failed, now.into(), feedback.into())
        } else {
            (State::Retrying, Value::Null, Value::Null)
        };
        let rows = self
            .database
            .run(
                &format!(
                    "UPDATE attempts SET state = ?, lease_token = NULL, lease_until = NULL, last_error = ?, \
                     finished_at = ?, feedback = ? WHERE id = ? AND state = 'scoring' RETURNING {COLUMNS}"
                ),
                &[
                    state.name().into(),
                    reason.into(),
                    finished,
                    feedback,
                    (&attempt.id).into(),
                ],
            )
            .await?;
        let row = rows
            .first()
            .ok_or_else(|| Error::Damaged("the attempt changed under its lock".into()))?;
        let after = Attempt::from_row(row)?;
        if over {
            self.bury(&after, reason, now).await?;
            self.record_of_attempt(
                &after,
                AttemptEvent::MeasurementFailed {
                    status: "FAILED",
                    reason,
                },
                now,
            )
            .await?;
        }
        Ok(after)
    }

    async fn taken(&self, tier: Tier, now: DateTime<Utc>) -> Result<Taken, Error> {
        let rows = self
            .database
            .run(
                "SELECT tier, count(*) FROM attempts WHERE state = 'scoring' AND lease_until > ? GROUP BY tier",
                &[now.into()],
            )
            .await?;
        let mut taken = Taken { all: 0, tier: 0 };
        for row in &rows {
            let count = u32::try_from(row.count(1)?).unwrap_or(u32::MAX);
            taken.all = taken.all.saturating_add(count);
            if tier_from_name(&row.text(0)?)? == tier {
                taken.tier = count;
            }
        }
        Ok(taken)
    }
}

pub(crate) fn lost(leased: &Leased) -> Error {
    Error::LeaseLost(leased.attempt.id.to_string())
}

#[cfg(test)]
mod tests;
