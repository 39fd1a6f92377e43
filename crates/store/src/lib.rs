//! Attempts in SQLite and videos in the key-value store: all SQL lives here.
//!
//! The code runs on anything that implements [`Database`] and [`Blobs`]: Spin's interfaces in a component, rusqlite (the
//! feature of that name) and a map in tests. The clock and new ids are arguments, so every rule about time can be tested
//! without waiting.

mod accounts;
mod attempt;
mod audit;
mod blobs;
mod budget;
mod create;
mod dead_letters;
mod error;
mod finish;
mod lease;
mod limits;
mod mail_tokens;
mod mails;
mod member;
mod metrics;
#[cfg(any(test, feature = "rusqlite"))]
mod native;
mod own_account;
mod personal;
mod read;
mod reseal;
#[cfg(feature = "schema")]
mod schema;
mod sessions;
mod slots;
#[cfg(target_arch = "wasm32")]
mod spin;
mod sql;
mod subscriptions;
mod sweep;
#[cfg(test)]
mod testing;
mod throttles;
mod tidy;
mod time_zones;
mod upload;
mod videos;

pub use accounts::{Account, Credentials, NewAccount, Registered, RegistrationMails};
pub use attempt::{Attempt, AttemptId, Outcome, Progress, Sha256Hex, State, UserId};
pub use audit::{AuditEntry, AuditFilter, AuditSubject, Audited};
pub use blobs::Blobs;
pub use budget::TimeBudget;
pub use create::{Created, Creation, NewAttempt};
pub use dead_letters::{DeadLetter, Replayed};
pub use error::Error;
pub use finish::{KeyFrame, Scored};
pub use lease::{Lease, LeaseTerms, LeaseToken, Leased, MAX_RETRIES};
pub use limits::{AddressMark, Alert, BanRecord, BreakerSeen, Lifted, Rules, Subject};
pub use mail_tokens::{MailPurpose, NewMailToken, TokenOwner};
pub use mails::{Mail, MailId, MailKind, NewMail, retry_after_failure};
pub use member::Member;
pub use metrics::Figure;
pub use own_account::{EmailChange, NewEmail, OwnedAccount};
pub use personal::{AUDIT_LOG, Form, PERSONAL_TABLES, PersonalNames, PersonalTable};
pub use read::{NewestResult, Page, PastResult};
pub use reseal::{SealedColumn, SealedRow};
pub use sessions::{NewSession, Refresh, Refreshed, SESSION_IDLE, Session, SessionEnd, SessionId};
pub use slots::{compute_share, instances_each, retry_after_seconds, slot_share};
#[cfg(target_arch = "wasm32")]
pub use spin::{SpinBlobs, SpinDatabase};
pub use sql::{Database, Row, Value, transaction};
pub use subscriptions::Subscription;
pub use sweep::Abandoned;
pub use throttles::ThrottleRule;
pub use time_zones::TimeZoneChange;
pub use upload::{Acceptance, Accepted, Received, Upload, UploadStart, UploadToken};
pub use videos::{CHUNK_BYTES, VideoHash, VideoWriter, Videos};

/// Every question and change the product has for its database.
#[derive(Debug)]
pub struct Store<D> {
    database: D,
}

impl<D: Database> Store<D> {
    /// A store on one connection; transactions run on it, so it must not be shared between requests.
    pub const fn new(database: D) -> Self {
        Self { database }
    }

    /// Whether the database answers and has our tables.
    pub async fn check(&self) -> Result<(), Error> {
        self.database
            .run("SELECT count(*) FROM attempts WHERE id = ''", &[])
            .await
            .map(drop)
    }
}
