//! Receiving a video: begun before the first chunk, continued by whoever asked last, accepted after the last chunk, at most once
//! for an attempt.

use chrono::{DateTime, Utc};
use flow_limits::Refusal;

use crate::{
    Alert, Attempt, AttemptId, Database, Error, Row, Rules, Sha256Hex, State, Store, UserId,
    attempt::{COLUMNS, is_name, name_type},
    limits::{Context, Try, has_room},
    sql::transaction,
};

name_type!(
    /// Which upload a chunk belongs to: a new one whenever a video is sent from its beginning, so that it never mixes with another.
    UploadToken,
    "an upload token is 1 to 64 lower-case letters, digits and hyphens",
    is_name
);

/// The right to write an upload's chunks, until somebody else continues it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Where the chunks lie.
    pub token: UploadToken,
    /// When this writer began, or said last that it goes on: no two have the same. 1970 where the upload was given up.
    pub since: DateTime<Utc>,
}

/// How an upload begins.
#[derive(Clone, Debug, PartialEq)]
pub enum UploadStart {
    /// Chunks may be written.
    Ready(Attempt, Upload),
    /// The attempt has its video already.
    HasVideo(Attempt),
    /// This user has no such attempt.
    Unknown,
}

/// A video that lies in the store, not yet accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Its hash.
    pub sha256: Sha256Hex,
    /// Its length.
    pub bytes: u64,
    /// In how many chunks.
    pub chunks: u32,
}

/// What became of a received video.
#[derive(Clone, Debug, PartialEq)]
pub enum Accepted {
    /// It is the attempt's video now.
    Accepted(Attempt),
    /// The user sent it before; that attempt stands for both. The received chunks are to be deleted.
    SameVideo(Attempt),
    /// Another upload was faster. The received chunks are to be deleted.
    TooLate(Attempt),
    /// Somebody else goes on with this upload. The chunks are theirs now.
    TakenOver,
    /// It must not wait to be scored: too many of the user's videos do, or the month has no room for its test. The
    /// received chunks are to be deleted.
    Refused(Box<Refusal>),
}

/// What became of a received video, and what else happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptance {
    /// What became of it.
    pub accepted: Accepted,
    /// What an operator should hear of.
    pub alerts: Vec<Alert>,
}

impl From<Accepted> for Acceptance {
    fn from(accepted: Accepted) -> Self {
        Self {
            accepted,
            alerts: Vec::new(),
        }
    }
}

fn upload_from(rows: &[Row], token: &UploadToken) -> Result<Option<Upload>, Error> {
    let upload = |row: &Row| {
        Ok(Upload {
            token: token.clone(),
            since: row.time(0)?,
        })
    };
    rows.first().map(upload).transpose()
}

impl<D: Database> Store<D> {
    /// Writes down that chunks will appear under `token`, if the attempt waits for its video. Uploads of it that were begun before
    /// are given up.
    pub async fn begin_upload(
        &self,
        user: &UserId,
        id: &AttemptId,
        token: &UploadToken,
        now: DateTime<Utc>,
    ) -> Result<UploadStart, Error> {
        self.start_upload(user, id, async |attempt| {
            self.database
                .run(
                    "UPDATE video_uploads SET started_at = 0 WHERE attempt_id = ?",
                    &[(&attempt.id).into()],
                )
                .await?;
            self.insert_upload(&attempt.id, token, now).await
        })
        .await
    }

    /// Takes over the newest upload of an attempt, or begins one under `fresh` where there is none. Who wrote it before
    /// does no longer: see [`Store::renew_upload`].
    pub async fn continue_upload(
        &self,
        user: &UserId,
        id: &AttemptId,
        fresh: &UploadToken,
        now: DateTime<Utc>,
    ) -> Result<UploadStart, Error> {
        self.start_upload(user, id, async |attempt| {
            let Some(token) = self.newest_upload(&attempt.id).await? else {
                return self.insert_upload(&attempt.id, fresh, now).await;
            };
            let rows = self
                .database
                .run(
                    "UPDATE video_uploads SET started_at = max(?, started_at + 1) WHERE token = ? RETURNING started_at",
                    &[now.into(), (&token).into()],
                )
                .await?;
            upload_from(&rows, &token)?.ok_or_else(|| Error::Damaged(format!("upload {token} is gone")))
        })
        .await
    }

