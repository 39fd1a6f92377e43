//! What the tiers offer and what they cost.

use flow_catalog::{Feature, TestId, Tier};
use serde::Serialize;

/// What somebody gets in a tier, and for how much.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TierOffer {
    /// The tier.
    tier: Tier,
    /// Its name as people read it.
    title: &'static str,
    /// What a month of it costs.
    monthly_price: Price,
    /// Its tests, in the order they are offered.
    tests: &'static [TestId],
    /// Different tests that may be completed in a calendar month.
    tests_per_month: u32,
    /// Videos that may be sent in a day.
    videos_per_day: u32,
    /// Videos that may be sent for one test in a day.
    videos_per_test_and_day: u32,
    /// How long the processing of one video may take, in seconds.
    processing_seconds: u32,
    /// What it has that not every tier has.
    #[cfg_attr(feature = "schema", schemars(extend(
        "items" = serde_json::json!({ "type": "string", "enum": Feature::ALL.map(Feature::slug) })
    )))]
    features: Vec<&'static str>,
}

/// An amount of money, as Stripe writes it.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Price {
    /// In the currency's smallest unit, cents of US dollars.
    unit_amount: u32,
    /// Its three letters (ISO 4217), in lower case.
    currency: &'static str,
}

impl TierOffer {
    /// The offers of all tiers, cheapest first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        Tier::ALL.map(Self::of).into()
    }

    fn of(tier: Tier) -> Self {
        let features = Feature::ALL.into_iter().filter(|feature| tier.has(*feature));
        Self {
            tier,
            title: tier.title(),
            monthly_price: Price {
                unit_amount: monthly_price_cents(tier),
                currency: "usd",
            },
            tests: tier.tests(),
            tests_per_month: tier.tests_per_month(),
            videos_per_day: tier.videos_per_day(),
            videos_per_test_and_day: tier.videos_per_test_and_day(),
            processing_seconds: tier.processing_seconds(),
            features: features.map(Feature::slug).collect(),
        }
    }
}

/// The price of a month in cents of US dollars (product requirements, section T).
const fn monthly_price_cents(tier: Tier) -> u32 {
    match tier {
        Tier::Free => 0,
        Tier::Basic => 499,
        Tier::Pro => 999,
        Tier::ProPlus => 1999,
    }
}
