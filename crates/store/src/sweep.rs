//! What nobody came back for: videos to delete, attempts to score, keys to forget.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{AttemptId, Database, Error, Store, UploadToken};

/// How long an upload may say nothing before it counts as broken off. One that goes on says so with each chunk of 1 MiB, for
/// which the slowest line that is waited for (8 kB/s) takes two minutes.
const BROKEN_UPLOAD: TimeDelta = TimeDelta::hours(1);

/// How long an idempotency key is remembered.
const KEY_LIFE: TimeDelta = TimeDelta::hours(24);

/// An attempt with a video that nobody scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abandoned {
    /// The attempt.
    pub id: AttemptId,
    /// Since when it waits.
    pub since: DateTime<Utc>,
}

impl<D: Database> Store<D> {
    /// Videos that must not be kept: of final attempts, of uploads that broke off, of attempts that joined another.
    /// Videos of failed attempts are kept for `replayable` after their failure. They are given up: nobody goes on with an upload that
    /// is about to be deleted.
    pub async fn take_leftover_videos(
        &self,
        replayable: TimeDelta,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<UploadToken>, Error> {
        let rows = self
            .database
            .run(
                "UPDATE video_uploads SET started_at = 0 WHERE token IN (\
                 SELECT token FROM video_uploads JOIN attempts ON attempts.id = video_uploads.attempt_id \
                 WHERE state IN ('valid', 'invalid') \
                    OR (state = 'failed' AND finished_at <= ?) \
                    OR (video_token IS NOT token AND started_at <= ?) \
                 ORDER BY started_at LIMIT ?) RETURNING token",
                &[
                    (now - replayable).into(),
                    (now - BROKEN_UPLOAD).into(),
                    limit.into(),
                ],
            )
            .await?;
        rows.iter().map(|row| row.parsed(0)).collect()
    }

    /// Attempts that wait to be scored: at once after a broken run, after `patience` when nobody asked at all.
    pub async fn abandoned(
        &self,
        patience: TimeDelta,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Abandoned>, Error> {
        let rows = self
            .database
            .run(
                "SELECT id, uploaded_at FROM attempts \
                 WHERE state = 'retrying' OR (state = 'uploaded' AND uploaded_at <= ?) \
                 ORDER BY uploaded_at, id LIMIT ?",
                &[(now - patience).into(), limit.into()],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Abandoned {
                    id: row.parsed(0)?,
                    since: row.time(1)?,
                })
            })
            .collect()
    }

    /// Forgets idempotency keys that are a day old.
    pub async fn forget_old_keys(&self, now: DateTime<Utc>) -> Result<(), Error> {
        self.database
            .run(
                "DELETE FROM idempotency_keys WHERE created_at <= ?",
                &[(now - KEY_LIFE).into()],
            )
            .await
            .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::{
        Created, NewAttempt, UploadStart,
        testing::{Harness, hash, id, token},
    };

    fn leftovers(harness: &Harness, replayable: TimeDelta) -> Vec<UploadToken> {
        block_on(harness.store.take_leftover_videos(replayable, harness.now(), 10)).unwrap()
    }

    #[test]
    fn a_video_is_left_over_as_soon_as_its_attempt_is_final() {
        for valid in [true, false] {
            let harness = Harness::new();
            harness.uploaded(1, &hash(1));
            let leased = harness.leased(1);
            harness.advance_seconds(7200);
            assert_eq!(leftovers(&harness, TimeDelta::zero()), [], "a video in use stays");
            block_on(
                harness
                    .store
                    .finish(&leased, &Harness::scored(valid), harness.now()),
            )
            .unwrap();
            assert_eq!(leftovers(&harness, TimeDelta::zero()), [token(1)]);
        }
    }

    #[test]
    fn the_video_of_a_failed_attempt_goes_at_once_or_after_the_time_set_for_replays() {
        let harness = Harness::new();
        harness.failed(1, &hash(1));
        assert_eq!(leftovers(&harness, TimeDelta::zero()), [token(1)]);
        assert_eq!(leftovers(&harness, TimeDelta::hours(24)), []);
        harness.advance_seconds(24 * 3600);
        assert_eq!(leftovers(&harness, TimeDelta::hours(24)), [token(1)]);
    }

    #[test]
    fn a_broken_upload_is_left_over_after_an_hour() {
        let harness = Harness::new();
        let attempt = harness.created(1);
        harness.begin(&attempt, &token(5));
        harness.advance_seconds(3599);
        assert_eq!(leftovers(&harness, TimeDelta::zero()), []);
        harness.advance_seconds(1);
        assert_eq!(leftovers(&harness, TimeDelta::zero()), [token(5)]);
    }

    #[test]
    fn an_upload_that_goes_on_is_not_broken_however_long_it_takes() {
        let harness = Harness::new();
        let attempt = harness.created(1);
        let UploadStart::Ready(_, mut upload) = harness.begin(&attempt, &token(5)) else {
            panic!("not begun")
        };
        for _ in 0..3 {
            harness.advance_seconds(3599);
            assert_eq!(leftovers(&harness, TimeDelta::zero()), []);
            let renewed = block_on(harness.store.renew_upload(&upload, harness.now())).unwrap();
            upload = renewed.expect("nobody else goes on");
        }
        harness.advance_seconds(3600);
        assert_eq!(leftovers(&harness, TimeDelta::zero()), [token(5)]);
        let renewed = block_on(harness.store.renew_upload(&upload, harness.now())).unwrap();
        assert_eq!(renewed, None, "what is about to be deleted does not go on");
    }

    #[test]
    fn attempts_that_nobody_scores_are_found() {
        let harness = Harness::new();
        harness.created(1);
        harness.uploaded(2, &hash(2));
        let broken = harness.uploaded(3, &hash(3));
        let leased = harness.leased(3);
        block_on(harness.store.give_up_run(&leased, "x", harness.now())).unwrap();
        let find = || -> Vec<AttemptId> {
            let found = block_on(harness.store.abandoned(TimeDelta::seconds(60), harness.now(), 10)).unwrap();
            found.into_iter().map(|abandoned| abandoned.id).collect()
        };
        assert_eq!(find(), [broken.id]);
        harness.advance_seconds(60);
        assert_eq!(find(), [id(2), id(3)]);
    }

    #[test]
    fn a_key_is_remembered_for_a_day() {
        let harness = Harness::new();
        let first = NewAttempt {
            idempotency_key: Some("k".into()),
            ..Harness::wanted(1)
        };
        harness.create(&first);
        harness.advance_seconds(24 * 3600 - 1);
        block_on(harness.store.forget_old_keys(harness.now())).unwrap();
        let again = NewAttempt {
            idempotency_key: Some("k".into()),
            ..Harness::wanted(2)
        };
        assert!(matches!(harness.create(&again), Created::Repeated(_)));
        harness.advance_seconds(1);
        block_on(harness.store.forget_old_keys(harness.now())).unwrap();
        assert!(matches!(harness.create(&again), Created::New(_)));
    }
}
