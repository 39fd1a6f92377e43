//! What operators see: dead letters, migrations, the audit log, bans, the circuit breaker.

use chrono::{DateTime, Utc};
use flow_limits::{BanLevel, BanReason, BreakerRules, OpenReason};
use flow_store::{AttemptId, Audited, BanRecord, BreakerSeen, DeadLetter};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::{Error, rfc3339};

/// One dead letter.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeadLetterView {
    id: String,
    attempt_id: AttemptId,
    reason: String,
    runs: u32,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    replayed_at: Option<String>,
    /// Where to replay it, until it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    replay_url: Option<String>,
}

impl From<DeadLetter> for DeadLetterView {
    fn from(letter: DeadLetter) -> Self {
        let replay_url = letter
            .replayed_at
            .is_none()
            .then(|| format!("/api/ops/dead-letters/{}/replay", letter.id));
        Self {
            id: letter.id,
            attempt_id: letter.attempt,
            reason: letter.reason,
            runs: letter.runs,
            created_at: rfc3339(letter.created_at),
            replayed_at: letter.replayed_at.map(rfc3339),
            replay_url,
        }
    }
}

/// The state of the database's migrations.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MigrationsView {
    /// Every migration of this release, in the order in which they are applied.
    pub items: Vec<MigrationView>,
}

/// One migration.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MigrationView {
    /// Its number.
    pub version: u32,
    /// Its name.
    pub name: String,
    /// When it was applied; `null` while it is pending.
    pub applied_at: Option<String>,
}

/// One entry of the audit log.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntryView {
    /// Its number; later entries have higher ones.
    id: u64,
    at: String,
    event: String,
    /// Whom it is about, under the name that only the log knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// What it is about, such as an attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    detail: Box<RawValue>,
}

impl TryFrom<Audited> for AuditEntryView {
    type Error = Error;

    fn try_from(entry: Audited) -> Result<Self, Error> {
        Ok(Self {
            id: entry.id,
            at: rfc3339(entry.at),
            event: entry.event,
            subject: entry.subject,
            reference: entry.reference,
            detail: RawValue::from_string(entry.detail).map_err(|error| {
                Error::Internal(format!("the detail of audit entry {}: {error}", entry.id))
            })?,
        })
    }
}

/// One ban.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BanView {
    id: String,
    /// `user` or `address`.
    subject_kind: &'static str,
    /// The user's id, or the mark of the address.
    subject: String,
    level: BanLevel,
    reason: BanReason,
    created_at: String,
    /// Missing where it never ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lifted_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lift_reason: Option<String>,
    /// Where to lift it, while it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    lift_url: Option<String>,
}

impl BanView {
    /// A ban as it is `now`.
    #[must_use]
    pub fn new(record: BanRecord, now: DateTime<Utc>) -> Self {
        let ban = record.ban;
        let holds = record.lifted.is_none() && ban.ends_at.is_none_or(|end| end > now);
        let (lifted_at, lift_reason) = record.lifted.unzip();
        Self {
            lift_url: holds.then(|| format!("/api/ops/bans/{}/lift", ban.id)),
            id: ban.id,
            subject_kind: record.subject.kind(),
            subject: record.subject.as_str().to_owned(),
            level: ban.level,
            reason: ban.reason,
            created_at: rfc3339(ban.created_at),
            ends_at: ban.ends_at.map(rfc3339),
            lifted_at: lifted_at.map(rfc3339),
            lift_reason,
        }
    }
}

/// The circuit breaker and what it looks at.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BreakerView {
    /// Whether only few submissions pass.
    open: bool,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<OpenReason>,
    /// When it last opened or closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_at: Option<String>,
    /// Submissions of the last minutes, accepted or refused by a limit or a ban.
    submissions: u64,
    /// Those of them that were refused with 429.
    too_many: u64,
    /// The share of `tooMany` above which it opens, in percent, and the least number of submissions for it.
    limit_percent: u64,
    least_submissions: u64,
    /// What computing cost in the last hour, and above which cost it opens, in US dollars.
    dollars_per_hour: f64,
    limit_dollars_per_hour: f64,
    /// Submissions a minute that pass while it is open.
    throttled_per_minute: u32,
}

impl BreakerView {
    /// The breaker as it was seen under `rules`.
    #[must_use]
    pub fn new(seen: &BreakerSeen, rules: &BreakerRules) -> Self {
        Self {
            open: seen.open.is_some(),
            reason: seen.open,
            changed_at: seen.changed_at.map(rfc3339),
            submissions: seen.signals.submissions(),
            too_many: seen.signals.too_many,
            limit_percent: BreakerRules::REFUSED_PERCENT,
            least_submissions: BreakerRules::LEAST_SUBMISSIONS,
            dollars_per_hour: seen.signals.dollars(rules),
            limit_dollars_per_hour: BreakerRules::DOLLARS_PER_HOUR,
            throttled_per_minute: rules.throttled_per_minute,
        }
    }
}
