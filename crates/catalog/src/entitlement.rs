//! What a tier includes beyond its tests: the one table that every route asks (product requirement T1).

use crate::Tier;

/// Something that only some tiers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feature {
    /// What is typical for each measure, each repetition, and what the confidence is made of.
    ExtendedResults,
    /// The report: limitations by priority, phases, progress, re-test dates.
    Report,
    /// The measured share of frames in which the body was read plausibly.
    PoseAccuracy,
}

/// Each feature with the cheapest tier that has it; dearer tiers have it too.
const ENTITLEMENTS: [(Feature, Tier); 3] = [
    (Feature::ExtendedResults, Tier::Pro),
    (Feature::Report, Tier::Pro),
    (Feature::PoseAccuracy, Tier::ProPlus),
];

impl Feature {
    /// All features.
    pub const ALL: [Self; 3] = [Self::ExtendedResults, Self::Report, Self::PoseAccuracy];

    /// The cheapest tier that has it.
    #[must_use]
    pub fn since(self) -> Tier {
        ENTITLEMENTS
            .into_iter()
            .find(|(feature, _)| *feature == self)
            .map_or(Tier::ProPlus, |(_, tier)| tier)
    }

    /// The name used in problem documents.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::ExtendedResults => "extended-results",
            Self::Report => "report",
            Self::PoseAccuracy => "pose-accuracy",
        }
    }

    /// The name shown to people, for the middle of a sentence.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ExtendedResults => "extended results",
            Self::Report => "the report",
            Self::PoseAccuracy => "pose accuracy",
        }
    }
}

impl Tier {
    /// Whether the tier includes a feature.
    #[must_use]
    pub fn has(self, feature: Feature) -> bool {
        self >= feature.since()
    }

    /// Videos that a user may send in a day.
    #[must_use]
    pub const fn videos_per_day(self) -> u32 {
        match self {
            Self::Free | Self::Basic => 9,
            Self::Pro => 21,
            Self::ProPlus => 45,
        }
    }

    /// Videos that a user may send for one test in a day.
    #[must_use]
    pub const fn videos_per_test_and_day(self) -> u32 {
        3
    }

    /// Different tests that a user may complete in a calendar month.
    #[must_use]
    pub const fn tests_per_month(self) -> u32 {
        match self {
            Self::Free | Self::Basic => 3,
            Self::Pro => 7,
            Self::ProPlus => 15,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tier_has_what_the_product_gives_it() {
        use Feature::{ExtendedResults, PoseAccuracy, Report};
        for (tier, included) in [
            (Tier::Free, &[][..]),
            (Tier::Basic, &[]),
            (Tier::Pro, &[ExtendedResults, Report]),
            (Tier::ProPlus, &[ExtendedResults, Report, PoseAccuracy]),
        ] {
            for (feature, _) in ENTITLEMENTS {
                assert_eq!(
                    tier.has(feature),
                    included.contains(&feature),
                    "{tier:?} {feature:?}"
                );
            }
        }
    }

    #[test]
    fn a_tiers_tests_may_all_be_completed_in_a_month_and_repeated_every_day() {
        for tier in Tier::ALL {
            let tests = tier.tests().len() as u32;
            assert_eq!(tier.tests_per_month(), tests, "{tier:?}");
            assert_eq!(
                tier.videos_per_day(),
                tests * tier.videos_per_test_and_day(),
                "{tier:?}"
            );
        }
    }

    #[test]
    fn every_feature_is_in_the_table_once() {
        for feature in Feature::ALL {
            let rows = ENTITLEMENTS.iter().filter(|(known, _)| *known == feature);
            assert_eq!(rows.count(), 1, "{feature:?}");
        }
    }
}
