//! Counting for limits, bans and the circuit breaker. The rules are in `flow-limits`; here is what the database does.
//!
//! A submission is admitted by one statement that inserts it only where every limit has room, so that no two at once
//! take the same room, whatever process they come from.

mod bans;
mod breaker;
mod forget;
mod sql;
#[cfg(test)]
mod tests;
mod tries;
mod usage;

use chrono::{DateTime, Utc};
use flow_limits::{Ban, BreakerRules, Limits, Moment, OpenReason};

use crate::{
    AuditEntry, Database, Error, Store, UserId,
    attempt::{is_lower_hex, name_type},
};

pub(crate) use bans::{BAN_COLUMNS, HARDEST_FIRST, maybe_ban};
pub use bans::{BanRecord, Lifted, Subject};
pub use breaker::BreakerSeen;
pub(crate) use sql::{BANS_OF_ACCOUNT, Context, admits, has_room};
pub(crate) use tries::Try;

name_type!(
    /// A keyed hash of a client's address, in lower-case hexadecimal.
    AddressMark,
    "an address mark is 64 hexadecimal digits in lower case",
    |text| text.len() == 64 && text.bytes().all(is_lower_hex)
);

/// What holds for one submission.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// How much the user is allowed.
    pub limits: Limits,
    /// When the circuit breaker opens.
    pub breaker: BreakerRules,
    /// Now, in the user's calendar.
    pub moment: Moment,
    /// Where the submission comes from; `None` where that is not known.
    pub address: Option<AddressMark>,
}

/// What an operator should hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alert {
    /// Somebody was banned.
    Banned {
        /// Whom or what the ban is for.
        subject: Subject,
        /// The ban.
        ban: Ban,
    },
    /// The circuit breaker opened.
    BreakerOpened(OpenReason),
    /// The circuit breaker closed.
    BreakerClosed,
}

impl<D: Database> Store<D> {
    /// Records what happened to a user, or to everybody. Runs inside a transaction.
    async fn record_limit_event(
        &self,
        event: &str,
        user: Option<&UserId>,
        reference: Option<&str>,
        detail: serde_json::Value,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let subject = match user {
            Some(user) => Some(self.audit_subject(user).await?),
            None => None,
        };
        let entry = AuditEntry {
            event,
            subject,
            reference,
            detail,
        };
        self.record(entry, now).await
    }
}
