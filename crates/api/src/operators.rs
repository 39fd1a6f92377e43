//! What operators see and send: dead letters, migrations, the audit log, bans, the circuit breaker, tiers of accounts.

use chrono::{DateTime, Utc};
use flow_catalog::Tier;
use flow_limits::{BanLevel, BanReason, BreakerRules, OpenReason};
use flow_store::{AttemptId, Audited, BanRecord, BreakerSeen, DeadLetter};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{AttemptView, rfc3339};

/// One dead letter.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DeadLetter"))]
#[serde(rename_all = "camelCase")]
pub struct DeadLetterView {
    /// Its id.
    id: String,
    /// The attempt.
    attempt_id: AttemptId,
    /// What went wrong in the last run.
    reason: String,
    /// How often scoring was begun.
    runs: u32,
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Migrations"))]
#[serde(rename_all = "camelCase")]
pub struct MigrationsView {
    /// Every migration of this release, in the order in which they are applied.
    pub items: Vec<MigrationView>,
}

/// One migration.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Migration"))]
#[serde(rename_all = "camelCase")]
pub struct MigrationView {
    /// Its number.
    pub version: u32,
    /// Its name.
    pub name: String,
    /// When it was applied; `null` while it is pending.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub applied_at: Option<String>,
}

/// One entry of the audit log.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "AuditEntry"))]
#[serde(rename_all = "camelCase")]
pub struct AuditEntryView {
    /// Its number; later entries have higher ones.
    id: u64,
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    at: String,
    /// What happened, such as `assessment.measurement_failed`.
    event: String,
    /// Whom it is about, under the name that only the log knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// What it is about, such as an attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    /// What was decided and why; its members depend on the event.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")
    )]
    detail: Box<RawValue>,
}

/// What a stored entry says cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the detail of audit entry {id}: {error}")]
pub struct DamagedEntry {
    id: u64,
    error: serde_json::Error,
}

impl TryFrom<Audited> for AuditEntryView {
    type Error = DamagedEntry;

    fn try_from(entry: Audited) -> Result<Self, DamagedEntry> {
        Ok(Self {
            id: entry.id,
            at: rfc3339(entry.at),
            event: entry.event,
            subject: entry.subject,
            reference: entry.reference,
            detail: RawValue::from_string(entry.detail)
                .map_err(|error| DamagedEntry { id: entry.id, error })?,
        })
    }
}

/// One ban.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Ban"))]
#[serde(rename_all = "camelCase")]
pub struct BanView {
    id: String,
    /// `user` or `address`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["user", "address"])))]
    subject_kind: &'static str,
    /// The user's id, or the mark of the address.
    subject: String,
    level: BanLevel,
    reason: BanReason,
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    created_at: String,
    /// Missing where it never ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    ends_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Breaker"))]
#[serde(rename_all = "camelCase")]
pub struct BreakerView {
    /// Whether only few submissions pass.
    open: bool,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<OpenReason>,
    /// When it last opened or closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
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

/// What a replay came to.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Replay"))]
#[serde(rename_all = "camelCase")]
pub struct ReplayView {
    /// `waiting` to be scored, `needs-video` because it was deleted, or `sent-again` by the user since.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = ["waiting", "needs-video", "sent-again"]))
    )]
    pub outcome: &'static str,
    /// The attempt.
    pub attempt: AttemptView,
}

/// Which migration to take back. It must be named, so that nothing is lost by asking twice.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MigrationDownRequest {
    /// Its number.
    pub version: u32,
}

/// Longest reason for lifting a ban, in bytes.
pub const LONGEST_LIFT_REASON: usize = 500;

/// Lifts a ban.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LiftRequest {
    /// Why; at most 500 bytes, not blank.
    #[cfg_attr(
        feature = "schema",
        schemars(length(min = 1, max = LONGEST_LIFT_REASON), regex(pattern = r"\S"))
    )]
    pub reason: String,
}

/// What became of the mails that were due.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MailsSent {
    /// The provider has them.
    pub sent: u32,
    /// To be tried again later.
    pub failed: u32,
    /// The provider will never take them.
    pub refused: u32,
}

/// What a batch of sealing anew came to.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResealBatch {
    /// Sealed with the key in use now.
    pub resealed: u32,
    /// Changed by somebody else meanwhile, or damaged: see the log.
    pub skipped: u32,
    /// Still sealed with other keys.
    pub remaining: u64,
}

/// What an account pays for from now on.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TierRequest {
    /// The tier that holds at once.
    pub tier: Tier,
    /// When the paid period ends, RFC 3339; missing: it goes on.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub ends_at: Option<String>,
    /// A cheaper tier, from `endsAt` on; Free when it is missing.
    pub next_tier: Option<Tier>,
}

/// What holds for an account.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "AccountTier"))]
#[serde(rename_all = "camelCase")]
pub struct TierView {
    /// The tier that holds now.
    pub tier: Tier,
    /// When the paid period ends; missing: it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub ends_at: Option<String>,
    /// The tier from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_tier: Option<Tier>,
}
