//! A person's own account: shown, changed, deleted.

use flow_catalog::Tier;
use serde::{Deserialize, Serialize};

/// An account as its owner sees it.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccountDetails {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "uuid")))]
    pub id: String,
    /// The address, normalized.
    pub email: String,
    /// Whether the address is known to be the person's.
    pub email_verified: bool,
    /// The tier that holds now.
    pub tier: Tier,
    /// What is paid for.
    pub subscription: SubscriptionView,
    /// A name of the IANA database.
    pub time_zone: String,
    /// The version of the wellness disclaimer that was agreed to.
    pub consent_version: String,
    /// When the person registered.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub created_at: String,
}

/// What is paid for.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Subscription"))]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionView {
    /// The tier of the paid period.
    pub tier: Tier,
    /// The tier after `endsAt`; Free when it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_tier: Option<Tier>,
    /// When the paid period ends; missing: it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub ends_at: Option<String>,
}

/// Changes an account.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountChange {
    /// A name of the IANA database, such as `Europe/Berlin`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Za-z0-9_+/-]+$")))]
    pub time_zone: String,
}

/// Chooses another password.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PasswordRequest {
    /// The password that holds.
    pub password: String,
    /// The one that shall hold.
    #[cfg_attr(
        feature = "schema",
        schemars(length(min = flow_identity::Password::FEWEST, max = flow_identity::Password::MOST))
    )]
    pub new_password: String,
}

/// Asks for another address.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmailChangeRequest {
    /// The password.
    pub password: String,
    /// The new address, in any spelling.
    #[cfg_attr(feature = "schema", schemars(length(min = 3, max = 254), extend("format" = "email")))]
    pub new_email: String,
}

/// Deletes the account.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteRequest {
    /// The password.
    pub password: String,
}
