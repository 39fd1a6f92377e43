//! What somebody may still send, as clients see it.

use std::collections::BTreeMap;

use flow_catalog::{TestId, Tier};
use flow_limits::{BanLevel, BanReason, OpenReason, Standing, Usage};
use flow_store::Rules;
use serde::Serialize;

use crate::rfc3339;

/// What somebody may still send, and what is in the way.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Limits"))]
#[serde(rename_all = "camelCase")]
pub struct LimitsView {
    /// Whether the user is banned.
    banned: bool,
    /// How hard.
    #[serde(skip_serializing_if = "Option::is_none")]
    ban_level: Option<BanLevel>,
    /// What for.
    #[serde(skip_serializing_if = "Option::is_none")]
    ban_reason: Option<BanReason>,
    /// Until when; missing where a ban is for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    ban_ends_at: Option<String>,
    /// Until when nothing is taken from the address of this request.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    address_blocked_until: Option<String>,
    /// Whether only few submissions of everybody are taken now.
    throttled: bool,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    throttled_reason: Option<OpenReason>,
    /// Whether limits are counted: always, but on a developer's machine.
    enforced: bool,
    /// Videos left in the user's day.
    remaining_today: AllowanceView,
    /// Videos left in the hour.
    remaining_this_hour: AllowanceView,
    /// Videos left in the user's day for each test of the tier.
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, AllowanceView>"))]
    remaining_per_test: BTreeMap<TestId, AllowanceView>,
    /// Different tests left to complete in the user's month.
    remaining_tests_this_month: AllowanceView,
    /// The tests that were completed in it; to repeat them costs nothing of the month.
    completed_this_month: Vec<TestId>,
}

/// How much is left of something.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Allowance"))]
#[serde(rename_all = "camelCase")]
pub struct AllowanceView {
    /// How much there is.
    limit: u32,
    /// How much is used.
    used: u32,
    /// How much is left.
    remaining: u32,
    /// When there is more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    resets_at: Option<String>,
}

impl From<Standing> for AllowanceView {
    fn from(standing: Standing) -> Self {
        Self {
            limit: standing.limit,
            used: standing.used,
            remaining: standing.remaining(),
            resets_at: standing.resets_at.map(rfc3339),
        }
    }
}

impl LimitsView {
    /// What `usage` leaves to somebody of `tier`.
    #[must_use]
    pub fn new(usage: &Usage, tier: Tier, rules: &Rules, enforced: bool) -> Self {
        let Rules { limits, moment, .. } = rules;
        let today = AllowanceView::from(usage.user_day(limits, moment));
        // The day of every test ends when the user's does: its end is written out once.
        let per_test = |test: &TestId| {
            let standing = usage.test_day(*test, limits, moment);
            let allowance = AllowanceView {
                limit: standing.limit,
                used: standing.used,
                remaining: standing.remaining(),
                resets_at: today.resets_at.clone(),
            };
            (*test, allowance)
        };
        let open = rules.breaker.open(&usage.signals);
        Self {
            banned: usage.ban.is_some(),
            ban_level: usage.ban.as_ref().map(|ban| ban.level),
            ban_reason: usage.ban.as_ref().map(|ban| ban.reason),
            ban_ends_at: usage.ban.as_ref().and_then(|ban| ban.ends_at).map(rfc3339),
            address_blocked_until: usage.address_blocked_until.map(rfc3339),
            throttled: open.is_some(),
            throttled_reason: open,
            enforced,
            remaining_this_hour: usage.user_hour(limits, moment).into(),
            remaining_per_test: tier.tests().iter().map(per_test).collect(),
            remaining_today: today,
            remaining_tests_this_month: usage.tests_of_month(limits, moment).into(),
            completed_this_month: usage.completed.iter().copied().collect(),
        }
    }
}
