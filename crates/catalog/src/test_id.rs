//! The 15 movement tests by number and name.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A movement test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
#[expect(missing_docs, reason = "each is named in full by `title`")]
pub enum TestId {
    NeckFlexionExtension,
    Plank,
    YBalance,
    OverheadSquat,
    HipShoulder9090,
    AnkleMobility,
    SingleLegBalance,
    LateralLunge,
    ShoulderFlexion,
    WallSlide,
    DeadBug,
    GluteBridge,
    ChinTuck,
    BirdDog,
    Clamshell,
}

/// A test name or number that is not in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown test '{0}'; known tests are {known}", known = TestId::ALL.map(TestId::slug).join(", "))]
pub struct UnknownTest(pub String);

impl TestId {
    /// All tests in the order of their numbers.
    pub const ALL: [Self; 15] = [
        Self::NeckFlexionExtension,
        Self::Plank,
        Self::YBalance,
        Self::OverheadSquat,
        Self::HipShoulder9090,
        Self::AnkleMobility,
        Self::SingleLegBalance,
        Self::LateralLunge,
        Self::ShoulderFlexion,
        Self::WallSlide,
        Self::DeadBug,
        Self::GluteBridge,
        Self::ChinTuck,
        Self::BirdDog,
        Self::Clamshell,
    ];

    /// The number of the test, 1 to 15.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The name used in addresses and on the command line.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::NeckFlexionExtension => "neck-flexion-extension",
            Self::Plank => "plank",
            Self::YBalance => "y-balance",
            Self::OverheadSquat => "overhead-squat",
            Self::HipShoulder9090 => "hip-shoulder-90-90",
            Self::AnkleMobility => "ankle-mobility",
            Self::SingleLegBalance => "single-leg-balance",
            Self::LateralLunge => "lateral-lunge",
            Self::ShoulderFlexion => "shoulder-flexion",
            Self::WallSlide => "wall-slide",
            Self::DeadBug => "dead-bug",
            Self::GluteBridge => "glute-bridge",
            Self::ChinTuck => "chin-tuck",
            Self::BirdDog => "bird-dog",
            Self::Clamshell => "clamshell",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::NeckFlexionExtension => "Neck Flexion/Extension",
            Self::Plank => "Plank Endurance",
            Self::YBalance => "Y-Balance",
            Self::OverheadSquat => "Overhead Squat",
            Self::HipShoulder9090 => "90-90 Hip/Shoulder",
            Self::AnkleMobility => "Ankle Mobility",
            Self::SingleLegBalance => "Single-Leg Balance",
            Self::LateralLunge => "Lateral Lunge",
            Self::ShoulderFlexion => "Shoulder Flexion",
            Self::WallSlide => "Wall Slide",
            Self::DeadBug => "Dead Bug",
            Self::GluteBridge => "Glute Bridge",
            Self::ChinTuck => "Chin Tuck",
            Self::BirdDog => "Bird Dog",
            Self::Clamshell => "Clamshell",
        }
    }
}

impl fmt::Display for TestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

impl FromStr for TestId {
    type Err = UnknownTest;

    /// Accepts the slug or the number.
    fn from_str(text: &str) -> Result<Self, UnknownTest> {
        Self::ALL
            .into_iter()
            .find(|test| test.slug() == text || test.number().to_string() == text)
            .ok_or_else(|| UnknownTest(text.chars().take(60).collect()))
    }
}

impl From<TestId> for &'static str {
    fn from(test: TestId) -> Self {
        test.slug()
    }
}

impl TryFrom<String> for TestId {
    type Error = UnknownTest;

    fn try_from(text: String) -> Result<Self, UnknownTest> {
        text.parse()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for TestId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TestId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A movement test.",
            "enum": Self::ALL.map(Self::slug),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_is_found_by_its_slug_and_its_number() {
        for (index, test) in TestId::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(test.number()), index + 1);
            assert_eq!(test.slug().parse(), Ok(test));
            assert_eq!(test.number().to_string().parse(), Ok(test));
        }
    }

    #[test]
    fn an_unknown_test_is_named_and_the_known_ones_listed() {
        let message = "moonwalk".parse::<TestId>().unwrap_err().to_string();
        assert!(
            message.contains("'moonwalk'") && message.contains("overhead-squat"),
            "{message}"
        );
    }
}
