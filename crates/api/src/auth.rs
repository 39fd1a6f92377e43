//! Registering, signing in, sessions, passwords by mail.

use flow_catalog::Tier;
use serde::{Deserialize, Serialize};

/// Asks for an account.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterRequest {
    /// The address, in any spelling.
    #[cfg_attr(feature = "schema", schemars(length(min = 3, max = 254), extend("format" = "email")))]
    pub email: String,
    /// The password; common ones, and those with the address or the product's name in them, are refused.
    #[cfg_attr(
        feature = "schema",
        schemars(length(min = flow_identity::Password::FEWEST, max = flow_identity::Password::MOST))
    )]
    pub password: String,
    /// A name of the IANA database, such as `Europe/Berlin`: where the person's days and months begin.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Za-z0-9_+/-]+$")))]
    pub time_zone: String,
    /// Which wellness disclaimer the person agrees to.
    pub consent: Consent,
    /// That the person says that they are 18 or older.
    #[cfg_attr(feature = "schema", schemars(extend("const" = true)))]
    pub adult: bool,
}

/// Which text is agreed to.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Consent {
    /// The version in force.
    #[cfg_attr(feature = "schema", schemars(extend("const" = flow_catalog::CONSENT_VERSION)))]
    pub version: String,
}

/// An address and nothing else.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmailRequest {
    /// The address, in any spelling.
    #[cfg_attr(feature = "schema", schemars(length(min = 3, max = 254), extend("format" = "email")))]
    pub email: String,
}

/// A token from a mail and nothing else.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerifyRequest {
    /// What follows `#token=` in the link of the mail.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Za-z0-9_-]{43}$")))]
    pub token: String,
}

/// Signs in.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoginRequest {
    /// The address, in any spelling.
    #[cfg_attr(feature = "schema", schemars(length(min = 3, max = 254), extend("format" = "email")))]
    pub email: String,
    /// The password.
    pub password: String,
}

/// Chooses a new password with a token from a mail.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResetRequest {
    /// What follows `#token=` in the link of the mail.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Za-z0-9_-]{43}$")))]
    pub token: String,
    /// The new password.
    #[cfg_attr(
        feature = "schema",
        schemars(length(min = flow_identity::Password::FEWEST, max = flow_identity::Password::MOST))
    )]
    pub password: String,
}

/// That a mail is on its way, if there is one to be sent.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MailOnItsWay {
    /// What to tell the person. It is the same whether or not the address has an account.
    pub message: &'static str,
}

/// Somebody is signed in.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// To be sent as `Authorization: Bearer TOKEN`.
    pub access_token: String,
    /// Always `Bearer`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = "Bearer")))]
    pub token_type: &'static str,
    /// Seconds for which the access token is good.
    pub expires_in: i64,
    /// Whose it is.
    pub account: AccountView,
}

/// An account as whoever signs in sees it.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Account"))]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "uuid")))]
    pub id: String,
    /// The address, normalized.
    pub email: String,
    /// Whether the address is known to be the person's.
    pub email_verified: bool,
    /// The tier that holds now.
    pub tier: Tier,
    /// A name of the IANA database.
    pub time_zone: String,
}

/// A session in the list of sessions.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Session"))]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "uuid")))]
    pub id: String,
    /// Browser and system.
    pub client: String,
    /// Whether this is the session that asks.
    pub current: bool,
    /// When somebody signed in.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub created_at: String,
    /// When it last got an access token.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub last_used_at: String,
    /// When it ends if it is not used.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub expires_at: String,
}

/// How many sessions were ended.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SessionsEnded {
    /// How many.
    pub ended: usize,
}

/// A mail of the outbox, in development.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OutboxMail {
    /// Its id.
    pub id: String,
    /// What it is about.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = flow_store::MailKind::ALL.map(flow_store::MailKind::name)))
    )]
    pub kind: &'static str,
    /// When it was written.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub created_at: String,
    /// Who it is to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}
