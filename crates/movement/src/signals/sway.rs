//! Sway: how much the trunk wanders over a standing foot.

use super::{Frame, Signals};
use crate::geometry::{mean, median};

/// Sway over a stretch of the clip, in leg lengths. The middle of the trunk stands in for the centre of mass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sway {
    /// Root mean square of the sideways deviation from the stretch's own middle, leg lengths.
    pub rms_ratio: f64,
    /// Mean sideways speed, leg lengths per second.
    pub speed_ratio_per_s: f64,
}

/// The sway from grid point `start` to `end`; `None` when too little was seen.
#[must_use]
pub fn sway(signals: &Signals, start: usize, end: usize) -> Option<Sway> {
    let frames: Vec<&Frame> = signals.between(start, end).collect();
    let middle = median(frames.iter().map(|frame| frame.trunk_middle.x))?;
    let squares = frames
        .iter()
        .map(|frame| ((frame.trunk_middle.x - middle) / signals.scale.leg).powi(2));
    let speeds = frames.windows(2).map(|pair| {
        (pair[1].trunk_middle.x - pair[0].trunk_middle.x).abs() / signals.scale.leg / (pair[1].t - pair[0].t)
    });
    Some(Sway {
        rms_ratio: mean(squares)?.sqrt(),
        speed_ratio_per_s: mean(speeds)?,
    })
}
