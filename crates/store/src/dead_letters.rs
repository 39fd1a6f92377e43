//! Attempts that failed by a fault of ours: the list an operator sees, and replaying one.

use chrono::{DateTime, Utc};

use crate::{
    Attempt, AttemptId, Database, Error, Page, Row, State, Store, Value, attempt::COLUMNS,
    audit::AttemptEvent, sql::transaction,
};

/// An attempt that failed by a fault of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its id; letters sort by time.
    pub id: String,
    /// The attempt.
    pub attempt: AttemptId,
    /// What went wrong in the last run.
    pub reason: String,
    /// How often scoring was begun.
    pub runs: u32,
    /// When the last run broke.
    pub created_at: DateTime<Utc>,
    /// When an operator replayed it.
    pub replayed_at: Option<DateTime<Utc>>,
}

/// What came of a replay.
#[derive(Clone, Debug, PartialEq)]
pub enum Replayed {
    /// The video is still here: the attempt waits to be scored.
    Waiting(Attempt),
    /// The video is gone: the attempt waits for it to be sent again.
    NeedsVideo(Attempt),
    /// The user has sent the same video again since: that attempt stands for both.
    SentAgain(Attempt),
    /// It was replayed before.
    Already,
    /// There is no such letter.
    Unknown,
}

impl DeadLetter {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.text(0)?,
            attempt: row.parsed(1)?,
            reason: row.text(2)?,
            runs: u32::try_from(row.count(3)?).unwrap_or(u32::MAX),
            created_at: row.time(4)?,
            replayed_at: row.maybe_time(5)?,
        })
    }
}

impl<D: Database> Store<D> {
    /// Dead letters, newest first, those before `before` only.
    pub async fn dead_letters(&self, before: Option<&str>, limit: u32) -> Result<Page<DeadLetter>, Error> {
        let rows = self
            .database
            .run(
                "SELECT id, attempt_id, reason, runs, created_at, replayed_at FROM dead_letters WHERE id < ? \
                 ORDER BY id DESC LIMIT ?",
                &[before.unwrap_or("~").into(), (limit + 1).into()],
            )
            .await?;
        Ok(Page::cut(
            rows.iter().map(DeadLetter::from_row).collect::<Result<_, _>>()?,
            limit,
        ))
    }

    /// Opens a failed attempt again.
    pub async fn replay(&self, letter: &str, now: DateTime<Utc>) -> Result<Replayed, Error> {
        transaction(&self.database, async || {
            let rows = self
                .database
                .run("SELECT attempt_id, replayed_at FROM dead_letters WHERE id = ?", &[letter.into()])
                .await?;
            let Some(row) = rows.first() else { return Ok(Replayed::Unknown) };
            if row.maybe_time(1)?.is_some() {
                return Ok(Replayed::Already);
            }
            let id: AttemptId = row.parsed(0)?;
            self.database
                .run("UPDATE dead_letters SET replayed_at = ? WHERE id = ?", &[now.into(), letter.into()])
                .await?;
            let attempt = self.attempt(&id).await?.ok_or_else(|| Error::Damaged(format!("attempt {id} is gone")))?;
            if attempt.state != State::Failed {
                return Ok(Replayed::Already);
            }
            if let Some(sha256) = &attempt.sha256
                && let Some(same) = self.same_video(&attempt.user, attempt.test, sha256).await?
            {
                self.database
                    .run(
                        "UPDATE attempts SET merged_into = ? WHERE id = ?",
                        &[(&same.id).into(), (&attempt.id).into()],
                    )
                    .await?;
                // Those that were merged into this one follow: looking up goes one step only.
                self.database
                    .run(
                        "UPDATE attempts SET merged_into = ? WHERE merged_into = ?",
                        &[(&same.id).into(), (&attempt.id).into()],
                    )
                    .await?;
                self.record_of_attempt(&attempt, AttemptEvent::Replayed { dead_letter: letter }, now).await?;
                return Ok(Replayed::SentAgain(same));
            }
            let kept = match &attempt.video {
                Some((token, _)) => self.uploads_of(&attempt.id).await?.contains(token),
                None => false,
            };
            let change = if kept {
                "state = 'uploaded'"
            } else {
                "state = 'created', sha256 = NULL, video_token = NULL, video_chunks = NULL, container = NULL, \
                 uploaded_at = NULL"
            };
            let rows = self
                .database
                .run(
                    &format!(
                        "UPDATE attempts SET {change}, runs = 0, finished_at = NULL, feedback = NULL, \
                         frames_done = NULL, frames_total = NULL \
                         WHERE id = ? AND state = 'failed' RETURNING {COLUMNS}"
                    ),
                    &[(&attempt.id).into()],
                )
                .await?;
            let row = rows.first().ok_or_else(|| Error::Damaged("the attempt changed under its lock".into()))?;
            let attempt = Attempt::from_row(row)?;
            self.record_of_attempt(&attempt, AttemptEvent::Replayed { dead_letter: letter }, now).await?;
            Ok(if kept { Replayed::Waiting(attempt) } else { Replayed::NeedsVideo(attempt) })
        })
        .await
    }