    async fn start_upload(
        &self,
        user: &UserId,
        id: &AttemptId,
        start: impl AsyncFnOnce(&Attempt) -> Result<Upload, Error>,
    ) -> Result<UploadStart, Error> {
        transaction(&self.database, async || {
            let Some(attempt) = self.attempt_of(user, id).await? else {
                return Ok(UploadStart::Unknown);
            };
            if attempt.state != State::Created {
                return Ok(UploadStart::HasVideo(attempt));
            }
            let upload = start(&attempt).await?;
            Ok(UploadStart::Ready(attempt, upload))
        })
        .await
    }

    async fn insert_upload(
        &self,
        attempt: &AttemptId,
        token: &UploadToken,
        now: DateTime<Utc>,
    ) -> Result<Upload, Error> {
        // Read back as it is stored, in milliseconds: it is compared with what is stored.
        let rows = self
            .database
            .run(
                "INSERT INTO video_uploads (token, attempt_id, started_at) VALUES (?, ?, ?) RETURNING started_at",
                &[token.into(), attempt.into(), now.into()],
            )
            .await?;
        upload_from(&rows, token)?.ok_or_else(|| Error::Damaged(format!("upload {token} was not written")))
    }

    /// Says that an upload goes on, so that it does not count as broken off. `None` when somebody else goes on with it, or it was
    /// given up: nothing may be written then.
    pub async fn renew_upload(&self, upload: &Upload, now: DateTime<Utc>) -> Result<Option<Upload>, Error> {
        let rows = self
            .database
            .run(
                "UPDATE video_uploads SET started_at = max(?, started_at + 1) WHERE token = ? AND started_at = ? \
                 RETURNING started_at",
                &[now.into(), (&upload.token).into(), upload.since.into()],
            )
            .await?;
        upload_from(&rows, &upload.token)
    }

    /// Gives an upload up: nobody goes on with it, and its chunks may be deleted. False when somebody else goes on with it.
    pub async fn give_up_upload(&self, upload: &Upload) -> Result<bool, Error> {
        let rows = self
            .database
            .run(
                "UPDATE video_uploads SET started_at = 0 WHERE token = ? AND started_at = ? RETURNING token",
                &[(&upload.token).into(), upload.since.into()],
            )
            .await?;
        Ok(!rows.is_empty())
    }

    /// Whether an upload is known, whoever goes on with it.
    pub async fn knows_upload(&self, token: &UploadToken) -> Result<bool, Error> {
        let rows = self
            .database
            .run("SELECT 1 FROM video_uploads WHERE token = ?", &[token.into()])
            .await?;
        Ok(!rows.is_empty())
    }

    async fn is_written_by(&self, upload: &Upload) -> Result<bool, Error> {
        let rows = self
            .database
            .run(
                "SELECT 1 FROM video_uploads WHERE token = ? AND started_at = ?",
                &[(&upload.token).into(), upload.since.into()],
            )
            .await?;
        Ok(!rows.is_empty())
    }

    /// The upload of an attempt that would be continued.
    pub async fn newest_upload(&self, id: &AttemptId) -> Result<Option<UploadToken>, Error> {
        let rows = self
            .database
            .run(
                "SELECT token FROM video_uploads WHERE attempt_id = ? AND started_at > 0 \
                 ORDER BY started_at DESC, token DESC LIMIT 1",
                &[id.into()],
            )
            .await?;
        rows.first().map(|row| row.parsed(0)).transpose()
    }

    /// Makes a received video the attempt's video, unless it was sent before, another upload was faster, or `rules` have
    /// no room for it.
    pub async fn accept_video(
        &self,
        attempt: &Attempt,
        upload: &Upload,
        received: &Received,
        container: &str,
        rules: Option<&Rules>,
        now: DateTime<Utc>,
    ) -> Result<Acceptance, Error> {
        transaction(&self.database, async || {
            if !self.is_written_by(upload).await? {
                return Ok(Accepted::TakenOver.into());
            }
            if let Some(same) = self
                .same_video(&attempt.user, attempt.test, &received.sha256)
                .await?
                && same.id != attempt.id
                && self.merge(attempt, &same.id).await?
            {
                return Ok(Accepted::SameVideo(same).into());
            }
            if let Some(accepted) = self
                .take_video(attempt, &upload.token, received, container, rules, now)
                .await?
            {
                return Ok(Accepted::Accepted(accepted).into());
            }
            let winner = self.attempt(&attempt.id).await?;
            let winner = winner.ok_or_else(|| Error::Damaged(format!("attempt {} is gone", attempt.id)))?;
            if let Some(rules) = rules.filter(|_| winner.id == attempt.id && winner.state == State::Created) {
                let tried = Try {
                    user: &attempt.user,
                    test: attempt.test,
                    tier: attempt.tier,
                    rules,
                    fresh_id: upload.token.as_str(),
                };
                let (refusal, alerts) = self.after_unwanted_video(tried).await?;
                return Ok(Acceptance {
                    accepted: Accepted::Refused(refusal.into()),
                    alerts,
                });
            }
            Ok(Accepted::TooLate(winner).into())
        })
        .await
    }

