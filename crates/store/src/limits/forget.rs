//! What was only needed for counting, and is no longer.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Database, Error, Store};

/// How long it is known from which address a submission came, and that an address was blocked.
const ADDRESS_LIFE: TimeDelta = TimeDelta::hours(24);

/// How long refused submissions are known: longer than the longest day.
const REFUSED_LIFE: TimeDelta = TimeDelta::hours(48);

/// How long the minutes that the circuit breaker looks at are known, so that operators can look back.
const MINUTES_LIFE: TimeDelta = TimeDelta::days(7);

impl<D: Database> Store<D> {
    /// Forgets what limits no longer need.
    pub async fn forget_old_counts(&self, now: DateTime<Utc>) -> Result<(), Error> {
        for (statement, life) in [
            (
                "DELETE FROM submission_addresses WHERE created_at <= ?",
                ADDRESS_LIFE,
            ),
            (
                "DELETE FROM bans WHERE subject_kind = 'address' AND ends_at <= ?",
                ADDRESS_LIFE,
            ),
            ("DELETE FROM refused_submissions WHERE quarter <= ?", REFUSED_LIFE),
            ("DELETE FROM refused_minutes WHERE minute <= ?", MINUTES_LIFE),
            ("DELETE FROM compute_minutes WHERE minute <= ?", MINUTES_LIFE),
        ] {
            self.database.run(statement, &[(now - life).into()]).await?;
        }
        Ok(())
    }
}
