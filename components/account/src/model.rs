//! What is sent and answered.

use flow_catalog::Tier;
use serde::{Deserialize, Serialize};

/// An account as its owner sees it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountDetails {
    pub id: String,
    pub email: String,
    pub email_verified: bool,
    /// The tier that holds now.
    pub tier: Tier,
    pub subscription: SubscriptionView,
    /// A name of the IANA database.
    pub time_zone: String,
    /// The version of the wellness disclaimer that was agreed to.
    pub consent_version: String,
    pub created_at: String,
}

/// What is paid for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionView {
    pub tier: Tier,
    /// The tier after `endsAt`; Free when it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_tier: Option<Tier>,
    /// When the paid period ends; missing: it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<String>,
}

/// Changes an account.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountChange {
    /// A name of the IANA database, such as `Europe/Berlin`.
    pub time_zone: String,
}
