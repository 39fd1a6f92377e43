//! Whether what the product stands on is there.

use serde::Serialize;

/// What became of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is as it should be.
    Ok,
    /// It is not; the log says why.
    Failing,
    /// The operator does without.
    NotConfigured,
    /// It cannot be checked on this host.
    NotChecked,
}

/// The verdict on the whole and on its parts.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// `failing` when one of the checks is, else `ok`.
    pub status: Verdict,
    /// The release.
    pub version: &'static str,
    /// What the operator calls the place where it runs.
    pub environment: String,
    /// When it was looked.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub timestamp: String,
    /// The parts.
    pub checks: HealthChecks,
}

/// The parts.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthChecks {
    /// The database answers.
    pub database: Verdict,
    /// It has all that this release needs.
    pub migrations: Verdict,
    /// The store of videos answers.
    pub key_value_store: Verdict,
    /// The models are there.
    pub models: Verdict,
    /// A model runs.
    pub inference: Verdict,
    /// Everything is set that accounts need.
    pub accounts: Verdict,
    /// Stripe's keys are set and look like keys.
    pub stripe: Verdict,
}

impl HealthChecks {
    /// The verdict on the whole.
    #[must_use]
    pub fn together(&self) -> Verdict {
        let all = [
            self.database,
            self.migrations,
            self.key_value_store,
            self.models,
            self.inference,
            self.accounts,
            self.stripe,
        ];
        if all.contains(&Verdict::Failing) {
            Verdict::Failing
        } else {
            Verdict::Ok
        }
    }
}
