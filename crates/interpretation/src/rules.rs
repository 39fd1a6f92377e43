//! The data file of rules, as types: an unknown test, bucket or flag does not parse.

use std::sync::LazyLock;

use flow_catalog::TestId;
use flow_movement::assessment::{Bucket, FlagCode};
use serde::Deserialize;

use crate::Priority;

/// Everything in `data/rules.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    /// Confidence of a result, 0..1, from which its findings are sure.
    pub sure_from: f64,
    /// In order of importance within a priority.
    #[serde(rename = "area")]
    pub areas: Vec<AreaRule>,
}

/// A problem area and what shows it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AreaRule {
    pub id: String,
    pub name: String,
    pub priority: Priority,
    pub text: String,
    pub shown_by: Vec<Sign>,
    /// Ids of P1 areas.
    #[serde(default)]
    pub may_follow_from: Vec<String>,
}

/// A bucket or flag of a test that shows an area.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sign {
    pub test: TestId,
    #[serde(default)]
    pub buckets: Vec<Bucket>,
    #[serde(default)]
    pub flags: Vec<FlagCode>,
}

impl Rules {
    /// The area with an id.
    pub fn area(&self, id: &str) -> Option<&AreaRule> {
        self.areas.iter().find(|area| area.id == id)
    }
}

impl AreaRule {
    /// The tests that can show the area, each once, by number.
    pub fn tests(&self) -> Vec<TestId> {
        let mut tests: Vec<TestId> = self.shown_by.iter().map(|sign| sign.test).collect();
        tests.sort_unstable();
        tests.dedup();
        tests
    }
}

/// The rules. The file is part of the program; a test parses and checks it.
pub(crate) fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "the text is compiled in; `the_rules_parse_and_refer_to_what_there_is` parses the same text"
        )]
        toml::from_str(include_str!("../data/rules.toml")).expect("rules.toml is well formed")
    });
    &RULES
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_rules_parse_and_refer_to_what_there_is() {
        let rules = rules();
        let ids: BTreeSet<&str> = rules.areas.iter().map(|area| area.id.as_str()).collect();
        assert_eq!(ids.len(), rules.areas.len(), "ids are unique");
        for area in &rules.areas {
            assert!(!area.shown_by.is_empty(), "{}", area.id);
            for sign in &area.shown_by {
                assert!(
                    sign.buckets.is_empty() != sign.flags.is_empty(),
                    "{}: a sign names buckets or flags",
                    area.id
                );
            }
            for cause in &area.may_follow_from {
                let cause = rules.area(cause).unwrap();
                assert!(
                    area.priority == Priority::P2 && cause.priority == Priority::P1,
                    "{}",
                    area.id
                );
            }
            assert_eq!(
                area.may_follow_from.is_empty(),
                area.priority == Priority::P1,
                "{}: a consequence names what it may follow from",
                area.id
            );
        }
    }

    #[test]
    fn each_test_shows_areas_of_the_priority_that_the_product_gives_it() {
        use TestId::{
            AnkleMobility, BirdDog, ChinTuck, Clamshell, DeadBug, GluteBridge, LateralLunge,
            NeckFlexionExtension, OverheadSquat, Plank, ShoulderFlexion, SingleLegBalance, WallSlide,
            YBalance,
        };
        for (priority, tests) in [
            (
                Priority::P1,
                &[
                    AnkleMobility,
                    GluteBridge,
                    Clamshell,
                    DeadBug,
                    BirdDog,
                    Plank,
                    ShoulderFlexion,
                    WallSlide,
                    // The product names no priority for the neck: its range and control are candidates (proposed).
                    NeckFlexionExtension,
                    ChinTuck,
                ][..],
            ),
            (
                Priority::P2,
                // How the head is carried at rest, from the chin tuck, is proposed.
                &[OverheadSquat, LateralLunge, YBalance, SingleLegBalance, ChinTuck],
            ),
        ] {
            let found: BTreeSet<TestId> = rules()
                .areas
                .iter()
                .filter(|area| area.priority == priority)
                .flat_map(AreaRule::tests)
                .collect();
            assert_eq!(found, tests.iter().copied().collect(), "{priority:?}");
        }
    }
}
