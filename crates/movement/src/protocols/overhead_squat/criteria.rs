//! Judging measured values against the criteria of the deep squat, and the bucket that follows.

use flow_catalog::Cutoff;
use flow_landmarks::Side;

use super::squats::Squat;
use crate::{
    assessment::{Bucket, FlagCode, Unit},
    confidence::Answer,
    geometry::median,
};

/// One criterion of the test.
pub(super) struct Criterion {
    pub flag: FlagCode,
    pub side: Option<Side>,
    pub value: f64,
    pub unit: Unit,
    pub fault: Answer,
    pub severe: Answer,
    /// Grid point of the repetition that shows it most.
    pub worst_at: usize,
}

/// How a criterion is judged.
pub(super) struct Rule<'a> {
    pub flag: FlagCode,
    pub side: Option<Side>,
    pub unit: Unit,
    pub cutoff: &'a Cutoff,
    pub severe: &'a Cutoff,
}

impl Rule<'_> {
    /// Judges the median over the squats; a fault lies on the side of the cut-off where the severe cut-off is.
    pub fn judge(&self, squats: &[Squat], values: &[f64]) -> Option<Criterion> {
        let value = median(values.iter().copied())?;
        let upward = self.severe.value > self.cutoff.value;
        let answer = if upward { Answer::above } else { Answer::below };
        let badness = |value: &f64| if upward { *value } else { -*value };
        let worst = squats
            .iter()
            .zip(values)
            .filter(|(_, value)| value.is_finite())
            .max_by(|a, b| badness(a.1).total_cmp(&badness(b.1)))?;
        Some(Criterion {
            flag: self.flag,
            side: self.side,
            value,
            unit: self.unit,
            fault: answer(value, self.cutoff),
            severe: answer(value, self.severe),
            worst_at: worst.0.run.peak,
        })
    }
}

/// Bucket from the answers, two for each criterion: missed, missed by far.
pub(super) fn grade(criteria: &[Criterion], answers: &[bool]) -> Bucket {
    let mut missed: Vec<FlagCode> = Vec::new();
    let mut by_far = false;
    for (criterion, given) in criteria.iter().zip(answers.chunks_exact(2)) {
        if given[0] || given[1] {
            missed.push(criterion.flag);
            by_far |= given[1];
        }
    }
    missed.sort_unstable();
    missed.dedup();
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
