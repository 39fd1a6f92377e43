//! What is sent and answered.

use flow_catalog::Tier;
use serde::{Deserialize, Serialize};

/// Asks for an account.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterRequest {
    pub email: String,
    pub password: String,
    /// A name of the IANA database, such as `Europe/Berlin`.
    pub time_zone: String,
    pub consent: Consent,
    /// Whether the person says that they are 18 or older.
    pub adult: bool,
}

/// Which text was agreed to.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Consent {
    pub version: String,
}

/// An address and nothing else.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmailRequest {
    pub email: String,
}

/// A token from a mail and nothing else.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerifyRequest {
    pub token: String,
}

/// Signs in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoginRequest {
    pub email: String,
    pub password: String,
}

/// Chooses a new password with a token from a mail.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResetRequest {
    pub token: String,
    pub password: String,
}

/// Chooses another password.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PasswordRequest {
    /// The password that holds.
    pub password: String,
    pub new_password: String,
}

/// Asks for another address.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmailChangeRequest {
    pub password: String,
    pub new_email: String,
}

/// Deletes the account.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteRequest {
    pub password: String,
}

/// That a mail is on its way, if there is one to be sent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MailOnItsWay {
    pub message: &'static str,
}

/// Somebody is signed in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    pub access_token: String,
    pub token_type: &'static str,
    /// Seconds.
    pub expires_in: i64,
    pub account: AccountView,
}

/// An account as its owner sees it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    pub id: String,
    pub email: String,
    pub email_verified: bool,
    pub tier: Tier,
    pub time_zone: String,
}

/// A session in the list of sessions.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    pub id: String,
    /// Browser and system.
    pub client: String,
    /// Whether this is the session that asks.
    pub current: bool,
    pub created_at: String,
    pub last_used_at: String,
    pub expires_at: String,
}

/// How many sessions were ended.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionsEnded {
    pub ended: usize,
}

/// A mail of the outbox, in development.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutboxMail {
    pub id: String,
    pub kind: &'static str,
    pub created_at: String,
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// What became of the mails that were due.
#[derive(Default, Serialize)]
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
#[serde(rename_all = "camelCase")]
pub struct ResealBatch {
    pub resealed: u32,
    /// Changed by somebody else meanwhile, or damaged: see the log.
    pub skipped: u32,
    /// Still sealed with other keys.
    pub remaining: u64,
}

/// What an account pays for from now on.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TierRequest {
    pub tier: Tier,
    /// RFC 3339.
    pub ends_at: Option<String>,
    pub next_tier: Option<Tier>,
}

/// What holds for an account.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TierView {
    /// The tier that holds now.
    pub tier: Tier,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_tier: Option<Tier>,
}
