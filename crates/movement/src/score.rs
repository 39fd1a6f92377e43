//! From a clip to an assessment: gates first, then the protocol of the test.

use flow_catalog::{Setup, TestId, TestTexts, thresholds};
use flow_landmarks::Clip;

use crate::{
    assessment::{Assessment, CheckCode, Quality, Status, TestResult},
    gates, protocols,
    signals::Signals,
};

/// The test is known but has no scoring yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{test} cannot be scored yet; these can: {known}", known = supported().iter().map(|test| test.slug()).collect::<Vec<_>>().join(", "))]
pub struct Unsupported {
    /// The test that was asked for.
    pub test: TestId,
}

/// The tests that can be scored.
#[must_use]
pub fn supported() -> &'static [TestId] {
    &[
        TestId::YBalance,
        TestId::OverheadSquat,
        TestId::SingleLegBalance,
        TestId::AnkleMobility,
        TestId::LateralLunge,
        TestId::ShoulderFlexion,
        TestId::Plank,
        TestId::NeckFlexionExtension,
        TestId::ChinTuck,
        TestId::BirdDog,
        TestId::Clamshell,
        TestId::WallSlide,
    ]
}

/// Scores a clip recorded for `test`.
///
/// Pure: the same clip gives the same assessment. Any clip is accepted, however broken; what cannot be measured fails a
/// check.
///
/// # Errors
///
/// [`Unsupported`] when the test has no scoring yet; see [`supported`].
pub fn assess(test: TestId, clip: &Clip) -> Result<Assessment, Unsupported> {
    Ok(Scorer::for_test(test).ok_or(Unsupported { test })?.assess(clip))
}

/// What a protocol gets to look at.
pub(crate) struct Material<'a> {
    pub clip: &'a Clip,
    pub signals: &'a Signals,
    pub quality: &'a Quality,
    pub texts: &'a TestTexts,
    pub setup: &'a Setup,
}

/// Why a protocol gives no result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Refusal {
    pub code: CheckCode,
    /// What was measured and what it was compared with, where that is a number.
    pub numbers: Option<(f64, f64)>,
}

impl Refusal {
    pub(crate) const fn new(code: CheckCode) -> Self {
        Self { code, numbers: None }
    }

    pub(crate) const fn with(code: CheckCode, value: f64, limit: f64) -> Self {
        Self {
            code,
            numbers: Some((value, limit)),
        }
    }
}

type Protocol = fn(&Material<'_>) -> Result<TestResult, Refusal>;

/// The scoring of one test.
#[derive(Clone, Copy)]
pub struct Scorer {
    test: TestId,
    protocol: Protocol,
    setup: &'static Setup,
    texts: &'static TestTexts,
}

impl Scorer {
    /// The scoring of a test, `None` while it has none.
    #[must_use]
    pub fn for_test(test: TestId) -> Option<Self> {
        let protocol: Protocol = match test {
            TestId::OverheadSquat => protocols::overhead_squat::examine,
            TestId::SingleLegBalance => protocols::single_leg_balance::examine,
            TestId::YBalance => protocols::y_balance::examine,
            TestId::AnkleMobility => protocols::ankle_mobility::examine,
            TestId::LateralLunge => protocols::lateral_lunge::examine,
            TestId::ShoulderFlexion => protocols::shoulder_flexion::examine,
            TestId::Plank => protocols::plank::examine,
            TestId::NeckFlexionExtension => protocols::neck_flexion_extension::examine,
            TestId::ChinTuck => protocols::chin_tuck::examine,
            TestId::BirdDog => protocols::bird_dog::examine,
            TestId::Clamshell => protocols::clamshell::examine,
            TestId::WallSlide => protocols::wall_slide::examine,
            _ => return None,
        };
        let (setup, texts) = thresholds().test(test)?;
        Some(Self {
            test,
            protocol,
            setup,
            texts,
        })
    }

    /// Scores a clip; see [`assess`].
    #[must_use]
    pub fn assess(self, clip: &Clip) -> Assessment {
        let signals = Signals::new(clip);
        let mut quality = gates::check(self.test, self.setup, clip, &signals);
        let mut result = None;
        if quality.checks.iter().all(|check| check.passed) {
            let material = Material {
                clip,
                signals: &signals,
                quality: &quality,
                texts: self.texts,
                setup: self.setup,
            };
            match (self.protocol)(&material) {
                Ok(found) => {
                    quality.checks.push(gates::check_of(
                        self.test,
                        CheckCode::WrongMovement,
                        true,
                        None,
                        None,
                    ));
                    result = Some(found);
                }
                Err(refusal) => {
                    let (value, limit) = refusal.numbers.unzip();
                    // The gates may have passed the same question on coarser grounds.
                    quality.checks.retain(|check| check.code != refusal.code);
                    quality
                        .checks
                        .push(gates::check_of(self.test, refusal.code, false, value, limit));
                }
            }
            gates::sort(&mut quality.checks);
        }
        let feedback = match (
            &result,
            quality.checks.first().and_then(|check| check.instruction.clone()),
        ) {
            (Some(found), _) => found.bucket_text.clone(),
            (None, instruction) => instruction.unwrap_or_default(),
        };
        let status = if result.is_some() {
            Status::Valid
        } else {
            Status::Invalid
        };
        Assessment {
            test: self.test,
            status,
            quality,
            feedback,
            result,
        }
    }
}
