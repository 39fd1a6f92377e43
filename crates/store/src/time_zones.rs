//! Where a person's days begin: changed by them, but only so often.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::{Database, Error, Store, UserId, sql::transaction};

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeZoneChange {
    /// It holds from now on. So it does where it is what it was.
    Changed,
    /// It was changed too often lately; from then on it can be changed again.
    NotBefore(DateTime<Utc>),
    /// There is no such account.
    Unknown,
}

impl TimeZoneChange {
    /// How many changes are possible in [`Self::WINDOW`]: there and back again. Each may begin a new day with its attempts.
    pub const LIMIT: u32 = 2;

    /// See [`Self::LIMIT`].
    pub const WINDOW: TimeDelta = TimeDelta::days(7);
}

impl<D: Database> Store<D> {
    /// Sets an account's time zone.
    pub async fn change_time_zone(
        &self,
        account: &UserId,
        zone: Tz,
        now: DateTime<Utc>,
    ) -> Result<TimeZoneChange, Error> {
        transaction(&self.database, async || {
            let found = self
                .database
                .run("SELECT time_zone FROM accounts WHERE id = ?", &[account.into()])
                .await?;
            let Some(row) = found.first() else {
                return Ok(TimeZoneChange::Unknown);
            };
            if row.text(0)? == zone.name() {
                return Ok(TimeZoneChange::Changed);
            }
            self.database
                .run(
                    "DELETE FROM time_zone_changes WHERE account_id = ? AND at <= ?",
                    &[account.into(), (now - TimeZoneChange::WINDOW).into()],
                )
                .await?;
            let lately = self
                .database
                .run(
                    "SELECT count(*), min(at) FROM time_zone_changes WHERE account_id = ?",
                    &[account.into()],
                )
                .await?;
            if let Some(row) = lately.first()
                && row.count(0)? >= u64::from(TimeZoneChange::LIMIT)
            {
                return Ok(TimeZoneChange::NotBefore(row.time(1)? + TimeZoneChange::WINDOW));
            }
            self.database
                .run(
                    "INSERT INTO time_zone_changes (account_id, at) VALUES (?, ?)",
                    &[account.into(), now.into()],
                )
                .await?;
            self.database
                .run(
                    "UPDATE accounts SET time_zone = ? WHERE id = ?",
                    &[zone.name().into(), account.into()],
                )
                .await?;
            Ok(TimeZoneChange::Changed)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::testing::{Harness, account_id};

    #[test]
    fn a_time_zone_can_be_changed_twice_a_week() {
        let harness = Harness::new();
        harness.registered(1);
        let change = |zone: Tz| {
            block_on(
                harness
                    .store
                    .change_time_zone(&account_id(1), zone, harness.now()),
            )
            .unwrap()
        };
        let start = harness.now();
        assert_eq!(change(Tz::Asia__Tokyo), TimeZoneChange::Changed);
        harness.advance_seconds(3600);
        assert_eq!(change(Tz::Europe__Berlin), TimeZoneChange::Changed);
        assert_eq!(
            change(Tz::Europe__Berlin),
            TimeZoneChange::Changed,
            "no change at all"
        );
        let refused = TimeZoneChange::NotBefore(start + TimeZoneChange::WINDOW);
        assert_eq!(change(Tz::UTC), refused);
        harness.advance_seconds(7 * 86_400 - 3601);
        assert_eq!(change(Tz::UTC), refused);
        harness.advance_seconds(1);
        assert_eq!(change(Tz::UTC), TimeZoneChange::Changed);
        let account = block_on(harness.store.account(&account_id(1), harness.now()))
            .unwrap()
            .unwrap();
        assert_eq!(account.time_zone, Tz::UTC);
        let eve = account_id(9);
        let unknown = block_on(harness.store.change_time_zone(&eve, Tz::UTC, harness.now()));
        assert_eq!(unknown, Ok(TimeZoneChange::Unknown));
    }
}
