//! Judging measured values against criteria that a movement meets, misses, or misses by far.

use flow_catalog::Cutoff;
use flow_landmarks::Side;

use super::report::Report;
use crate::{
    assessment::{FlagCode, Unit},
    confidence::Answer,
    geometry::median,
};

/// One criterion of the test.
pub(crate) struct Criterion {
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
pub(crate) struct Rule<'a> {
    pub flag: FlagCode,
    pub side: Option<Side>,
    pub unit: Unit,
    pub cutoff: &'a Cutoff,
    pub severe: &'a Cutoff,
}

impl Rule<'_> {
    /// Judges the median over the repetitions, whose decisive moments are the grid points `peaks`; a fault lies on the side
    /// of the cut-off where the severe cut-off is.
    pub(crate) fn judge(&self, peaks: impl IntoIterator<Item = usize>, values: &[f64]) -> Option<Criterion> {
        let value = median(values.iter().copied())?;
        let upward = self.severe.value > self.cutoff.value;
        let answer = if upward { Answer::above } else { Answer::below };
        let badness = |value: &f64| if upward { *value } else { -*value };
        let worst = peaks
            .into_iter()
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
            worst_at: worst.0,
        })
    }
}

/// Writes down each criterion missed, once for each side.
pub(crate) fn write_flags(report: &mut Report<'_>, criteria: &mut [Criterion]) {
    // Where two criteria share a flag, the one missed by far speaks for both.
    criteria.sort_by_key(|criterion| {
        (
            criterion.flag,
            criterion.side,
            !criterion.fault.yes,
            !criterion.severe.yes,
        )
    });
    let mut last = None;
    for criterion in criteria.iter().filter(|criterion| criterion.fault.yes) {
        let about = (criterion.flag, criterion.side);
        if last.replace(about) == Some(about) {
            continue;
        }
        let measured = (criterion.value, criterion.unit);
        let text = report.flag(
            criterion.flag,
            criterion.side,
            measured,
            criterion.severe.yes,
            &[],
        );
        report.evidence(criterion.worst_at, text);
    }
}

/// The flags of the criteria missed, each once, and whether one is missed by far; `answers` holds two for each criterion:
/// missed, missed by far.
pub(crate) fn missed<'a>(
    criteria: impl IntoIterator<Item = &'a Criterion>,
    answers: &[bool],
) -> (Vec<FlagCode>, bool) {
    let mut missed: Vec<FlagCode> = Vec::new();
    let mut by_far = false;
    for (criterion, given) in criteria.into_iter().zip(answers.chunks_exact(2)) {
        if given[0] || given[1] {
            missed.push(criterion.flag);
            by_far |= given[1];
        }
    }
    missed.sort_unstable();
    missed.dedup();
    (missed, by_far)
}

/// The answers behind the bucket, two for each criterion: missed, missed by far.
pub(crate) fn answers(criteria: &[Criterion]) -> Vec<Answer> {
    criteria
        .iter()
        .flat_map(|criterion| [criterion.fault, criterion.severe])
        .collect()
}
