//! Scoring a clip and holding the outcome against that of another one.

use flow_catalog::TestId;
use flow_landmarks::Clip;
use flow_movement::{Assessment, SURE, assess};

pub fn score(test: TestId, clip: &Clip) -> Assessment {
    assess(test, clip)
}

/// What of an assessment must not depend on how the same movement was recorded.
pub fn outcome(assessment: &Assessment) -> impl PartialEq + std::fmt::Debug + use<> {
    let result = assessment.result.as_ref();
    let flags: Option<Vec<_>> =
        result.map(|result| result.flags.iter().map(|flag| (flag.code, flag.side)).collect());
    format!(
        "{:?}",
        (assessment.status, result.map(|result| result.bucket), flags)
    )
}

/// What is wrong with the assessment of a bad recording of a movement, `whole` being that of a good one: another bucket
/// that the client would call sure. A refusal, the same bucket and an unsure one are all right.
pub fn confident_and_wrong(found: &Assessment, whole: &Assessment) -> Option<String> {
    let (found, whole) = (found.result.as_ref()?, whole.result.as_ref()?);
    (found.bucket != whole.bucket && found.confidence >= SURE).then(|| {
        format!(
            "{} ({:.2}, {} repetitions) for {} ({:.2}, {} repetitions)",
            found.bucket.name(),
            found.confidence,
            found.repetitions.len(),
            whole.bucket.name(),
            whole.confidence,
            whole.repetitions.len()
        )
    })
}