    /// Lets `same` stand for an attempt that has no video yet.
    async fn merge(&self, attempt: &Attempt, same: &AttemptId) -> Result<bool, Error> {
        let merged = self
            .database
            .run(
                "UPDATE attempts SET merged_into = ? WHERE id = ? AND state = 'created' AND merged_into IS NULL \
                 RETURNING id",
                &[same.into(), (&attempt.id).into()],
            )
            .await?;
        Ok(!merged.is_empty())
    }

    async fn take_video(
        &self,
        attempt: &Attempt,
        token: &UploadToken,
        received: &Received,
        container: &str,
        rules: Option<&Rules>,
        now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, Error> {
        let mut context = rules.map_or_else(
            || Context::without_rules(&attempt.user, now),
            |rules| Context::new(&attempt.user, rules),
        );
        let id = context.add(&attempt.id);
        let sha256 = context.add(&received.sha256);
        let container = context.add(container);
        let token = context.add(token);
        let chunks = context.add(received.chunks);
        let room = match rules {
            Some(rules) => {
                let test = context.add(attempt.test.slug());
                has_room(&mut context, &rules.limits, &test)
            }
            None => "true".to_owned(),
        };
        let rows = self
            .database
            .run(
                &format!(
                    "UPDATE attempts SET state = 'uploaded', sha256 = {sha256}, container = {container}, \
                     video_token = {token}, video_chunks = {chunks}, uploaded_at = ?2 \
                     WHERE id = {id} AND state = 'created' AND merged_into IS NULL AND {room} RETURNING {COLUMNS}"
                ),
                context.values(),
            )
            .await?;
        rows.first().map(Attempt::from_row).transpose()
    }

    /// Forgets an upload whose chunks are deleted.
    pub async fn forget_upload(&self, token: &UploadToken) -> Result<(), Error> {
        self.database
            .run("DELETE FROM video_uploads WHERE token = ?", &[token.into()])
            .await
            .map(drop)
    }

    /// All uploads of an attempt whose chunks may still be there.
    pub async fn uploads_of(&self, id: &AttemptId) -> Result<Vec<UploadToken>, Error> {
        let rows = self
            .database
            .run(
                "SELECT token FROM video_uploads WHERE attempt_id = ?",
                &[id.into()],
            )
            .await?;
        rows.iter().map(|row| row.parsed(0)).collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use futures_executor::block_on;

    use super::*;
    use crate::testing::{Harness, hash, token};

    #[test]
    fn a_broken_upload_leaves_the_attempt_waiting_and_the_next_one_is_accepted() {
        let harness = Harness::new();
        let attempt = harness.created(1);
        assert!(matches!(
            harness.begin(&attempt, &token(1)),
            UploadStart::Ready(..)
        ));
        assert!(matches!(
            harness.begin(&attempt, &token(2)),
            UploadStart::Ready(..)
        ));
        let Accepted::Accepted(done) = harness.accept(&attempt, &token(2), &hash(1)) else {
            panic!("not accepted")
        };
        assert_eq!(
            (done.state, done.video.clone()),
            (State::Uploaded, Some((token(2), 1)))
        );
        assert_eq!(
            block_on(harness.store.uploads_of(&done.id)).unwrap(),
            [token(1), token(2)]
        );
        assert_eq!(harness.begin(&attempt, &token(3)), UploadStart::HasVideo(done));
    }

    #[test]
    fn of_two_uploads_at_once_the_one_that_began_last_is_accepted() {
        let harness = Harness::new();
        let attempt = harness.created(1);
        let UploadStart::Ready(_, first) = harness.begin(&attempt, &token(1)) else {
            panic!("not begun")
        };
        harness.begin(&attempt, &token(2));
        assert_eq!(
            harness.accept_from(&attempt, &first, &hash(1)),
            Accepted::TakenOver
        );
        assert!(matches!(
            harness.accept(&attempt, &token(2), &hash(2)),
            Accepted::Accepted(_)
        ));
        // What was given up is deleted by the sweeper at once.
        let leftovers = harness
            .store
            .take_leftover_videos(TimeDelta::zero(), harness.now(), 10);
        assert_eq!(block_on(leftovers).unwrap(), [token(1)]);
    }

    #[test]
    fn a_video_sent_before_joins_the_attempt_that_has_it() {
        let harness = Harness::new();
        let first = harness.uploaded(1, &hash(7));
        let second = harness.created(2);
        harness.begin(&second, &token(22));
        assert_eq!(
            harness.accept(&second, &token(22), &hash(7)),
            Accepted::SameVideo(first.clone())
        );
        let seen = block_on(harness.store.attempt_of(&second.user, &second.id)).unwrap();
        assert_eq!(seen, Some(first), "the second id leads to the first attempt");
    }

    #[test]
    fn who_continues_an_upload_takes_it_over() {
        let harness = Harness::new();
        let attempt = harness.created(1);
        let UploadStart::Ready(_, first) = harness.begin(&attempt, &token(1)) else {
            panic!("not begun")
        };
        let renewed = |upload: &Upload| block_on(harness.store.renew_upload(upload, harness.now())).unwrap();
        let mut before = renewed(&first).expect("nobody else goes on");
        // Within the same millisecond, and later.
        for seconds in [0, 0, 1] {
            harness.advance_seconds(seconds);
            let UploadStart::Ready(_, next) = harness.continued(&attempt, &token(2)) else {
                panic!("not continued")
            };
            assert_eq!(next.token, token(1));
            assert_eq!(renewed(&before), None);
            assert!(!block_on(harness.store.give_up_upload(&before)).unwrap());
            before = renewed(&next).expect("nobody else goes on");
        }
        assert_eq!(
            block_on(harness.store.newest_upload(&attempt.id)).unwrap(),
            Some(token(1))
        );
        harness.accept_from(&attempt, &before, &hash(1));
        assert!(matches!(
            harness.continued(&attempt, &token(2)),
            UploadStart::HasVideo(_)
        ));
    }

    #[test]
    fn what_was_given_up_is_not_gone_on_with() {
        let harness = Harness::new();
        let attempt = harness.created(1);
        let UploadStart::Ready(_, upload) = harness.begin(&attempt, &token(1)) else {
            panic!("not begun")
        };
        assert!(block_on(harness.store.give_up_upload(&upload)).unwrap());
        assert_eq!(
            block_on(harness.store.renew_upload(&upload, harness.now())).unwrap(),
            None
        );
        assert_eq!(block_on(harness.store.newest_upload(&attempt.id)).unwrap(), None);
        let UploadStart::Ready(_, next) = harness.continued(&attempt, &token(2)) else {
            panic!("not begun")
        };
        assert_eq!(next.token, token(2));
    }

    #[test]
    fn a_video_is_accepted_only_from_who_writes_its_upload() {
        let harness = Harness::new();
        let attempt = harness.created(1);
        let UploadStart::Ready(_, slow) = harness.begin(&attempt, &token(1)) else {
            panic!("not begun")
        };
        harness.continued(&attempt, &token(2));
        assert_eq!(
            harness.accept_from(&attempt, &slow, &hash(1)),
            Accepted::TakenOver
        );
        assert!(matches!(
            harness.accept(&attempt, &token(1), &hash(1)),
            Accepted::Accepted(_)
        ));
    }

    #[test]
    fn an_upload_that_never_began_is_begun() {
        let harness = Harness::new();
        let attempt = harness.created(1);
        let UploadStart::Ready(_, upload) = harness.continued(&attempt, &token(2)) else {
            panic!("not begun")
        };
        assert_eq!(upload.token, token(2));
        assert_eq!(harness.count("video_uploads"), 1);
    }

    #[test]
    fn a_stranger_cannot_begin_an_upload() {
        let harness = Harness::new();
        let attempt = harness.created(1);
        let eve = "eve".parse().unwrap();
        let start = block_on(
            harness
                .store
                .begin_upload(&eve, &attempt.id, &token(1), harness.now()),
        );
        assert_eq!(start, Ok(UploadStart::Unknown));
        assert_eq!(harness.count("video_uploads"), 0);
    }
}
