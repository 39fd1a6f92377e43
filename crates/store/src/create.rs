//! Making an attempt: once for an idempotency key, once for a video.

use chrono::{DateTime, Utc};
use flow_catalog::{TestId, Tier};

use crate::{
    Attempt, AttemptId, Database, Error, Sha256Hex, Store, UserId,
    attempt::{COLUMNS, tier_name},
    sql::transaction,
};

/// What a client asks for.
#[derive(Clone, Debug)]
pub struct NewAttempt {
    /// The id it gets if it is new.
    pub id: AttemptId,
    /// Who asks.
    pub user: UserId,
    /// The user's tier now.
    pub tier: Tier,
    /// The test in the video.
    pub test: TestId,
    /// Declared media type.
    pub content_type: String,
    /// Declared length in bytes.
    pub size_bytes: u64,
    /// Declared hash of the video.
    pub sha256: Option<Sha256Hex>,
    /// The client's `Idempotency-Key`.
    pub idempotency_key: Option<String>,
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq)]
pub enum Created {
    /// A new attempt.
    New(Attempt),
    /// The same request came before; this is what it made.
    Repeated(Attempt),
    /// The user sent this video for this test before; this is its attempt.
    SameVideo(Attempt),
    /// The key was used for another request.
    KeyReused,
}

impl NewAttempt {
    /// What was asked, as one text.
    fn request(&self) -> String {
        let hash = self.sha256.as_ref().map_or("", Sha256Hex::as_str);
        format!("{} {} {} {hash}", self.test, self.content_type, self.size_bytes)
    }
}

impl<D: Database> Store<D> {
    /// Makes an attempt, or finds the one that this request or this video made before.
    pub async fn create(&self, new: &NewAttempt, now: DateTime<Utc>) -> Result<Created, Error> {
        transaction(&self.database, async || {
            if let Some(key) = &new.idempotency_key {
                let found = self
                    .database
                    .run(
                        "SELECT request, attempt_id FROM idempotency_keys WHERE user_id = ? AND key = ?",
                        &[(&new.user).into(), key.as_str().into()],
                    )
                    .await?;
                if let Some(row) = found.first() {
                    if row.text(0)? != new.request() {
                        return Ok(Created::KeyReused);
                    }
                    let attempt = self.attempt(&row.parsed(1)?).await?;
                    return attempt
                        .map(Created::Repeated)
                        .ok_or_else(|| Error::Damaged("an idempotency key without its attempt".into()));
                }
            }
            if let Some(sha256) = &new.sha256
                && let Some(attempt) = self.same_video(&new.user, new.test, sha256).await?
            {
                self.remember_key(new, &attempt.id, now).await?;
                return Ok(Created::SameVideo(attempt));
            }
            let rows = self
                .database
                .run(
                    &format!(
                        "INSERT INTO attempts (id, user_id, test, tier, content_type, size_bytes, declared_sha256, \
                         created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING {COLUMNS}"
                    ),
                    &[
                        (&new.id).into(),
                        (&new.user).into(),
                        new.test.slug().into(),
                        tier_name(new.tier).into(),
                        new.content_type.as_str().into(),
                        new.size_bytes.into(),
                        new.sha256.as_ref().map(Sha256Hex::as_str).map(str::to_owned).into(),
                        now.into(),
                    ],
                )
                .await?;
            let row = rows.first().ok_or_else(|| Error::Damaged("an insert returned nothing".into()))?;
            self.remember_key(new, &new.id, now).await?;
            Ok(Created::New(Attempt::from_row(row)?))
        })
        .await
    }

    /// The attempt that stands for a user's video of a test. Failed ones do not: their video may be sent again.
    pub(crate) async fn same_video(
        &self,
        user: &UserId,
        test: TestId,
        sha256: &Sha256Hex,
    ) -> Result<Option<Attempt>, Error> {
        let rows = self
            .database
            .run(
                &format!(
                    "SELECT {COLUMNS} FROM attempts WHERE user_id = ? AND test = ? AND sha256 = ? \
                     AND merged_into IS NULL AND state <> 'failed'"
                ),
                &[user.into(), test.slug().into(), sha256.into()],
            )
            .await?;
        rows.first().map(Attempt::from_row).transpose()
    }

    async fn remember_key(&self, new: &NewAttempt, id: &AttemptId, now: DateTime<Utc>) -> Result<(), Error> {
        let Some(key) = &new.idempotency_key else {
            return Ok(());
        };
        self.database
            .run(
                "INSERT INTO idempotency_keys (user_id, key, request, attempt_id, created_at) VALUES (?, ?, ?, ?, ?)",
                &[(&new.user).into(), key.as_str().into(), new.request().into(), id.into(), now.into()],
            )
            .await
            .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Harness, hash};

    #[test]
    fn the_same_key_makes_one_attempt_and_another_request_under_it_is_refused() {
        let harness = Harness::new();
        let first = NewAttempt {
            idempotency_key: Some("k".into()),
            ..Harness::wanted(1)
        };
        let Created::New(made) = harness.create(&first) else {
            panic!("not new")
        };
        let again = NewAttempt {
            idempotency_key: Some("k".into()),
            ..Harness::wanted(2)
        };
        assert_eq!(harness.create(&again), Created::Repeated(made));
        let other = NewAttempt {
            size_bytes: 999,
            ..again.clone()
        };
        assert_eq!(harness.create(&other), Created::KeyReused);
        let stranger = NewAttempt {
            user: "eve".parse().unwrap(),
            ..again
        };
        assert!(
            matches!(harness.create(&stranger), Created::New(_)),
            "keys belong to their users"
        );
        assert_eq!(harness.count("attempts"), 2);
    }

    #[test]
    fn a_declared_hash_finds_the_attempt_of_the_same_user_and_test_only() {
        let harness = Harness::new();
        let first = harness.uploaded(1, &hash(7));
        let same = NewAttempt {
            sha256: Some(hash(7)),
            ..Harness::wanted(2)
        };
        assert_eq!(harness.create(&same), Created::SameVideo(first));
        let other_test = NewAttempt {
            test: TestId::YBalance,
            ..same.clone()
        };
        assert!(matches!(harness.create(&other_test), Created::New(_)));
        let other_user = NewAttempt {
            id: Harness::wanted(3).id,
            user: "eve".parse().unwrap(),
            ..same
        };
        assert!(matches!(harness.create(&other_user), Created::New(_)));
    }
}
