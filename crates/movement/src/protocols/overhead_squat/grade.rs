//! The bucket that follows from the criteria of the deep squat.

use super::super::criteria::{Criterion, missed};
use crate::assessment::{Bucket, FlagCode};

/// Bucket from the answers, two for each criterion: missed, missed by far.
pub(super) fn grade(criteria: &[Criterion], answers: &[bool]) -> Bucket {
    let (missed, by_far) = missed(criteria, answers);
    let heels = missed.contains(&FlagCode::HeelLift);
    match missed.len() {
        0 => Bucket::Good,
        _ if by_far => Bucket::Significant,
        1 => Bucket::Compensation,
        2 if !heels => Bucket::Compensation,
        _ => Bucket::Significant,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{assessment::Unit, confidence::Answer};

    fn bucket(missed: &[(FlagCode, bool)]) -> Bucket {
        let sure = |yes| Answer { yes, certainty: 1.0 };
        let criteria: Vec<Criterion> = missed
            .iter()
            .map(|&(flag, by_far)| Criterion {
                flag,
                side: None,
                value: 0.0,
                unit: Unit::Degrees,
                fault: sure(true),
                severe: sure(by_far),
                worst_at: 0,
            })
            .collect();
        let answers: Vec<bool> = criteria
            .iter()
            .flat_map(|c| [c.fault.yes, c.severe.yes])
            .collect();
        grade(&criteria, &answers)
    }

    #[test]
    fn the_bucket_follows_the_grades_of_the_deep_squat() {
        use FlagCode::{ArmsFallForward, HeelLift, KneeValgus, ShallowDepth, TrunkLean};
        for (missed, expected) in [
            (&[][..], Bucket::Good),
            (&[(HeelLift, false)], Bucket::Compensation),
            (&[(HeelLift, true)], Bucket::Significant),
            (&[(HeelLift, false), (TrunkLean, false)], Bucket::Significant),
            (&[(KneeValgus, false)], Bucket::Compensation),
            (&[(KneeValgus, false), (KneeValgus, false)], Bucket::Compensation),
            (&[(KneeValgus, false), (TrunkLean, false)], Bucket::Compensation),
            (
                &[(KneeValgus, false), (TrunkLean, false), (ArmsFallForward, false)],
                Bucket::Significant,
            ),
            (&[(ShallowDepth, true)], Bucket::Significant),
        ] {
            assert_eq!(bucket(missed), expected, "{missed:?}");
        }
    }
}
