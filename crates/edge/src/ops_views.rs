//! What operators see: dead letters, migrations, the audit log.

use flow_store::{AttemptId, Audited, DeadLetter};
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
