//! Making an attempt: once for an idempotency key, once for a video.

use chrono::{DateTime, Utc};
use flow_catalog::{TestId, Tier};
use flow_limits::{Refusal, Usage};

use crate::{
    Alert, Attempt, AttemptId, Database, Error, Rules, Sha256Hex, Store, UserId,
    attempt::{COLUMNS, tier_name},
    limits::{Context, Try, admits},
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
    /// A limit or a ban is in the way.
    Refused(Box<Refusal>),
}

/// What came of asking, and what else happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Creation {
    /// What came of it.
    pub created: Created,
    /// What the user has used now, where a new attempt was made and limits are counted.
    pub usage: Option<Usage>,
    /// What an operator should hear of.
    pub alerts: Vec<Alert>,
}

impl From<Created> for Creation {
    fn from(created: Created) -> Self {
        Self {
            created,
            usage: None,
            alerts: Vec::new(),
        }
    }
}

impl NewAttempt {
    /// What was asked, as one text.
    fn request(&self) -> String {
        let hash = self.sha256.as_ref().map_or("", Sha256Hex::as_str);
        format!("{} {} {} {hash}", self.test, self.content_type, self.size_bytes)
    }
}

impl<D: Database> Store<D> {
    /// Makes an attempt where `rules` have room for it, or finds the one that this request or this video made before,
    /// which costs nothing. Without rules there is always room.
    pub async fn create(
        &self,
        new: &NewAttempt,
        rules: Option<&Rules>,
        now: DateTime<Utc>,
    ) -> Result<Creation, Error> {
        transaction(&self.database, async || {
            if let Some(key) = &new.idempotency_key
                && let Some(known) = self.known_key(new, key).await?
            {
                return Ok(known.into());
            }
            if let Some(sha256) = &new.sha256
                && let Some(attempt) = self.same_video(&new.user, new.test, sha256).await?
            {
                self.remember_key(new, &attempt.id, now).await?;
                return Ok(Created::SameVideo(attempt).into());
            }
            let admitted = self.admit(new, rules, now).await?;
            let tried = rules.map(|rules| Try {
                user: &new.user,
                test: new.test,
                tier: new.tier,
                rules,
                fresh_id: new.id.as_str(),
            });
            match (admitted, tried) {
                (Some(attempt), None) => {
                    self.remember_key(new, &new.id, now).await?;
                    Ok(Created::New(attempt).into())
                }
                (Some(attempt), Some(tried)) => {
                    self.remember_key(new, &new.id, now).await?;
                    let (usage, alerts) = self.after_accepted(tried).await?;
                    Ok(Creation {
                        created: Created::New(attempt),
                        usage: Some(usage),
                        alerts,
                    })
                }
                (None, Some(tried)) => {
                    let (refusal, alerts) = self.after_refused(tried).await?;
                    Ok(Creation {
                        created: Created::Refused(refusal.into()),
                        usage: None,
                        alerts,
                    })
                }
                (None, None) => Err(Error::Damaged("an insert returned nothing".into())),
            }
        })
        .await
    }

    /// Inserts the attempt if there is room for it.
    async fn admit(
        &self,
        new: &NewAttempt,
        rules: Option<&Rules>,
        now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, Error> {
        let mut context = rules.map_or_else(
            || Context::without_rules(&new.user, now),
            |rules| Context::new(&new.user, rules),
        );
        let id = context.add(&new.id);
        let test = context.add(new.test.slug());
        let tier = context.add(tier_name(new.tier));
        let content_type = context.add(new.content_type.as_str());
        let size_bytes = context.add(new.size_bytes);
        let sha256 = context.add(new.sha256.as_ref().map(Sha256Hex::as_str).map(str::to_owned));
        let condition = rules.map_or_else(|| "true".to_owned(), |rules| admits(&mut context, rules, &test));
        let rows = self
            .database
            .run(
                &format!(
                    "INSERT INTO attempts (user_id, created_at, id, test, tier, content_type, size_bytes, \
                     declared_sha256) \
                     SELECT ?1, ?2, {id}, {test}, {tier}, {content_type}, {size_bytes}, {sha256} WHERE {condition} \
                     RETURNING {COLUMNS}"
                ),
                context.values(),
            )
            .await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        if let Some(mark) = rules.and_then(|rules| rules.address.as_ref()) {
            self.database
                .run(
                    "INSERT INTO submission_addresses (attempt_id, mark, created_at) VALUES (?, ?, ?)",
                    &[(&new.id).into(), mark.into(), now.into()],
                )
                .await?;
        }
        Attempt::from_row(row).map(Some)
    }

    /// What the same request made before, if its key is known.
    async fn known_key(&self, new: &NewAttempt, key: &str) -> Result<Option<Created>, Error> {
        let found = self
            .database
            .run(
                "SELECT request, attempt_id FROM idempotency_keys WHERE user_id = ? AND key = ?",
                &[(&new.user).into(), key.into()],
            )
            .await?;
        let Some(row) = found.first() else {
            return Ok(None);
        };
        if row.text(0)? != new.request() {
            return Ok(Some(Created::KeyReused));
        }
        let attempt = self.attempt(&row.parsed(1)?).await?;
        let attempt =
            attempt.ok_or_else(|| Error::Damaged("an idempotency key without its attempt".into()))?;
        Ok(Some(Created::Repeated(attempt)))
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
