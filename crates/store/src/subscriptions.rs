//! What an account pays for, and which tier that makes it at a given time.

use chrono::{DateTime, Utc};
use flow_catalog::Tier;
use serde_json::json;

use crate::{
    Database, Error, Row, Store, UserId, Value,
    attempt::{tier_from_name, tier_name},
    sql::transaction,
};

/// What an account pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The tier that is paid for; it holds as soon as it is written.
    pub tier: Tier,
    /// The tier from `ends_at` on; Free when there is none.
    pub next_tier: Option<Tier>,
    /// When the paid period ends; without an end the tier goes on.
    pub ends_at: Option<DateTime<Utc>>,
}

impl Subscription {
    /// What who pays nothing has.
    pub const FREE: Self = Self {
        tier: Tier::Free,
        next_tier: None,
        ends_at: None,
    };

    /// The tier that holds at `now` (product requirement T2): an upgrade is written as the new tier and holds at once; a
    /// downgrade or an end waits for the end of the paid period. Nothing a user made is touched by either.
    #[must_use]
    pub fn tier_at(&self, now: DateTime<Utc>) -> Tier {
        match self.ends_at {
            Some(end) if end <= now => self.next_tier.unwrap_or(Tier::Free),
            _ => self.tier,
        }
    }

    /// The columns `tier, next_tier, ends_at` from `column` on; all empty is Free.
    pub(crate) fn from_columns(row: &Row, column: usize) -> Result<Self, Error> {
        let Some(tier) = row.maybe_text(column)? else {
            return Ok(Self::FREE);
        };
        let next_tier = row.maybe_text(column + 1)?;
        Ok(Self {
            tier: tier_from_name(&tier)?,
            next_tier: next_tier.as_deref().map(tier_from_name).transpose()?,
            ends_at: row.maybe_time(column + 2)?,
        })
    }
}

impl<D: Database> Store<D> {
    /// Writes what an account pays for from now on. `false` when there is no such account.
    pub async fn subscribe(
        &self,
        account: &UserId,
        subscription: &Subscription,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        transaction(&self.database, async || {
            if self.account_exists(account).await? {
                let next_tier = subscription.next_tier.map(tier_name).map(str::to_owned);
                self.database
                    .run(
                        "INSERT INTO subscriptions (account_id, tier, next_tier, ends_at) VALUES (?1, ?2, ?3, ?4) \
                         ON CONFLICT (account_id) DO UPDATE SET tier = ?2, next_tier = ?3, ends_at = ?4",
                        &[
                            account.into(),
                            tier_name(subscription.tier).into(),
                            next_tier.map_or(Value::Null, Value::Text),
                            subscription.ends_at.into(),
                        ],
                    )
                    .await?;
                let detail = json!({
                    "tier": subscription.tier,
                    "nextTier": subscription.next_tier,
                    "endsAt": subscription.ends_at.map(|end| end.timestamp_millis()),
                });
                self.record_of_account("account.tier_set", account, None, detail, now)
                    .await?;
                return Ok(true);
            }
            Ok(false)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use futures_executor::block_on;

    use super::*;
    use crate::testing::{Harness, account_id};

    #[test]
    fn an_upgrade_holds_at_once_and_a_downgrade_or_an_end_at_the_end_of_the_paid_period() {
        use Tier::{Basic, Free, Pro, ProPlus};
        let end = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let subscription = |tier, next_tier, ends: bool| Subscription {
            tier,
            next_tier,
            ends_at: ends.then_some(end),
        };
        let cases = [
            // (what, the last second before the end, from the end on)
            (Subscription::FREE, Free, Free),
            // An upgrade, and one that is renewed without an end.
            (subscription(ProPlus, None, false), ProPlus, ProPlus),
            // Cancelled: paid until the end.
            (subscription(Pro, None, true), Pro, Free),
            (subscription(Basic, Some(Free), true), Basic, Free),
            // Downgrades.
            (subscription(ProPlus, Some(Pro), true), ProPlus, Pro),
            (subscription(Pro, Some(Basic), true), Pro, Basic),
            // Renewed at the same tier.
            (subscription(Basic, Some(Basic), true), Basic, Basic),
        ];
        for (subscription, before, after) in cases {
            for (seconds, expected) in [(-86_400, before), (-1, before), (0, after), (86_400 * 400, after)] {
                let now = end + TimeDelta::seconds(seconds);
                assert_eq!(subscription.tier_at(now), expected, "{subscription:?} {seconds}");
            }
        }
    }

    #[test]
    fn a_subscription_is_of_an_account_and_replaces_the_one_before() {
        let harness = Harness::new();
        let pro = Subscription {
            tier: Tier::Pro,
            next_tier: Some(Tier::Basic),
            ends_at: Some(harness.now() + TimeDelta::days(30)),
        };
        let subscribe = |subscription: &Subscription| {
            block_on(
                harness
                    .store
                    .subscribe(&account_id(1), subscription, harness.now()),
            )
            .unwrap()
        };
        assert!(!subscribe(&pro), "nobody is there yet");
        assert_eq!(harness.count("subscriptions"), 0);
        harness.registered(1);
        let tier = || {
            block_on(harness.store.account(&account_id(1), harness.now()))
                .unwrap()
                .unwrap()
                .tier
        };
        assert_eq!(tier(), Tier::Free);
        assert!(subscribe(&pro));
        assert_eq!(tier(), Tier::Pro);
        harness.advance_seconds(30 * 86_400);
        assert_eq!(tier(), Tier::Basic);
        assert!(subscribe(&Subscription {
            tier: Tier::ProPlus,
            next_tier: None,
            ends_at: None
        }));
        assert_eq!(tier(), Tier::ProPlus);
        assert_eq!(harness.count("subscriptions"), 1);
    }
}
