//! How often something was tried lately: signing in to an account, registering from an address.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Database, Error, Store};

/// So many tries in so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThrottleRule {
    /// From the first try on.
    pub window: TimeDelta,
    /// How many are let through.
    pub limit: u32,
}

impl<D: Database> Store<D> {
    /// Counts a try under a mark, in one statement, so that no burst gets past. `Some` when it is one too many: when the
    /// next one is let through.
    pub async fn count_try(
        &self,
        mark: &str,
        rule: ThrottleRule,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, Error> {
        let rows = self
            .database
            .run(
                "INSERT INTO throttles (mark, window_start, count) VALUES (?1, ?2, 1) \
                 ON CONFLICT (mark) DO UPDATE SET \
                     count = CASE WHEN window_start > ?3 THEN count + 1 ELSE 1 END, \
                     window_start = CASE WHEN window_start > ?3 THEN window_start ELSE ?2 END \
                 RETURNING count, window_start",
                &[mark.into(), now.into(), (now - rule.window).into()],
            )
            .await?;
        let row = rows
            .first()
            .ok_or_else(|| Error::Damaged("an insert returned nothing".into()))?;
        let over = row.count(0)? > u64::from(rule.limit);
        Ok(if over {
            Some(row.time(1)? + rule.window)
        } else {
            None
        })
    }

    /// Forgets the tries under a mark: one of them was right.
    pub async fn forget_tries(&self, mark: &str) -> Result<(), Error> {
        self.database
            .run("DELETE FROM throttles WHERE mark = ?", &[mark.into()])
            .await
            .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::testing::Harness;

    const RULE: ThrottleRule = ThrottleRule {
        window: TimeDelta::minutes(15),
        limit: 3,
    };

    #[test]
    fn after_so_many_tries_one_waits_for_the_end_of_the_window() {
        let harness = Harness::new();
        let count = |mark: &str| block_on(harness.store.count_try(mark, RULE, harness.now())).unwrap();
        let end = harness.now() + RULE.window;
        for expected in [None, None, None, Some(end), Some(end)] {
            assert_eq!(count("a"), expected);
        }
        assert_eq!(count("b"), None, "another mark");
        harness.advance_seconds(15 * 60 - 1);
        assert_eq!(count("a"), Some(end));
        harness.advance_seconds(1);
        assert_eq!(count("a"), None);
        assert_eq!(harness.count("throttles"), 2);
    }

    #[test]
    fn a_right_try_makes_the_wrong_ones_forgotten() {
        let harness = Harness::new();
        let count = |mark: &str| block_on(harness.store.count_try(mark, RULE, harness.now())).unwrap();
        for _ in 0..4 {
            count("a");
            count("b");
        }
        block_on(harness.store.forget_tries("a")).unwrap();
        assert_eq!(count("a"), None);
        assert!(count("b").is_some());
    }
}
