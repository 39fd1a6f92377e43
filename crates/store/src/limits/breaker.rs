//! The circuit breaker's signals, and telling once when it opens and once when it closes.

use std::time::Duration;

use chrono::{DateTime, Utc};
use flow_limits::{BreakerRules, OpenReason, Signals, minute_of};
use serde_json::json;

use super::{
    Alert,
    sql::{ACCEPTED_LATELY, COMPUTED_LATELY, Context, REFUSED_LATELY},
};
use crate::{Database, Error, Rules, Store, sql::transaction};

/// The circuit breaker as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakerSeen {
    /// What it looks at.
    pub signals: Signals,
    /// Why it is open; `None` when it is closed.
    pub open: Option<OpenReason>,
    /// When it last opened or closed; `None` when it never did.
    pub changed_at: Option<DateTime<Utc>>,
}

impl<D: Database> Store<D> {
    /// Writes down that instances computed for so long, in a run that ended now.
    pub async fn add_compute(&self, computed: Duration, now: DateTime<Utc>) -> Result<(), Error> {
        let milliseconds = u64::try_from(computed.as_millis()).unwrap_or(u64::MAX);
        self.database
            .run(
                "INSERT INTO compute_minutes (minute, milliseconds) VALUES (?1, ?2) \
                 ON CONFLICT (minute) DO UPDATE SET milliseconds = milliseconds + ?2",
                &[minute_of(now).into(), milliseconds.into()],
            )
            .await
            .map(drop)
    }

    /// The circuit breaker as it is now.
    pub async fn breaker(&self, rules: &BreakerRules, now: DateTime<Utc>) -> Result<BreakerSeen, Error> {
        Ok(self.look_at_breaker(rules, now).await?.0)
    }

    /// Looks at the circuit breaker, so that it is told to have closed where nobody submits any more.
    pub async fn review_breaker(
        &self,
        rules: &BreakerRules,
        now: DateTime<Utc>,
    ) -> Result<Option<Alert>, Error> {
        let (seen, told) = self.look_at_breaker(rules, now).await?;
        if seen.open.map(OpenReason::name) == told.as_deref() {
            return Ok(None);
        }
        transaction(&self.database, async || self.tell_change(seen.open, now).await).await
    }

    async fn look_at_breaker(
        &self,
        rules: &BreakerRules,
        now: DateTime<Utc>,
    ) -> Result<(BreakerSeen, Option<String>), Error> {
        let context = Context::of_minutes(now);
        let rows = self
            .database
            .run(
                &format!(
                    "SELECT (SELECT count(*) {ACCEPTED_LATELY}), (SELECT coalesce(sum(refused), 0) {REFUSED_LATELY}), \
                     (SELECT coalesce(sum(too_many), 0) {REFUSED_LATELY}), \
                     (SELECT coalesce(sum(milliseconds), 0) {COMPUTED_LATELY}), \
                     (SELECT open_for FROM breaker WHERE id = 1), (SELECT changed_at FROM breaker WHERE id = 1)"
                ),
                context.values(),
            )
            .await?;
        let row = rows
            .first()
            .ok_or_else(|| Error::Damaged("signals without a row".into()))?;
        let signals = Signals {
            accepted: row.count(0)?,
            refused: row.count(1)?,
            too_many: row.count(2)?,
            compute_milliseconds: row.count(3)?,
        };
        let seen = BreakerSeen {
            signals,
            open: rules.open(&signals),
            changed_at: row.maybe_time(5)?,
        };
        Ok((seen, row.maybe_text(4)?))
    }

    /// Tells a change if there is one. Runs inside a transaction.
    pub(super) async fn tell_breaker(
        &self,
        told: Option<&str>,
        signals: &Signals,
        rules: &Rules,
        alerts: &mut Vec<Alert>,
    ) -> Result<(), Error> {
        let open = rules.breaker.open(signals);
        if open.map(OpenReason::name) != told {
            alerts.extend(self.tell_change(open, rules.moment.now).await?);
        }
        Ok(())
    }

    /// Writes down what the breaker is now; whoever is first to do so tells it.
    async fn tell_change(
        &self,
        open: Option<OpenReason>,
        now: DateTime<Utc>,
    ) -> Result<Option<Alert>, Error> {
        let changed = self
            .database
            .run(
                "INSERT INTO breaker (id, open_for, changed_at) VALUES (1, ?1, ?2) \
                 ON CONFLICT (id) DO UPDATE SET open_for = ?1, changed_at = ?2 WHERE open_for IS NOT ?1 RETURNING id",
                &[open.map(OpenReason::name).map(str::to_owned).into(), now.into()],
            )
            .await?;
        if changed.is_empty() {
            return Ok(None);
        }
        let (event, alert) = match open {
            Some(reason) => ("breaker.opened", Alert::BreakerOpened(reason)),
            None => ("breaker.closed", Alert::BreakerClosed),
        };
        self.record_limit_event(event, None, None, json!({ "reason": open }), now)
            .await?;
        Ok(Some(alert))
    }
}