    /// Puts a failed attempt on the list. Runs inside a transaction.
    pub(crate) async fn bury(
        &self,
        attempt: &Attempt,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        // Sorts by time, and is unique because an attempt fails once between two replays.
        let id = format!("{:013x}-{}", now.timestamp_millis(), attempt.id);
        self.database
            .run(
                "INSERT INTO dead_letters (id, attempt_id, reason, runs, created_at) VALUES (?, ?, ?, ?, ?)",
                &[
                    id.into(),
                    (&attempt.id).into(),
                    reason.into(),
                    attempt.runs.into(),
                    Value::from(now),
                ],
            )
            .await
            .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::testing::{Harness, hash, id, token};

    #[test]
    fn a_replayed_letter_waits_to_be_scored_with_all_its_tries() {
        let harness = Harness::new();
        let failed = harness.failed(1, &hash(1));
        let letters = block_on(harness.store.dead_letters(None, 10)).unwrap().items;
        assert_eq!(
            (letters.len(), letters[0].runs, letters[0].reason.as_str()),
            (1, 4, "the engine burned")
        );
        let replayed = block_on(harness.store.replay(&letters[0].id, harness.now())).unwrap();
        let Replayed::Waiting(attempt) = replayed else {
            panic!("{replayed:?}")
        };
        assert_eq!(
            (attempt.id, attempt.state, attempt.runs),
            (failed.id, State::Uploaded, 0)
        );
        assert_eq!(
            block_on(harness.store.replay(&letters[0].id, harness.now())),
            Ok(Replayed::Already)
        );
        assert_eq!(
            block_on(harness.store.replay("nothing", harness.now())),
            Ok(Replayed::Unknown)
        );
        assert!(matches!(harness.lease(1), crate::Lease::Taken(_)));
    }

    #[test]
    fn without_its_video_a_replayed_attempt_waits_for_it() {
        let harness = Harness::new();
        let failed = harness.failed(1, &hash(1));
        block_on(harness.store.forget_upload(&token(1))).unwrap();
        let letter = block_on(harness.store.dead_letters(None, 10))
            .unwrap()
            .items
            .remove(0);
        let replayed = block_on(harness.store.replay(&letter.id, harness.now())).unwrap();
        assert!(
            matches!(&replayed, Replayed::NeedsVideo(attempt) if attempt.state == State::Created),
            "{replayed:?}"
        );
        harness.begin(&failed, &token(9));
        assert!(matches!(
            harness.accept(&failed, &token(9), &hash(1)),
            crate::Accepted::Accepted(_)
        ));
    }

    #[test]
    fn a_letter_whose_video_was_sent_again_joins_the_new_attempt() {
        let harness = Harness::new();
        harness.failed(1, &hash(1));
        let again = harness.uploaded(2, &hash(1));
        let letter = block_on(harness.store.dead_letters(None, 10))
            .unwrap()
            .items
            .remove(0);
        assert_eq!(
            block_on(harness.store.replay(&letter.id, harness.now())),
            Ok(Replayed::SentAgain(again))
        );
    }

    #[test]
    fn attempts_that_were_merged_into_a_failed_one_follow_it() {
        let harness = Harness::new();
        harness.uploaded(1, &hash(1));
        let twin = harness.created(3);
        harness.begin(&twin, &token(3));
        let merged = harness.accept(&twin, &token(3), &hash(1));
        assert!(matches!(merged, crate::Accepted::SameVideo(_)), "{merged:?}");
        harness.fail(1);
        let again = harness.uploaded(2, &hash(1));
        let letter = block_on(harness.store.dead_letters(None, 10))
            .unwrap()
            .items
            .remove(0);
        block_on(harness.store.replay(&letter.id, harness.now())).unwrap();
        for id in [id(1), id(3)] {
            assert_eq!(block_on(harness.store.attempt(&id)), Ok(Some(again.clone())));
        }
    }
}
