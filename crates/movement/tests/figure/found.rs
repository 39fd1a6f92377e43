//! What came out of a clip, looked up for a check.
#![allow(clippy::panic, reason = "helpers of tests fail like tests")]

use flow_catalog::TestId;
use flow_landmarks::{Clip, Side};
use flow_movement::{
    assess,
    assessment::{FlagCode, TestResult},
};

/// The result of a clip that passes the gates.
pub fn scored(test: TestId, clip: &Clip) -> TestResult {
    let assessment = assess(test, clip);
    let check = &assessment.quality.checks[0];
    assessment
        .result
        .unwrap_or_else(|| panic!("{test:?} is refused: {check:?}"))
}

/// A measure of a side, or of the whole, if it is there.
pub fn measured(result: &TestResult, name: &str, side: impl Into<Option<Side>>) -> Option<f64> {
    let side = side.into();
    let found = result
        .measures
        .iter()
        .find(|measure| measure.name == name && measure.side == side);
    found.map(|measure| measure.value)
}

/// A measure that has to be there.
pub fn value(result: &TestResult, name: &str, side: impl Into<Option<Side>>) -> f64 {
    measured(result, name, side).unwrap_or_else(|| panic!("no {name}: {:?}", result.measures))
}

/// Which flags are raised, in their order.
pub fn flags(result: &TestResult) -> Vec<(FlagCode, Option<Side>)> {
    result.flags.iter().map(|flag| (flag.code, flag.side)).collect()
}
