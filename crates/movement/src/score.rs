//! From a clip to an assessment: gates first, then the protocol of the test.

use flow_catalog::{Setup, TestId, TestTexts, thresholds};
use flow_landmarks::Clip;

use crate::{
    assessment::{Assessment, CheckCode, Quality, Status, TestResult},
    gates, protocols,
    signals::Signals,
};

/// Scores a clip recorded for `test`.
///
/// Pure: the same clip gives the same assessment. Any clip is accepted, however broken; what cannot be measured fails a
/// check.
#[must_use]
pub fn assess(test: TestId, clip: &Clip) -> Assessment {
    Scorer::for_test(test).assess(clip)
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
    /// The scoring of a test.
    #[must_use]
    pub fn for_test(test: TestId) -> Self {
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
            TestId::HipShoulder9090 => protocols::hip_shoulder::examine,
            TestId::WallSlide => protocols::wall_slide::examine,
            TestId::DeadBug => protocols::dead_bug::examine,
            TestId::GluteBridge => protocols::glute_bridge::examine,
        };
        let (setup, texts) = thresholds().test(test);
        Self {
            test,
            protocol,
            setup,
            texts,
        }
    }

    /// Scores a clip; see [`assess`].
    #[must_use]
    pub fn assess(self, clip: &Clip) -> Assessment {
        let signals = if self.setup.sides_may_be_exchanged {
            Signals::with_sides_as_found(clip)
        } else {
            Signals::new(clip)
        };
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
