//! What tests of one side after the other share: the gap between the sides, and how much a clip is worth that shows them.

use flow_catalog::Cutoff;
use flow_landmarks::Side;

use super::report::Report;
use crate::{
    assessment::{FlagCode, Unit},
    confidence,
    score::Material,
    signals::Sides,
};

/// Confidence when only one side was shown: half of what the bucket rests on is missing.
pub(crate) const ONE_SIDE: f64 = 0.6;

/// Writes down by how many degrees the sides differ, if both were shown, and flags a gap over the cut-off.
pub(crate) fn write_gap(report: &mut Report<'_>, values: Sides<Option<f64>>, cutoff: &Cutoff) {
    if let Some((left, right)) = values.left.zip(values.right) {
        let gap = (left - right).abs();
        report.measure_once("sideGap", Unit::Degrees, None, gap);
        if gap > cutoff.value {
            report.flag(FlagCode::SideGap, None, (gap, Unit::Degrees), false, &[]);
        }
    }
}

/// Factor of the confidence for what was shown: tracking, view, the repetitions of the side with fewer of them, and both
/// sides rather than one.
pub(crate) fn worth(material: &Material<'_>, repetitions: Sides<usize>, view_error_deg: f64) -> f64 {
    let shown = || {
        Side::BOTH
            .map(|side| repetitions.get(side))
            .into_iter()
            .filter(|&count| count > 0)
    };
    confidence::tracking(material.quality)
        * confidence::view(view_error_deg)
        * confidence::repetitions(shown().min().unwrap_or(0), material.setup.repetitions_wanted)
        * if shown().count() == Side::BOTH.len() {
            1.0
        } else {
            ONE_SIDE
        }
}

/// The repetition whose value is in the middle.
pub(crate) fn typical<R: Copy>(repetitions: &[R], value: impl Fn(&R) -> f64) -> Option<R> {
    let mut sorted = repetitions.to_vec();
    sorted.sort_by(|a, b| value(a).total_cmp(&value(b)));
    sorted.get(sorted.len() / 2).copied()
}
