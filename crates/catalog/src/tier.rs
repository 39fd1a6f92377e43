//! The four tiers and what each allows.

use serde::{Deserialize, Serialize};

use crate::TestId;

/// A subscription tier, cheapest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "tier names are the product's own")]
pub enum Tier {
    Free,
    Basic,
    Pro,
    ProPlus,
}

impl Tier {
    /// All tiers, cheapest first.
    pub const ALL: [Self; 4] = [Self::Free, Self::Basic, Self::Pro, Self::ProPlus];

    /// The name shown to people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Free => "Free",
            Self::Basic => "Basic",
            Self::Pro => "Pro",
            Self::ProPlus => "Pro+",
        }
    }

    /// The tests the tier includes, in the order they are offered.
    #[must_use]
    pub const fn tests(self) -> &'static [TestId] {
        use TestId as T;
        match self {
            Self::Free | Self::Basic => &[T::OverheadSquat, T::YBalance, T::SingleLegBalance],
            Self::Pro => &[
                T::OverheadSquat,
                T::YBalance,
                T::SingleLegBalance,
                T::AnkleMobility,
                T::ShoulderFlexion,
                T::Plank,
                T::DeadBug,
            ],
            Self::ProPlus => &TestId::ALL,
        }
    }

    /// How long the processing of one video may take, in seconds.
    #[must_use]
    pub const fn processing_seconds(self) -> u32 {
        match self {
            Self::Free => 15,
            Self::Basic | Self::Pro => 20,
            Self::ProPlus => 30,
        }
    }

    /// The cheapest tier that includes a test.
    #[must_use]
    pub fn cheapest_with(test: TestId) -> Self {
        Self::ALL
            .into_iter()
            .find(|tier| tier.tests().contains(&test))
            .unwrap_or(Self::ProPlus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dearer_tier_has_every_test_of_a_cheaper_one() {
        for pair in Tier::ALL.windows(2) {
            assert!(
                pair[0].tests().iter().all(|test| pair[1].tests().contains(test)),
                "{pair:?}"
            );
        }
    }

    #[test]
    fn each_test_names_the_cheapest_tier_that_has_it() {
        for (test, tier) in [
            (TestId::YBalance, Tier::Free),
            (TestId::Plank, Tier::Pro),
            (TestId::Clamshell, Tier::ProPlus),
        ] {
            assert_eq!(Tier::cheapest_with(test), tier);
        }
    }
}
